"""Pairs are suggested once, merged by a person, and split without loss."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from mukana.accounts.models import Membership, Person
from mukana.audit.models import Trace
from mukana.directory.actions.absorb import Absorber
from mukana.directory.actions.batch import Arrival
from mukana.directory.drafts import Contact, EntryDraft, OccurrenceDraft
from mukana.directory.models import Change, Entry, Occurrence, Source, SourceRow
from mukana.directory.tests import make
from mukana.duplicates import actions
from mukana.duplicates.jobs import look_for_duplicates
from mukana.duplicates.models import Pair
from mukana.duplicates.queries import side, waiting
from mukana.lib.moments import ZONE
from mukana.organisations.actions import load_municipalities

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 10, tzinfo=ZONE)
START = datetime(2026, 11, 25, 10, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def municipalities() -> None:
    load_municipalities()


def bring(source: str, row_id: str, name: str, *, hour: int = 10, digest: bytes = b"1", **more: Any) -> Entry:
    row = SourceRow.objects.filter(source_id=source, row_id=row_id).first()
    Source.objects.get_or_create(key=source, defaults={"adapter": "table", "name": source})
    row = row or SourceRow(source_id=source, row_id=row_id, kind="entry", seen_at=NOW)
    row.digest = digest
    dates = tuple(OccurrenceDraft(START.replace(hour=hour) + timedelta(weeks=week)) for week in range(5))
    draft = EntryDraft(row_id, "group", {"fi": {"name": name}}, municipality="297", occurrences=dates, **more)
    Absorber(Source.objects.get(key=source), NOW).absorb([Arrival(row, [draft], row.pk is None)])
    return Entry.objects.get(source_rows__source=source, source_rows__row_id=row_id)


@pytest.fixture
def town() -> Entry:
    return bring("kunta", "1", "Vesijumppa ikäihmisille", contact=Contact(phone="+35817182111"))


@pytest.fixture
def county(town: Entry) -> Entry:
    return bring("alue", "9", "Ikäihmisten vesijumppa")


@pytest.fixture
def pair(town: Entry, county: Entry) -> Pair:
    assert actions.suggest(NOW) == 1
    return Pair.objects.get()


def test_a_pair_is_suggested_once(pair: Pair) -> None:
    assert actions.suggest(NOW) == 0
    assert waiting().count() == 1


def test_only_what_has_changed_is_compared(town: Entry, county: Entry) -> None:
    assert actions.suggest(NOW, set()) == 0
    assert actions.suggest(NOW, {county.pk}) == 1


def test_nothing_is_merged_by_itself(pair: Pair) -> None:
    assert Entry.objects.public().count() == 2


def test_merging_shows_one_and_keeps_both_sources(pair: Pair, town: Entry, county: Entry) -> None:
    actions.merge(pair, keep=town.pk, now=NOW, by="tiina")
    assert list(Entry.objects.public()) == [town]
    assert SourceRow.objects.filter(entry=county).count() == 1
    assert [(change.entry_id, change.kind) for change in Change.objects.order_by("-seq")[:2]] == [
        (county.pk, "removed"),
        (town.pk, "updated"),
    ]
    assert Trace.objects.filter(verb="merged", actor="tiina").exists()
    assert waiting().count() == 0


def test_a_twins_source_goes_on_telling_and_the_drift_is_seen(pair: Pair, town: Entry, county: Entry, tiina: Client) -> None:
    actions.merge(pair, keep=town.pk, now=NOW, by="tiina")
    bring("alue", "9", "Ikäihmisten vesijumppa ja sauna", digest=b"2")
    assert list(Entry.objects.public()) == [town]
    page = tiina.get(f"/tyopoyta/samat/kohde/{town.pk}/").content.decode()
    assert "Ikäihmisten vesijumppa ja sauna" in page
    assert "eroaa" in page


def test_splitting_loses_nothing(pair: Pair, town: Entry, county: Entry) -> None:
    before = {entry.pk: (entry.texts, entry.phone, entry.occurrences.count()) for entry in Entry.objects.all()}
    actions.merge(pair, keep=town.pk, now=NOW, by="tiina")
    actions.split(Entry.objects.get(pk=county.pk), now=NOW, by="tiina")
    assert {entry.pk: (entry.texts, entry.phone, entry.occurrences.count()) for entry in Entry.objects.public()} == before
    assert actions.suggest(NOW) == 0, "a pair that was split is not offered again"


def test_a_withdrawn_twin_splits_too(pair: Pair, town: Entry, county: Entry) -> None:
    actions.merge(pair, keep=town.pk, now=NOW, by="tiina")
    Entry.objects.filter(pk=county.pk).update(status="withdrawn")
    actions.split(Entry.objects.get(pk=county.pk), now=NOW, by="tiina")
    assert list(Entry.objects.public()) == [town]


def test_what_was_told_apart_is_never_suggested_again(pair: Pair) -> None:
    actions.tell_apart(pair, now=NOW, by="tiina")
    assert actions.suggest(NOW) == 0
    assert waiting().count() == 0


def test_a_pair_that_is_alike_no_more_is_put_away_and_comes_back_if_alike_again(pair: Pair) -> None:
    bring("alue", "9", "Shakkikerho", digest=b"2")
    assert actions.suggest(NOW) == 0
    assert waiting().count() == 0
    bring("alue", "9", "Ikäihmisten vesijumppa", digest=b"3")
    assert actions.suggest(NOW) == 1


def test_three_of_one_thing_stand_under_one(pair: Pair, town: Entry, county: Entry) -> None:
    parish = bring("seurakunta", "3", "Vesijumppa ikäihmisille")
    actions.suggest(NOW)
    actions.merge(pair, keep=town.pk, now=NOW, by="tiina")
    last = waiting().get()
    actions.merge(last, keep=parish.pk, now=NOW, by="tiina")
    assert list(Entry.objects.public()) == [parish]
    assert set(Entry.objects.filter(merged_into=parish)) == {town, county}


def test_only_one_of_the_two_can_stand_for_both(pair: Pair, town: Entry) -> None:
    with pytest.raises(actions.NotAPair):
        actions.merge(pair, keep=UUID(int=1), now=NOW, by="tiina")
    actions.merge(pair, keep=town.pk, now=NOW, by="tiina")
    with pytest.raises(actions.NotAPair):
        actions.merge(pair, keep=town.pk, now=NOW, by="tiina")
    with pytest.raises(actions.NotAPair):
        actions.split(town, now=NOW, by="tiina")


def test_organisers_own_entries_are_looked_at_every_night(town: Entry) -> None:
    assert look_for_duplicates(NOW) is None
    bring("alue", "9", "Ikäihmisten vesijumppa")
    assert look_for_duplicates(NOW) == "Uusia mahdollisia pareja 1."


def test_the_command_says_what_waits(pair: Pair, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("duplicates")
    assert "Uusia pareja 0, odottaa päätöstä 1" in capsys.readouterr().out


def test_many_new_entries_are_compared_as_well_as_few(town: Entry, county: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mukana.duplicates.queries.FEW", 0)
    assert actions.suggest(NOW, {county.pk}) == 1


# --- pages ---------------------------------------------------------------------


@pytest.fixture
def tiina(client: Client) -> Client:
    person = Person.objects.create_person("tiina@mukana.example", "Tiina")
    Membership.objects.create(person=person, role="coordinator")
    client.force_login(person)
    return client


def test_a_coordinator_sees_the_pair_side_by_side_and_merges(tiina: Client, pair: Pair, town: Entry) -> None:
    assert "Vesijumppa ikäihmisille" in tiina.get("/tyopoyta/samat/").content.decode()
    page = tiina.get(f"/tyopoyta/samat/{pair.pk}/").content.decode()
    assert "Sama aika" in page
    answer = tiina.post(f"/tyopoyta/samat/{pair.pk}/paatos/", {"keep": str(town.pk)}, follow=True)
    assert "Yhdistetty. Molemmat lähteet säilyvät" in answer.content.decode()
    assert "Ei päätettävää" in answer.content.decode()
    assert "Nämä on yhdistetty" in tiina.get(f"/tyopoyta/samat/{pair.pk}/").content.decode()


def test_a_coordinator_tells_apart_and_sees_the_next_pair(tiina: Client, pair: Pair) -> None:
    bring("seurakunta", "3", "Vesijumppa ikäihmisille")
    actions.suggest(NOW)
    answer = tiina.post(f"/tyopoyta/samat/{pair.pk}/paatos/", {}, follow=True)
    assert "Merkitty eri asioiksi" in answer.content.decode()
    assert "Onko tämä sama asia?" in answer.content.decode()


@pytest.mark.parametrize("keep", ["x", "00000000-0000-0000-0000-000000000001"])
def test_a_broken_choice_is_refused_in_words(tiina: Client, pair: Pair, keep: str) -> None:
    answer = tiina.post(f"/tyopoyta/samat/{pair.pk}/paatos/", {"keep": keep}, follow=True)
    assert "Ei voitu tehdä" in answer.content.decode()
    assert waiting().count() == 1


def test_a_merged_entry_is_split_on_its_page(tiina: Client, pair: Pair, town: Entry, county: Entry) -> None:
    actions.merge(pair, keep=town.pk, now=NOW, by="tiina")
    answer = tiina.post(f"/tyopoyta/samat/kohde/{county.pk}/erota/", follow=True)
    assert "Erotettu" in answer.content.decode()
    assert "ei ole yhdistetty muita" in answer.content.decode()
    again = tiina.post(f"/tyopoyta/samat/kohde/{county.pk}/erota/", follow=True)
    assert "Ei voitu tehdä" in again.content.decode()


def test_old_addresses_lead_to_what_stands_for_both(client: Client, pair: Pair, town: Entry, county: Entry) -> None:
    actions.merge(pair, keep=town.pk, now=NOW, by="tiina")
    for address in (f"/kohde/{county.pk}/", f"/kohde/{county.pk}/tulosta/", f"/k/{county.pk.hex[:10]}/"):
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        assert "Vesijumppa ikäihmisille" in answer.content.decode()


def test_a_resident_sees_both_sources_of_a_merged_entry(client: Client, pair: Pair, town: Entry) -> None:
    Source.objects.filter(key="alue").update(name="Pohjois-Savon hyvinvointialue")
    Source.objects.filter(key="kunta").update(name="Kuopion kaupunki")
    actions.merge(pair, keep=town.pk, now=NOW, by="tiina")
    page = client.get(f"/kohde/{town.pk}/").content.decode()
    assert "Pohjois-Savon hyvinvointialue" in page
    assert "Kuopion kaupunki" in page


def test_after_merging_the_page_leads_to_what_now_stands_for_both(tiina: Client, pair: Pair, town: Entry) -> None:
    answer = tiina.post(f"/tyopoyta/samat/{pair.pk}/paatos/", {"keep": str(town.pk)}, follow=True)
    link = f'<a href="/tyopoyta/samat/kohde/{town.pk}/">Katso yhdistetty kohde</a>'
    assert link in answer.content.decode()
    assert link in tiina.get(f"/tyopoyta/samat/{pair.pk}/").content.decode()
    assert tiina.get("/tyopoyta/samat/?tehty=merged&kohde=x").status_code == 200


def test_the_comparison_shows_the_next_dates_of_a_series(town: Entry) -> None:
    for week in (-3, -2, -1):
        make.date(town, START + timedelta(weeks=week))
    assert [one.starts_at for one in side(town).dates] == [START + timedelta(weeks=week) for week in range(4)]
    Occurrence.objects.filter(entry=town, starts_at__gte=NOW).delete()
    assert [one.starts_at for one in side(town).dates] == [START + timedelta(weeks=week) for week in (-3, -2, -1)]


def test_staff_come_from_the_entry_to_what_it_was_merged_from(tiina: Client, pair: Pair, town: Entry) -> None:
    link = f'href="/tyopoyta/samat/kohde/{town.pk}/"'
    assert link not in tiina.get(reverse("entry", args=[town.pk])).content.decode()
    actions.merge(pair, keep=town.pk, now=NOW, by="t")
    assert link in tiina.get(reverse("entry", args=[town.pk])).content.decode()
    tiina.logout()
    assert link not in tiina.get(reverse("entry", args=[town.pk])).content.decode()
