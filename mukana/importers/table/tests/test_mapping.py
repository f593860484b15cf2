"""What headers and cells of people's tables mean."""

from __future__ import annotations

import json
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.directory.drafts import EntryDraft
from mukana.importers.adapter import Context, RawRow, Rejected
from mukana.importers.table import cells, client
from mukana.importers.table.columns import FIELDS, apply, guess_mapping, is_field
from mukana.importers.table.mapping import fields_of, place_of, to_drafts
from mukana.importers.tests.helpers import anything, entry_in, place_in
from mukana.lib.testing import shared_path

WEEKLY = {
    "Nimi": "Tuolijumppa", "Päivä": "ma ja ke", "Alkaa": "klo 10", "Päättyy": "11.00",
    "Ensimmäinen": "12.1.2026", "Viimeinen": "25.5.2026",
}  # fmt: skip


def mapped(row: dict[str, Any], columns: dict[str, str] | None = None) -> Any:
    return to_drafts(RawRow(1, "r1", "row", row, b""), Context(columns=columns))


def entry(**row: Any) -> EntryDraft:
    return entry_in(mapped({"Nimi": "Jumppa"} | row))


# Headers


def test_finnish_swedish_and_english_headers_are_understood() -> None:
    assert guess_mapping(["Nimi", "Kunta", "Pvm", "Klo"]) == {"Nimi": "name", "Kunta": "municipality", "Pvm": "date", "Klo": "start"}
    assert guess_mapping(["Namn", "Kommun", "Veckodag"]) == {"Namn": "name:sv", "Kommun": "municipality", "Veckodag": "days"}
    assert guess_mapping(["Title", "Municipality", "Price"]) == {"Title": "name", "Municipality": "municipality", "Price": "price"}


def test_a_language_in_a_header_is_the_texts_language() -> None:
    headers = ["Nimi (fi)", "Nimi ruotsiksi", "name_en", "Kuvaus selkokieli"]
    assert list(guess_mapping(headers).values()) == ["name", "name:sv", "name:en", "description:fi-x-selko"]


def test_a_field_is_given_once_and_an_unknown_header_not_at_all() -> None:
    assert guess_mapping(["Nimi", "Otsikko", "Sarake 3"]) == {"Nimi": "name"}


def test_two_columns_of_one_field_follow_each_other() -> None:
    assert apply({"a": "description", "b": "description", "c": "hallinta"}, {"a": "x", "b": "y", "c": "z"}) == {"description": "x\n\ny"}


def test_every_field_has_a_label_and_only_texts_have_languages() -> None:
    assert all(FIELDS.values())
    assert is_field("name:sv")
    assert not is_field("price:sv")
    assert not is_field("name:de")


# The listings that need no setting of columns


def test_listings_of_sixty_rows_come_in_without_setting_columns() -> None:
    path = shared_path("search-dev/listings.jsonl")
    context = Context()
    found = [(row, to_drafts(row, context)) for row in client.read(str(path), context)]
    assert len(found) == 60
    entries = {row.row_id: entry_in(drafts) for row, drafts in found}
    given = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for listing in given:
        made = entries[listing["id"]]
        assert made.kind == listing["type"]
        assert made.texts["fi"]["name"] == listing["title"]
        assert made.municipality == listing["municipality"]
        assert set(listing["topics"]) <= set(made.keywords)


def test_an_unknown_municipality_is_kept_as_text() -> None:
    assert entry(Kunta="koko alue").municipality == "koko alue"


# Times


def test_a_weekday_with_hours_and_first_and_last_days_is_a_rhythm() -> None:
    (rhythm,) = entry_in(mapped(WEEKLY)).schedules
    assert (rhythm.days, rhythm.start, rhythm.end) == (("mon", "wed"), time(10), time(11))
    assert (rhythm.first, rhythm.until, rhythm.interval) == (date(2026, 1, 12), date(2026, 5, 25), 1)


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("maanantaisin", ["mon"]), ("ti–to", ["tue", "wed", "thu"]), ("la-ma", ["mon", "sat", "sun"]),
        ("arkisin", ["mon", "tue", "wed", "thu", "fri"]),
        ("måndag och onsdag", ["mon", "wed"]), ("Mondays, Fri", ["mon", "fri"]), ("ei tiedossa", []),
    ],
)  # fmt: skip
def test_days_are_read_as_people_write_them(written: str, days: list[str]) -> None:
    assert list(cells.weekdays(written)) == days


