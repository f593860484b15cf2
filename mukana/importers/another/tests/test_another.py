"""Another Mukana's open data: whole, with its sources thanked, and never our own back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from mukana.directory.drafts import Contact, Draft, EntryDraft, OccurrenceDraft, OrganisationDraft, PlaceDraft, ScheduleDraft
from mukana.directory.models import Entry, SourceRow
from mukana.formats.exchange import Header, Origin, Record, document, lines, site_id
from mukana.importers.actions import bring_in
from mukana.importers.adapter import Context, RawRow, Rejected
from mukana.importers.another import client
from mukana.importers.another.mapping import to_drafts
from mukana.importers.another.tests.test_exchange import records
from mukana.importers.registry import SOURCES
from mukana.importers.report import Report
from mukana.importers.tests.helpers import anything
from mukana.lib.moments import ZONE
from mukana.organisations.actions import load_municipalities

GIVER = Header(site_id("https://mukana.esimerkki.fi"), "Esimerkin Mukana", "https://mukana.esimerkki.fi")
OWN = site_id(settings.BASE_URL)
PREFIX = GIVER.site[:8]
ORGANISATION = OrganisationDraft(
    "o1",
    {"fi": {"name": "Vire 2000 ry"}},
    "association",
    "1234567-1",
    "297",
    Contact("Toimisto", "+358171234567", "info@vire.fi", "https://vire.fi/"),
)
PLACE = PlaceDraft(
    "p1",
    {"fi": {"name": "Pirtti"}, "sv": {"name": "Stugan"}},
    "297",
    "Puijonkatu 1",
    "70100",
    "Kuopio",
    62.893,
    27.677,
    accessibility={"step_free": "yes", "notes": "Luiska takana."},
    hours=[{"day": "mon", "opens": "9.00", "closes": "24.00"}],
    lipas_type=2120,
)
ENTRY = EntryDraft(
    "e1",
    "group",
    {
        "fi": {
            "name": "Tuolijumppa",
            "summary": "Istuen.",
            "description": "Istuen.\n\nMyös pyörätuolilla.",
            "whom": "Maija ottaa vastaan",
            "steps": [{"title": "Tule", "text": "Ovi on auki."}],
        },
        "fi-x-selko": {"name": "Jumppa tuolilla"},
    },
    form="on_site",
    goal="balance-and-legs",
    organisation="o1",
    place="p1",
    municipality="297",
    lat=62.893,
    lon=27.677,
    topics=("chair_exercise", "balance"),
    audience=("older",),
    service_classes=("P27.1",),
    keywords=("tuolijumppa",),
    features=("sitting", "coffee"),
    accessibility={"hearing": "partial"},
    languages=("fi",),
    price_kind="paid",
    price_cents=250,
    registration="recommended",
    age_min=65,
    age_max=99,
    contact=Contact("Ohjaaja", "112", "info@vire.fi", "https://vire.fi/j"),
    occurrences=(
        OccurrenceDraft(
            datetime(2026, 12, 1, 10, tzinfo=ZONE),
            datetime(2026, 12, 1, 11, tzinfo=ZONE),
            status="cancelled",
            reason={"fi": "Sairastapaus"},
            row_id="r1",
            place="p1",
            facts={"min_age": 65},
        ),
    ),
    schedules=(
        ScheduleDraft(
            ("tue",),
            time(10),
            time(11),
            date(2026, 9, 1),
            date(2027, 5, 31),
            2,
            None,
            "keep",
            "autumn",
            ({"date": "2026-09-08", "status": "cancelled", "reason": {"fi": "Loma"}},),
        ),
    ),
    media={"length_m": 1200, "url": "https://vire.fi/video", "captions": True},
    modified_at=datetime(2026, 11, 1, tzinfo=ZONE),
)


def dump(folder: Path, found: Iterable[Record], head: Header = GIVER) -> str:
    target = folder / "mukana.jsonl"
    target.write_text("".join(lines(head, found)), encoding="utf-8")
    return str(target)


def mapped(told: dict[str, Any]) -> list[Draft] | Rejected:
    return to_drafts(RawRow(1, f"{PREFIX}:x", "entry", {"line": told, "prefix": f"{PREFIX}:", "giver": "Esimerkin Mukana"}, b""), Context())


def entry(**changes: Any) -> Any:
    outcome = mapped(document(Record(ENTRY)) | changes)
    return outcome if isinstance(outcome, Rejected) else outcome[0]


def brought(address: str) -> Report:
    report = bring_in(SOURCES["mukana"], address, by="test")
    assert report.read == report.created + report.updated + report.unchanged + report.rejected_count
    return report


@pytest.fixture
def house(db: None) -> None:
    load_municipalities()


def test_every_field_of_a_record_arrives(tmp_path: Path) -> None:
    context = Context()
    rows = client.read(dump(tmp_path, map(Record, (ORGANISATION, PLACE, ENTRY))), context)
    organisation, place, group = [draft for row in rows for draft in to_drafts(row, context)]  # type: ignore[union-attr]
    told = {"licence": "", "attribution": "Esimerkin Mukana"}
    assert organisation == replace(ORGANISATION, row_id=f"{PREFIX}:o1", **told)
    assert place == replace(PLACE, row_id=f"{PREFIX}:p1", **told)
    happening = replace(ENTRY.occurrences[0], place=f"{PREFIX}:p1")
    pointed = {"organisation": f"{PREFIX}:o1", "place": f"{PREFIX}:p1", "occurrences": (happening,)}
    assert group == replace(ENTRY, row_id=f"{PREFIX}:e1", **pointed, **told)


@pytest.mark.usefixtures("house")
def test_a_dump_comes_in_joined_and_a_second_time_nothing_changes(tmp_path: Path) -> None:
    address = dump(tmp_path, map(Record, (ENTRY, ORGANISATION, PLACE)))
    first, again = brought(address), brought(address)
    assert (first.read, first.created, again.unchanged, first.problem) == (3, 3, 3, "")
    group = Entry.objects.get()
    assert str(group.organisation) == "Vire 2000 ry"
    assert str(group.place) == "Pirtti"
    assert group.occurrences.count() > 1


@pytest.mark.usefixtures("house")
def test_the_sources_and_licences_behind_a_record_are_thanked(tmp_path: Path) -> None:
    origins = (Origin("lipas", "LIPAS", "123", "CC BY 4.0", "LIPAS, Jyväskylän yliopisto"), Origin("table", "Vire", licence="CC0 1.0"))
    brought(dump(tmp_path, [Record(ENTRY, origins)]))
    row = SourceRow.objects.get()
    assert (row.licence, row.attribution) == ("CC BY 4.0 · CC0 1.0", "LIPAS, Jyväskylän yliopisto · Vire (välittänyt Esimerkin Mukana)")


@pytest.mark.usefixtures("house")
def test_our_own_record_does_not_come_back(tmp_path: Path) -> None:
    report = brought(dump(tmp_path, [Record(ENTRY, sites=(OWN,)), Record(PLACE)]))
    assert (report.read, report.created, report.unchanged) == (2, 1, 1)
    assert not Entry.objects.exists()


@pytest.mark.usefixtures("house")
def test_our_own_dump_is_not_read_at_all(tmp_path: Path) -> None:
    report = brought(dump(tmp_path, [Record(ENTRY)], replace(GIVER, site=OWN)))
    assert (report.read, report.problem[:32]) == (0, "Aineisto on tämän sivuston oma, ")


def test_one_site_is_the_same_however_its_address_is_written() -> None:
    assert site_id("https://mukana.fi/") == site_id("http://Mukana.fi") != site_id("https://mukana.fi/kuopio")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty"),
        (b"<html><h1>404</h1></html>", "not_json"),
        (b'{"type": "entry", "id": "e1"}\n{"type": "entry", "id": "e2"}\n', "no_header"),
        (b'{"format": "mukana-exchange/9", "site": "s", "name": "n"}\n', "version"),
        (b"not json\nat all\n", "no_header"),
        ('{"format": "mukana-exchange/1", "site": "s", "name": "ä"}\n'.encode("utf-16"), "encoding"),
        ('{"format": "ä"}\n{"b": 1}'.encode("latin-1"), "encoding"),
    ],
)
def test_what_is_no_dump_is_one_clear_problem(tmp_path: Path, body: bytes, code: str) -> None:
    target = tmp_path / "mukana.jsonl"
    target.write_bytes(body)
    with pytest.raises(client.AnotherError) as problem:
        list(client.read(str(target), Context()))
    assert problem.value.code == code


def test_a_dump_cut_off_gives_its_whole_lines_and_refuses_the_last(tmp_path: Path) -> None:
    address = dump(tmp_path, map(Record, (ORGANISATION, PLACE, ENTRY)))
    Path(address).write_bytes(Path(address).read_bytes()[:-40])
    assert [row.problem for row in client.read(address, Context())] == ["", "", "Rivi ei ole kelvollista JSON-muotoa."]


def test_an_empty_site_gives_nothing(tmp_path: Path) -> None:
    assert list(client.read(dump(tmp_path, []), Context())) == []


def test_the_dump_of_a_folder_is_found_among_other_files(tmp_path: Path) -> None:
    with pytest.raises(client.AnotherError, match="empty_folder"):
        list(client.read(str(tmp_path), Context()))
    (tmp_path / "entries.jsonl").write_text('{"id": 1}\n{"id": 2}\n')
    (tmp_path / "empty.jsonl").write_text("")
    dump(tmp_path, [Record(PLACE)])
    assert [row.row_id for row in client.read(str(tmp_path), Context())] == [f"{PREFIX}:p1"]


def test_the_address_of_a_site_leads_to_its_dump() -> None:
    assert client.dumps("https://mukana.kuopio.fi/") == ["https://mukana.kuopio.fi/avoin-data/mukana.jsonl"]
    assert client.dumps("https://x.fi/a/mukana.jsonl.gz") == ["https://x.fi/a/mukana.jsonl.gz"]


def test_rows_that_cannot_be_used_are_refused_one_by_one(tmp_path: Path) -> None:
    rows = [
        document(Record(ENTRY)) | change for change in ({"id": ""}, {"id": "i" * 190}, {"type": "person"}, {"texts": {}}, {"kind": "spell"})
    ]
    target = tmp_path / "mukana.jsonl"
    target.write_text("".join(lines(GIVER, [])) + "".join(json.dumps(row) + "\n" for row in [*rows, [1]]))
    context = Context()
    found = [row.problem or to_drafts(row, context) for row in client.read(str(target), context)]
    assert [one.reason if isinstance(one, Rejected) else one for one in found] == [
        client.NO_ID, client.NO_ID, "Rivin kenttää ei voi lukea: type.", "Riviltä puuttuu nimi.", "Rivin laji on tuntematon: spell.",
        "Rivi ei ole JSON-olio.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"form": "hologram"}, "form", ""),
        ({"status": "secret"}, "status", "draft"),
        ({"topics": ["chair_exercise", "teleport"]}, "topics", ("chair_exercise",)),
        ({"lat": 1.0, "lon": 1.0}, "lat", None),
        ({"price_cents": -5}, "price_cents", None),
        ({"age_min": 400}, "age_min", None),
        ({"goal": "x y"}, "goal", ""),
        ({"geometry": {"type": "LineString", "coordinates": "nowhere"}}, "geometry", None),
        ({"geometry": {"type": "LineString", "coordinates": [[1, "a"]]}}, "geometry", None),
        ({"media": {"url": "javascript://alert(1)", "deep": {}}}, "media", {}),
        ({"media": {"tags": ["a"], "note": "<b>b</b>"}}, "media", {"tags": ["a"], "note": "b"}),
        ({"contact": {"url": "javascript:alert(1)", "email": "x"}}, "contact", Contact()),
        ({"accessibility": {"step_free": "maybe", "smell": "yes"}}, "accessibility", {}),
        ({"organisation": "x" * 300}, "organisation", ""),
        ({"dates_only": True}, "dates_only", False),
    ],
)
def test_what_does_not_fit_is_left_out(changes: dict[str, Any], field: str, value: Any) -> None:
    assert getattr(entry(**changes), field) == value


@pytest.mark.parametrize(
    "changes",
    [{"days": ["someday"]}, {"interval": 0}, {"nth": 9}, {"holidays": "party"}, {"until": "2020-01-01"}, {"exceptions": [{"date": "x"}]},
     {"exceptions": [{}]}, {"interval": 1000}],
)  # fmt: skip
def test_a_rhythm_that_cannot_be_followed_is_left_out(changes: dict[str, Any]) -> None:
    told = document(Record(ENTRY))["schedules"][0]
    assert entry(schedules=[told | changes]).schedules == ()


def test_markup_and_account_numbers_do_not_come_along() -> None:
    texts = {
        "fi": {"name": "<b>Jumppa</b>", "description": "<script>x</script>Maksa FI21 1234 5600 0007 85", "steps": "none"},
        "xx": {"name": "?"},
    }
    assert entry(texts=texts).texts == {"fi": {"name": "Jumppa", "description": "Maksa …"}}


@given(anything, st.sampled_from(["entry", "place", "organisation", "x"]))
def test_anything_at_all_gives_drafts_or_a_reason(told: dict[str, Any], kind: str) -> None:
    assert isinstance(mapped({**told, "type": kind, "id": "x"}), list | Rejected)


@given(records)
def test_any_record_of_the_format_gives_drafts_or_a_reason(found: Record) -> None:
    assert isinstance(mapped(json.loads(json.dumps(document(found)))), list | Rejected)
