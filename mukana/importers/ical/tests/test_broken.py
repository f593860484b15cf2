"""Files that are broken, cut short, or no calendars at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mukana.importers.adapter import Context, RawRow, Rejected
from mukana.importers.ical import client
from mukana.importers.ical.mapping import to_drafts
from mukana.importers.ical.tests.calendars import calendar, event, written
from mukana.importers.tests.helpers import entry_in

HEL = ";TZID=Europe/Helsinki:"


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUKANA_NOW", "2026-11-22T10:00:00+02:00")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html><title>Kirjaudu</title></html>", "not_ical"),
        (b"jotain muuta", "not_ical"),
        ("BEGIN:VCALENDAR".encode("utf-16"), "not_ical"),
    ],
)
def test_what_is_no_calendar_is_told_in_words(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(client.IcalError) as caught:
        list(client.read(written(tmp_path, content), Context()))
    assert caught.value.code == code


def until_it_breaks(address: str) -> tuple[list[RawRow], str]:
    rows: list[RawRow] = []

    found = client.read(address, Context())
    code = ""
    while not code:
        try:
            rows.append(next(found))
        except client.IcalError as error:
            code = error.code
        except StopIteration:
            code = "whole"
    return rows, code


def test_a_file_cut_short_gives_what_came_before(tmp_path: Path) -> None:
    text = calendar(event(f"DTSTART{HEL}20261201T180000"), event(f"DTSTART{HEL}20261202T180000", uid="b"))
    rows, code = until_it_breaks(written(tmp_path, text[: text.rindex("DTSTART") + 5]))
    assert [(row.number, row.row_id) for row in rows] == [(2, ""), (1, "a@kylatalo.fi")]
    assert (rows[0].problem, code) == ("Tapahtuma jäi kesken: sen loppu (END:VEVENT) puuttuu.", "broken_off")


def test_letters_of_windows_are_read_and_a_mark_at_the_beginning_is_passed_over(tmp_path: Path) -> None:
    text = calendar(event(f"DTSTART{HEL}20261201T180000", name="Hölkkä"))
    for told in (text.encode("cp1252"), b"\xef\xbb\xbf" + text.encode()):
        (row,) = until_it_breaks(written(tmp_path, told))[0]
        assert entry_in(to_drafts(row, Context())).texts["fi"]["name"] == "Hölkkä"


def test_an_endless_line_costs_only_its_own_event(tmp_path: Path) -> None:
    long = event(f"DTSTART{HEL}20261201T180000", "DESCRIPTION:" + "x" * 5_000_000, uid="pitka")
    rows, _code = until_it_breaks(written(tmp_path, calendar(long, event(f"DTSTART{HEL}20261201T180000"))))
    assert [(row.number, row.problem) for row in rows] == [(1, "Tapahtuma on liian pitkä (yli megatavun)."), (2, "")]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([
    "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM", "END:VCALENDAR", "UID:a", "UID:b", "SUMMARY:x", "DTSTART:20261201",
    "DTSTART;TZID=GMT:20261201T180000Z", "DTSTART:99999999T999999", "RRULE:FREQ=WEEKLY;COUNT=3", "RRULE:FREQ=DAILY", "RRULE:;;",
    "EXDATE:20261201", "RECURRENCE-ID:20261201", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261201T180000Z",
    "RDATE;VALUE=PERIOD:20261201T180000Z/PT1H",
    "DTEND:20261130", "DURATION:P1W", "GEO:62,1;27", "LOCATION:Kuopio", " jatkuu", ";;;:::", "\"", "ä:ö", "DTSTART", "X;Y=\":z",
]), max_size=25))  # fmt: skip
def test_any_lines_are_mapped_or_refused(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    path = written(tmp_path_factory.mktemp("ical"), "\r\n".join(["BEGIN:VCALENDAR", *lines]))
    for row in until_it_breaks(path)[0]:
        assert isinstance(to_drafts(row, Context()), list | Rejected)