def test_every_other_week_and_a_day_of_the_month_are_understood() -> None:
    (rhythm,) = entry_in(mapped(WEEKLY | {"Päivä": "joka toinen tiistai"})).schedules
    assert (rhythm.days, rhythm.interval) == (("tue",), 2)
    (rhythm,) = entry_in(mapped(WEEKLY | {"Päivä": "kuukauden 2. tiistai"})).schedules
    assert rhythm.nth == 2
    assert cells.nth("kuukauden viimeinen torstai") == -1


def test_a_range_of_hours_in_one_column_gives_both_ends() -> None:
    assert cells.hours("klo 10–11.30") == (time(10), time(11, 30))
    assert cells.hours(0.4375) == (time(10, 30), None)
    assert cells.hours("25.00") == (None, None)


def test_without_a_last_day_the_rhythm_ends_with_its_season() -> None:
    (rhythm,) = entry_in(mapped({key: value for key, value in WEEKLY.items() if key != "Viimeinen"})).schedules
    assert rhythm.until == date(2026, 5, 31)


def test_days_without_a_first_date_are_told_in_words() -> None:
    made = entry(Päivä="maanantaisin", Alkaa="10")
    assert made.schedules == ()
    assert made.texts["fi"]["summary"] == "Aika: maanantaisin 10"


def test_one_date_is_one_happening_and_without_an_hour_a_whole_day() -> None:
    (one,) = entry(Pvm="1.12.2026", Alkaa="18").occurrences
    assert one.starts_at.isoformat() == "2026-12-01T18:00:00+02:00"
    (one,) = entry(Pvm="1.12.2026").occurrences
    assert one.all_day
    (one,) = entry(Päivä="1.12.2026", Alkaa="18").occurrences
    assert one.starts_at.isoformat() == "2026-12-01T18:00:00+02:00"
    (one,) = entry(Alkaa="1.12.2026 klo 18.30").occurrences
    assert one.starts_at.isoformat() == "2026-12-01T18:30:00+02:00"


def test_an_hour_that_the_turned_clock_skips_moves_forward() -> None:
    (one,) = entry(Pvm="29.3.2026", Alkaa="3.30").occurrences
    assert one.starts_at.isoformat() == "2026-03-29T04:30:00+03:00"


def test_a_date_that_cannot_be_is_told() -> None:
    outcome = mapped({"Nimi": "Jumppa", "Pvm": "31.2.2026"})
    assert isinstance(outcome, Rejected)
    assert "31.2.2026" in outcome.reason
    assert isinstance(mapped(WEEKLY | {"Viimeinen": "1.1.2026"}), Rejected)


# Everything else


def test_audience_topics_price_and_access_are_read_from_words() -> None:
    access = "esteetön kulku, induktiosilmukka, ei hissiä"
    made = entry(Nimi="Tuolijumppa", Kenelle="ikäihmiset, omaishoitajat", Hinta="3 €/kerta", Esteettömyys=access)
    assert (made.topics, made.audience) == (("chair_exercise",), ("older", "carers"))
    assert (made.price_kind, made.price_cents) == ("paid", 300)
    assert made.accessibility == {"step_free": "yes", "hearing": "yes"}


def test_a_place_has_its_point_by_degrees_or_metres() -> None:
    row = {"Paikka": "Talo", "Leveysaste": "6974202,909", "Pituusaste": "534246.773", "Kunta": "Kuopio"}
    place = place_in(to_drafts(RawRow(1, "place:x", "place", row, b""), Context()))
    assert (place.lat, place.lon, place.municipality) == (62.896195, 27.673729, "Kuopio")


