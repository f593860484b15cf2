"""Calendars as associations really publish them, each oddity a sentence."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from mukana.directory.drafts import EntryDraft, WithdrawnDraft
from mukana.importers.adapter import Context, RawRow, Rejected
from mukana.importers.ical import client
from mukana.importers.ical.mapping import to_drafts
from mukana.importers.ical.tests.calendars import calendar, event, merged, written
from mukana.importers.tests.helpers import entry_in, place_in
from mukana.lib.testing import shared_path

HEL = ";TZID=Europe/Helsinki:"


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUKANA_NOW", "2026-11-22T10:00:00+02:00")


@pytest.fixture
def take(tmp_path: Path) -> Any:
    """Rows of a calendar with what became of them."""

    def rows(*events: str, head: tuple[str, ...] = (), text: str | bytes | None = None) -> list[tuple[RawRow, Any]]:
        return of(written(tmp_path, calendar(*events, head=head) if text is None else text))

    return rows


def of(address: str) -> list[tuple[RawRow, Any]]:
    context = Context()
    return [(row, to_drafts(row, context)) for row in client.read(address, context)]


def entries(rows: list[tuple[RawRow, Any]]) -> list[EntryDraft]:
    return [entry_in(drafts) for row, drafts in rows if row.kind == "event"]


def one(rows: list[tuple[RawRow, Any]]) -> EntryDraft:
    (entry,) = entries(rows)
    return entry


def starts(entry: EntryDraft) -> list[str]:
    return [f"{when.starts_at:%Y-%m-%d %H.%M%z}" for when in entry.occurrences]


# Real files


def test_the_contradicting_pair_of_a_gmt_zone_and_a_z_is_utc_and_an_end_at_the_start_is_no_end() -> None:
    found = entries(of(str(shared_path("data/ical/suomijazz_gigpress_2026-04-27.ics"))))
    assert len(found) == 70
    assert starts(found[0]) == ["2026-04-27 19.00+0300"]
    assert all(when.ends_at is None for entry in found for when in entry.occurrences)


def test_prices_stand_in_the_text_of_the_real_feed() -> None:
    found = entries(of(str(shared_path("data/ical/suomijazz_gigpress_2026-04-27.ics"))))
    by_note = {entry.texts["fi"].get("price_note"): (entry.price_kind, entry.price_cents) for entry in found}
    assert by_note["Vapaa pääsy"] == ("free", 0)
    assert by_note["25-38 €+ lippupalvelumaksu"] == ("paid", 2500)
    assert by_note["79/25 €"] == ("paid", 2500)
    assert by_note["25 € Sisältää eteispalvelumaksun 3 €"] == ("paid", 2500)
    assert by_note["45/42,50 €"] == ("paid", 4250)
    assert by_note["50 € + 4 € eteispalvelumaksu"] == ("paid", 5400)
    assert not any(entry.texts["fi"].get("description", "").startswith(("Price:", "Notes:")) for entry in found)


def test_a_persons_address_in_the_uid_is_not_kept() -> None:
    rows = of(str(shared_path("data/ical/suomijazz_gigpress_2026-04-27.ics")))
    assert not any("@" in row.row_id for row, _ in rows)
    assert len({row.row_id for row, _ in rows}) == len(rows)


def test_venues_of_the_real_feed_are_places_once_each() -> None:
    rows = of(str(shared_path("data/ical/suomijazz_gigpress_2026-04-27.ics")))
    places = [place_in(drafts) for row, drafts in rows if row.kind == "place"]
    assert len(places) == 30
    assert (places[0].texts["fi"]["name"], places[0].address, places[0].municipality) == ("Koko Jazz Club", "Hämeentie 3", "091")


def test_the_same_evening_in_two_calendars_is_two_entries_at_one_time() -> None:
    first = one(of(str(shared_path("data/ical/manala_collision_gcal.ics"))))
    second = one(of(str(shared_path("data/ical/manala_collision_suomijazz.ics"))))
    assert first.row_id != second.row_id
    assert starts(first) == starts(second) == ["2026-04-30 17.00+0300"]
    assert (first.price_kind, second.price_kind) == ("unknown", "free")
    assert first.place == second.place


def test_an_event_without_a_beginning_is_refused_by_its_id() -> None:
    ((row, outcome),) = of(str(shared_path("data/ical/missing_dtstart.ics")))
    assert (row.number, row.row_id) == (1, "missing-dtstart@test")
    assert outcome == Rejected("Tapahtumalta puuttuu alkamisaika (DTSTART), tai sitä ei voi lukea.")


def test_an_endless_series_goes_at_least_half_a_year_ahead() -> None:
    entry = one(of(str(shared_path("data/ical/recurring_open_ended.ics"))))
    assert entry.kind == "group"
    assert entry.occurrences[0].starts_at.date().isoformat() == "2026-07-06"
    assert entry.occurrences[-1].starts_at.date().isoformat() == "2027-06-28"
    assert starts(entry)[18:20] == ["2026-11-09 20.00+0200", "2026-11-16 20.00+0200"]


def test_a_series_that_has_ended_has_all_its_dates() -> None:
    entry = one(of(str(shared_path("data/ical/recurring_with_until.ics"))))
    assert (len(entry.occurrences), starts(entry)[0], starts(entry)[-1]) == (21, "2014-01-06 20.00+0200", "2014-05-26 21.00+0300")


# Series


def test_the_wall_clock_of_a_zone_stays_when_the_clocks_turn(take: Any) -> None:
    rows = take(event(f"DTSTART{HEL}20261012T100000", f"DTEND{HEL}20261012T113000", "RRULE:FREQ=WEEKLY;COUNT=3"))
    entry = one(rows)
    assert starts(entry) == ["2026-10-12 10.00+0300", "2026-10-19 10.00+0300", "2026-10-26 10.00+0200"]
    assert all((when.ends_at - when.starts_at).total_seconds() == 5400 for when in entry.occurrences if when.ends_at)


def test_days_of_the_week_until_and_intervals_are_followed(take: Any) -> None:
    rule = "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20261217T160000Z;WKST=MO"
    entry = one(take(event(f"DTSTART{HEL}20261201T180000", rule)))
    assert [text[:10] for text in starts(entry)] == ["2026-12-01", "2026-12-03", "2026-12-15", "2026-12-17"]


def test_the_last_friday_of_a_month_is_found(take: Any) -> None:
    entry = one(take(event(f"DTSTART{HEL}20261127T180000", "RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=3")))
    assert [text[:10] for text in starts(entry)] == ["2026-11-27", "2026-12-25", "2027-01-29"]


def test_dates_are_left_out_and_added(take: Any) -> None:
    lines = (f"DTSTART{HEL}20261201T180000", "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20261208T160000Z", "EXDATE;VALUE=DATE:20261215")
    entry = one(take(event(*lines, f"RDATE{HEL}20261230T120000,20261231T120000")))
    assert starts(entry) == ["2026-12-01 18.00+0200", "2026-12-22 18.00+0200", "2026-12-30 12.00+0200", "2026-12-31 12.00+0200"]


def test_a_date_spoken_of_alone_is_moved_or_cancelled_and_keeps_its_id(take: Any) -> None:
    main = event(f"DTSTART{HEL}20261201T180000", "RRULE:FREQ=WEEKLY;COUNT=3")
    moved = event("RECURRENCE-ID:20261208T160000Z", f"DTSTART{HEL}20261209T190000", name="Kerho ulkona")
    off = event("RECURRENCE-ID;VALUE=DATE:20261215", f"DTSTART{HEL}20261215T180000", "STATUS:CANCELLED")
    plain, entry = one(take(main)), one(take(moved, main, off))
    assert [(text[:16], when.status) for text, when in zip(starts(entry), entry.occurrences, strict=True)] == [
        ("2026-12-01 18.00", "scheduled"), ("2026-12-09 19.00", "rescheduled"), ("2026-12-15 18.00", "cancelled"),
    ]  # fmt: skip
    assert entry.occurrences[1].facts == {"name": "Kerho ulkona"}
    assert [when.row_id for when in plain.occurrences] == [when.row_id for when in entry.occurrences]


def test_this_and_all_later_dates_may_move(take: Any) -> None:
    main = event(f"DTSTART{HEL}20261201T180000", "RRULE:FREQ=WEEKLY;COUNT=3")
    later = event(f"RECURRENCE-ID;RANGE=THISANDFUTURE{HEL}20261208T180000", f"DTSTART{HEL}20261208T190000")
    assert [text[11:16] for text in starts(one(take(main, later)))] == ["18.00", "19.00", "19.00"]


def test_a_date_whose_series_is_missing_stands_alone(take: Any) -> None:
    entry = one(take(event(f"RECURRENCE-ID{HEL}20261208T180000", f"DTSTART{HEL}20261209T180000")))
    assert starts(entry) == ["2026-12-09 18.00+0200"]


def test_a_cancelled_event_is_shown_as_cancelled_also_when_only_its_title_says_so(take: Any) -> None:
    for entry in entries(take(
        event(f"DTSTART{HEL}20261201T180000", "STATUS:CANCELLED", uid="a"),
        event(f"DTSTART{HEL}20261201T180000", uid="b", name="PERUTTU: Kerho"),
    )):  # fmt: skip
        assert (entry.texts["fi"]["name"], entry.status, entry.occurrences[0].status) == ("Kerho", "published", "cancelled")


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=WEEKLY;INTERVAL=0", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "joka tiistai", "FREQ=WEEKLY;BYDAY=XX"]
)
def test_a_rule_nobody_can_follow_is_told(take: Any, rule: str) -> None:
    ((_, outcome),) = take(event(f"DTSTART{HEL}20261201T180000", f"RRULE:{rule}"))
    assert outcome.reason.startswith("Toistumista (RRULE) ei voi lukea")


def test_a_series_with_every_date_left_out_is_withdrawn(take: Any) -> None:
    entry = one(take(event(f"DTSTART{HEL}20261201T180000", "RRULE:FREQ=WEEKLY;COUNT=1", "EXDATE:20261201T160000Z")))
    assert (entry.status, entry.occurrences) == ("withdrawn", ())


# Times


@pytest.mark.parametrize(
    ("line", "start"),
    [
        ("DTSTART:20261201T180000", "2026-12-01 18.00+0200"),
        ("DTSTART;TZID=Hogwarts:20260701T180000", "2026-07-01 18.00+0300"),
        ("DTSTART;TZID=FLE Standard Time:20260701T180000", "2026-07-01 18.00+0300"),
        ("DTSTART;TZID=/softwarestudio.org/Tzfile/Europe/Helsinki:20260701T180000", "2026-07-01 18.00+0300"),
        ("DTSTART;TZID=Europe/Stockholm:20260701T180000", "2026-07-01 19.00+0300"),
        ("DTSTART;VALUE=DATE-TIME;TZID=GMT:20260427T160000Z", "2026-04-27 19.00+0300"),
        ("DTSTART:2026-12-01T18:00:00+02:00", "2026-12-01 18.00+0200"),
        ("DTSTART:20260329T003000Z", "2026-03-29 02.30+0200"),
        (f"DTSTART{HEL}20260329T033000", "2026-03-29 04.30+0300"),
        (f"DTSTART{HEL}20261025T033000", "2026-10-25 03.30+0300"),
    ],
)
def test_times_in_every_zone_are_finnish_time(take: Any, line: str, start: str) -> None:
    assert starts(one(take(event(line)))) == [start]


def test_a_calendars_own_zone_counts_for_floating_times_unless_it_is_utc(take: Any) -> None:
    floating = event("DTSTART:20260701T180000")
    assert starts(one(take(floating, head=("X-WR-TIMEZONE:Europe/Stockholm",)))) == ["2026-07-01 19.00+0300"]
    assert starts(one(take(floating, head=("X-WR-TIMEZONE:Etc/GMT",)))) == ["2026-07-01 18.00+0300"]


def test_a_zone_with_only_a_table_is_read_by_its_offsets(take: Any) -> None:
    table = ("BEGIN:VTIMEZONE", "TZID:Oma", "BEGIN:STANDARD", "TZOFFSETTO:+0100", "END:STANDARD", "BEGIN:DAYLIGHT", "TZOFFSETTO:+0200")
    rows = take(event("DTSTART;TZID=Oma:20260701T180000"), head=(*table, "END:DAYLIGHT", "END:VTIMEZONE"))
    assert starts(one(rows)) == ["2026-07-01 19.00+0300"]


def test_whole_days_are_whole_days(take: Any) -> None:
    (single, many) = entries(take(
        event("DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261202", uid="a"),
        event("DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261204", uid="b"),
    ))  # fmt: skip
    assert (single.occurrences[0].all_day, single.occurrences[0].ends_at) == (True, None)
    end = many.occurrences[0].ends_at
    assert (many.occurrences[0].all_day, end and end.isoformat()) == (True, "2026-12-04T00:00:00+02:00")


def test_an_end_before_the_beginning_or_years_later_is_no_end_and_a_duration_is_one(take: Any) -> None:
    before, late, lasting = entries(take(
        event(f"DTSTART{HEL}20261201T180000", f"DTEND{HEL}20261201T170000", uid="a"),
        event(f"DTSTART{HEL}20261201T180000", f"DTEND{HEL}20361201T170000", uid="b"),
        event(f"DTSTART{HEL}20261201T180000", "DURATION:PT1H30M", uid="c"),
    ))  # fmt: skip
    assert (before.occurrences[0].ends_at, late.occurrences[0].ends_at) == (None, None)
    assert lasting.occurrences[0].ends_at == datetime.fromisoformat("2026-12-01T19:30:00+02:00")


# Texts


def test_html_escapes_and_folded_lines_become_plain_text(take: Any) -> None:
    folded = "DESCRIPTION:<b>Tervetuloa</b>\\n\\nkaikki\\, myös us\r\n kolla\\; sää varaus.<br>" + "Pitkä teksti. " * 200
    text = one(take(event(f"DTSTART{HEL}20261201T180000", folded))).texts["fi"]["description"]
    assert text.startswith("Tervetuloa\n\nkaikki, myös uskolla; sää varaus.\nPitkä teksti.")


def test_a_line_break_nobody_escaped_is_text(take: Any) -> None:
    lines = ("DESCRIPTION:Tule mukaan", "Ota kaveri", "Lisätietoja: info@kylatalo.fi")
    entry = one(take(event(f"DTSTART{HEL}20261201T180000", *lines)))
    assert entry.texts["fi"]["summary"] == "Tule mukaan Ota kaveri Lisätietoja: info@kylatalo.fi"
    assert entry.contact.email == "info@kylatalo.fi"


def test_persons_addresses_and_account_numbers_never_come_in_and_guests_are_not_read(take: Any) -> None:
    lines = ("DESCRIPTION:Kysy maija.meikalainen@posti.fi. Maksu FI21 1234 5600 0007 85.", "ATTENDEE;CN=Maija:mailto:maija@posti.fi")
    rows = take(event(f"DTSTART{HEL}20261201T180000", *lines, "ORGANIZER;CN=Maija Meikäläinen:mailto:maija.meikalainen@posti.fi"))
    entry = one(rows)
    assert entry.texts["fi"]["summary"] == "Kysy …. Maksu …."
    assert (entry.contact.email, entry.organisation) == ("", "")
    assert b"ATTENDEE" not in rows[0][0].digest_source


def test_an_organiser_that_is_no_person_is_the_organiser(take: Any) -> None:
    organiser = "ORGANIZER;CN=Jynkän kyläyhdistys:mailto:info@jynkka.fi"
    entry = one(take(event(f"DTSTART{HEL}20261201T180000", organiser, "CATEGORIES:Tuolijumppa,Ikäihmiset\\, kaikki", "URL:jynkka.fi")))
    assert (entry.organisation, entry.contact.email, entry.contact.url) == ("Jynkän kyläyhdistys", "info@jynkka.fi", "https://jynkka.fi")
    assert (entry.keywords, entry.topics) == (("Tuolijumppa", "Ikäihmiset, kaikki"), ("chair_exercise",))


@pytest.mark.parametrize(
    ("location", "place", "municipality", "form"),
    [
        ("Kylätalo\\, Kangasala", "Kylätalo", "211", "on_site"),
        ("Kuopio", "", "297", "on_site"),
        ("Torikatu 1\\, 70110 KUOPIO", "Torikatu 1", "297", "on_site"),
        ("https://zoom.us/j/123", "", "", "remote_together"),
        ("Verkossa (Teams)", "", "", "remote_together"),
        ("", "", "", "on_site"),
    ],
)
def test_a_location_is_a_place_a_municipality_or_a_link(take: Any, location: str, place: str, municipality: str, form: str) -> None:
    rows = take(event(f"DTSTART{HEL}20261201T180000", f"LOCATION:{location}"))
    named = [place_in(drafts).texts["fi"]["name"] for row, drafts in rows if row.kind == "place"]
    entry = one(rows)
    assert (named, entry.municipality, entry.form) == ([place] if place else [], municipality, form)


def test_a_private_event_is_refused(take: Any) -> None:
    ((raw, outcome),) = take(event(f"DTSTART{HEL}20261201T180000", "CLASS:PRIVATE", "LOCATION:Koti\\, Kangasala"))
    assert (raw.problem, raw.gone) == ("Tapahtuma on merkitty kalenterissa yksityiseksi.", True)
    assert outcome == [WithdrawnDraft("a@kylatalo.fi")]


def test_the_venue_in_a_title_does_not_tell_what_one_does_there(take: Any) -> None:
    name = "Towerin jazzlauantai at The Tower Wine and Craft Beer"
    (entry,) = entries(take(event(f"DTSTART{HEL}20261201T180000", "LOCATION:The Tower\\, Helsinki", name=name)))
    assert entry.texts["fi"]["name"] == name
    assert entry.topics == ("music",)


# Ids and repeated reading


def test_the_merged_calendar_comes_in_whole(take: Any) -> None:
    rows = take(text=merged())
    found = {entry.row_id: entry for entry in entries(rows)}
    assert len(found) == 170
    assert sum(row.kind == "place" for row, _ in rows) == 5
    assert len(found["sarja0@kylat.fi"].occurrences) == 9
    assert [when.status for when in found["sarja1@kylat.fi"].occurrences].count("cancelled") == 1
    assert [when.status for when in found["sarja5@kylat.fi"].occurrences].count("rescheduled") == 1
    assert found["paiva0@kylat.fi"].occurrences[0].all_day
    assert found["sarja0@kylat.fi"].texts["fi"]["summary"] == "Tervetuloa mukaan. Kahvi 2 €."


def digests(rows: list[tuple[RawRow, Any]]) -> dict[str, bytes]:
    return {row.row_id: row.digest_source for row, _ in rows}


def test_the_stamp_of_making_the_file_changes_nothing(take: Any) -> None:
    first = take(event(f"DTSTART{HEL}20261201T180000", "DTSTAMP:20261101T000000Z"))
    assert digests(first) == digests(take(event(f"DTSTART{HEL}20261201T180000", "DTSTAMP:20261122T000000Z")))


def test_another_day_changes_nothing_and_another_half_year_only_endless_series(take: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    weekly = event(f"DTSTART{HEL}20140107T180000", "RRULE:FREQ=WEEKLY", uid="loputon")
    ending = event(f"DTSTART{HEL}20261201T180000", "RRULE:FREQ=WEEKLY;COUNT=5", uid="loppuva")
    first = take(weekly, ending)
    monkeypatch.setenv("MUKANA_NOW", "2026-12-24T10:00:00+02:00")
    assert digests(take(weekly, ending)) == digests(first)
    monkeypatch.setenv("MUKANA_NOW", "2027-02-01T10:00:00+02:00")
    later = take(weekly, ending)
    assert digests(later)["loppuva"] == digests(first)["loppuva"]
    kept = {when.row_id for when in entries(first)[0].occurrences} & {when.row_id for when in entries(later)[0].occurrences}
    assert len(kept) == 26


def test_of_two_revisions_the_newer_counts_and_other_names_under_one_uid_are_told(take: Any) -> None:
    old = event(f"DTSTART{HEL}20261201T180000", "SEQUENCE:0")
    new = event(f"DTSTART{HEL}20261201T190000", "SEQUENCE:2")
    assert starts(one(take(old, new))) == ["2026-12-01 19.00+0200"]
    rows = take(
        event(f"DTSTART{HEL}20261201T180000"), event(f"DTSTART{HEL}20261202T180000"), event(f"DTSTART{HEL}20261203T180000", name="Muu")
    )
    assert [(row.number, row.row_id, outcome.reason[:12]) for row, outcome in rows if isinstance(outcome, Rejected)] == [
        (3, "a@kylatalo.fi", "Sama tunnist")
    ]
    (entry,) = [entry_in(outcome) for _, outcome in rows if not isinstance(outcome, Rejected)]
    assert len(entry.occurrences) == 2


def test_an_event_without_a_uid_is_known_by_its_name_and_time(take: Any) -> None:
    text = calendar("BEGIN:VEVENT\r\nSUMMARY:Kerho\r\nDTSTART:20261201T180000\r\nEND:VEVENT")
    assert take(text=text)[0][0].row_id == take(text=text)[0][0].row_id
    assert take(text=text)[0][0].row_id.startswith("noid:")
