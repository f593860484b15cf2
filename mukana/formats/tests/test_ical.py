from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from mukana.formats.ical import CalendarEvent, calendar, uid
from mukana.lib.moments import ZONE

CHANGED = datetime(2026, 11, 1, 12, tzinfo=UTC)


def happening(**changes: object) -> CalendarEvent:
    facts: dict[str, object] = {
        "uid": uid("0199", "mukana.example"),
        "starts_at": datetime(2026, 11, 24, 10, tzinfo=ZONE),
        "ends_at": datetime(2026, 11, 24, 10, 45, tzinfo=ZONE),
        "summary": "Tuolijumppa",
        "modified_at": CHANGED,
    }
    return CalendarEvent(**(facts | changes))  # type: ignore[arg-type]


def text(*events: CalendarEvent) -> str:
    return calendar("Omat poiminnat", events).decode()


def test_a_happening_is_told_in_utc_with_a_stable_name() -> None:
    written = text(happening(location="Kylätalo, Tie 1", url="https://mukana.example/t/1", lat=62.9, lon=27.7, categories=("Tanssi",)))
    for line in (
        "UID:0199@mukana.example",
        "DTSTART:20261124T080000Z",
        "DTEND:20261124T084500Z",
        "DTSTAMP:20261101T120000Z",
        "LOCATION:Kylätalo\\, Tie 1",
        "GEO:62.9;27.7",
        "CATEGORIES:Tanssi",
        "STATUS:CONFIRMED",
        "X-WR-CALNAME:Omat poiminnat",
    ):
        assert f"\r\n{line}\r\n" in written


def test_a_cancelled_happening_stays_in_the_calendar_as_cancelled() -> None:
    assert "STATUS:CANCELLED" in text(happening(status="cancelled"))


def test_a_later_change_has_a_higher_sequence() -> None:
    first, later = (
        Calendar.from_ical(text(happening(modified_at=moment))).walk("VEVENT")[0]["SEQUENCE"]
        for moment in (CHANGED, datetime(2026, 11, 2, tzinfo=UTC))
    )
    assert later > first > 0


def test_a_whole_day_is_a_date_and_ends_the_day_after() -> None:
    written = text(happening(starts_at=datetime(2026, 12, 5, 22, tzinfo=UTC), ends_at=None, all_day=True))
    assert "DTSTART;VALUE=DATE:20261206" in written
    assert "DTEND;VALUE=DATE:20261207" in written


@pytest.mark.parametrize("end", [None, datetime(2026, 11, 24, 10, tzinfo=ZONE)])
def test_an_unknown_end_is_left_out(end: datetime | None) -> None:
    assert "DTEND" not in text(happening(ends_at=end))


@given(st.text(alphabet="aäöÄ ,;\\\n€", min_size=1, max_size=300))
def test_long_lines_are_folded_and_read_back_whole(words: str) -> None:
    written = calendar("x", [happening(description=words)])
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert Calendar.from_ical(written).walk("VEVENT")[0]["DESCRIPTION"] == words


def test_the_same_happenings_give_the_same_file() -> None:
    assert text(happening()) == text(happening())
    assert "VEVENT" not in text()