def test_html_and_scripts_in_cells_become_text() -> None:
    made = entry(Nimi="<b>Jumppa</b><script>alert(1)</script>", Kuvaus="<p>Eka</p><p>Toka</p>")
    assert made.texts["fi"]["name"] == "Jumppa"
    assert "<" not in repr(made.texts)


def test_a_coordinators_own_contact_is_kept() -> None:
    made = entry(Sähköposti="maija.meikalainen@jarjesto.fi", Puhelin="041 730 8168 (klo 9-16)", Verkkosivu="javascript:alert(1)")
    assert (made.contact.email, made.contact.phone, made.contact.url) == ("maija.meikalainen@jarjesto.fi", "+358417308168", "")


def test_remote_groups_and_videos_have_their_form() -> None:
    assert entry(Osallistumistapa="etänä Teamsissa").form == "remote_together"
    assert entry(Laji="video").form == "video_home"


def test_a_row_without_a_name_is_rejected() -> None:
    assert isinstance(mapped({"Nimi": "  ", "Kuvaus": "x"}), Rejected)


some_cells = st.dictionaries(st.sampled_from(sorted(FIELDS)), st.text() | st.integers() | st.floats())


@given(anything, st.sampled_from(["row", "place"]), some_cells)
def test_any_row_is_mapped_or_rejected(row: dict[str, Any], kind: str, fields: dict[str, Any]) -> None:
    for columns in (None, {field: field for field in FIELDS}):
        outcome = to_drafts(RawRow(1, "x", kind, {"name": "x"} | row | fields, b""), Context(columns=columns))
        assert isinstance(outcome, list | Rejected)


@pytest.mark.parametrize(
    ("row", "approximate", "has_point"),
    [
        ({"Nimi": "Jooga", "Paikka": "Kylätalo", "Kunta": "Kuopio"}, True, True),
        ({"Nimi": "Jooga", "Osoite": "Raitti 1", "Postitoimipaikka": "Kuopio"}, True, True),
        ({"Nimi": "Jooga", "Paikka": "Kylätalo", "Kunta": "Kupio"}, False, False),
        ({"Nimi": "Jooga", "Paikka": "Kylätalo", "Kunta": "Kuopio", "Lat": "62.9", "Lon": "27.7"}, False, True),
    ],
)
def test_a_place_without_a_point_stands_roughly_at_its_municipality(row: dict[str, str], approximate: bool, has_point: bool) -> None:
    fields = fields_of(row, Context())
    place = place_of("p", fields)
    assert (place.approximate, place.lat is not None) == (approximate, has_point)


def test_questions_as_headers_are_understood() -> None:
    assert guess_mapping(["Mitä", "Missä", "Milloin", "Kuka vetää"]) == {
        "Mitä": "name",
        "Missä": "place",
        "Milloin": "when",
        "Kuka vetää": "contact_name",
    }
    row = {"Mitä": "Kerho", "Missä": "Kirjasto, Kuopio", "Milloin": "joka toinen keskiviikko klo 13", "Hinta": "Maksuton. ilmainen"}
    found = mapped(row)
    assert isinstance(found, list)
    (entry,) = (draft for draft in found if isinstance(draft, EntryDraft))
    assert "Aika: joka toinen keskiviikko klo 13" in str(entry.texts["fi"])
    assert entry.municipality == "Kuopio"
    assert (entry.price_kind, entry.texts["fi"]["price_note"]) == ("free", "Maksuton")


def test_a_place_that_is_a_municipality_is_in_it() -> None:
    assert entry_in(to_drafts(RawRow(1, "a", "row", {"nimi": "Kerho", "paikka": "Iisalmi"}, b""), Context())).municipality == "Iisalmi"
    assert entry_in(to_drafts(RawRow(1, "a", "row", {"nimi": "Kerho", "paikka": "Talo, yläkerta"}, b""), Context())).municipality == ""


def test_account_numbers_and_identity_codes_are_cut_out_everywhere() -> None:
    told = repr(
        mapped({"nimi": "Kerho FI21 1234 5600 0007 85", "paikka": "Talo 131052-308T", "asiasanat": "FI2112345600000785", "aihe": "x"})
    )
    assert "0007" not in told
    assert "5600" not in told
    assert "131052-308T" not in told
