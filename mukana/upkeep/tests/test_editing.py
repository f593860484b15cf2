"""Keepers edit their own entries: preview, history, two at once, the source's word, a new entry."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from mukana.directory.models import Change, Entry
from mukana.directory.own import schedules_json
from mukana.directory.tests import make as hub
from mukana.directory.tests.test_own import TUESDAYS
from mukana.outbox.models import Message
from mukana.upkeep.actions import editing, listing
from mukana.upkeep.actions.making import make_entry
from mukana.upkeep.actions.moving import move
from mukana.upkeep.forms.entry import EntryForm
from mukana.upkeep.models import Edit
from mukana.upkeep.queries.editable import stands
from mukana.upkeep.tests import make

pytestmark = pytest.mark.django_db


def typed(client: Client, entry: Entry, **changes: Any) -> dict[str, Any]:
    """What the browser would send of the form as it opened, with something typed over."""
    form = client.get(f"/omat-tiedot/{entry.pk}/muokkaa/").context["form"]
    data: dict[str, Any] = {}
    for part in (form, *form.plans):
        for field in part:
            value = field.value()
            if value not in (None, "", []):
                data[field.html_name] = value
    base = client.get(f"/omat-tiedot/{entry.pk}/muokkaa/").context["base"]
    return {**data, "base": base, **changes}


def mine(client: Client, **facts: Any) -> Entry:
    return make.owned(of=client.organisation, **facts)  # type: ignore[attr-defined]


def test_an_untouched_form_changes_nothing(keeper: Client) -> None:
    entry = mine(keeper)
    editing.edit(entry, {"schedules": schedules_json([TUESDAYS])}, make.ANNELI)
    Edit.objects.all().delete()
    form = EntryForm(entry, stands(entry))
    response = keeper.post(f"/omat-tiedot/{entry.pk}/muokkaa/", typed(keeper, entry, save="1"))
    assert response.status_code == 302, response.content.decode()
    assert list(Edit.objects.values_list("key", "before", "after")) == []
    assert form.texts("fi")[0][0] == "texts.fi.name"


def test_a_keeper_changes_texts_price_times_and_contact(keeper: Client) -> None:
    entry = mine(keeper)
    changes = {
        "t.fi.summary": "Lämmin allas. <b>Anneli</b> ohjaa.", "price": "6,50", "phone": "050 000 1777", "topics": ["swimming"],
        "t.fi.steps": "Tule kassalle\nAnneli odottaa.\n\nUikkarit päälle", "aika0-days": ["tue"], "aika0-start": "10",
        "aika0-end": "10.45", "aika0-first": "1.9.2026", "aika0-until": "15.12.2026", "aika0-interval": "1",
        "aika0-skips": "1.12.2026 Halli on varattu", "save": "1",
    }  # fmt: skip
    response = keeper.post(f"/omat-tiedot/{entry.pk}/muokkaa/", typed(keeper, entry, **changes))
    assert response.headers["Location"] == f"/omat-tiedot/{entry.pk}/?tehty=tallennettu"
    entry.refresh_from_db()
    assert entry.texts["fi"]["summary"] == "Lämmin allas. Anneli ohjaa."
    assert entry.texts["fi"]["steps"] == [{"title": "Tule kassalle", "text": "Anneli odottaa."}, {"title": "Uikkarit päälle"}]
    assert (entry.price_cents, entry.phone) == (650, "050 000 1777")
    assert entry.occurrences.get(status="cancelled").reason == {"fi": "Halli on varattu"}
    assert {"price", "contact", "time", "season"} <= entry.confirmed.keys()
    page = keeper.get(f"/omat-tiedot/{entry.pk}/historia/").content.decode()
    assert "tiistai klo 10.00–10.45" in page
    assert "Tiina Tossavainen, kirjautuneena" in page


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("t.fi.name", "", "Kirjoita nimi."),
        ("phone", "soita", "Tästä ei löydy puhelinnumeroa."),
        ("email", "anneli", "nimi@paikka.fi"),
        ("url", "javascript:alert(1)", "https://"),
        ("price", "viisi", "5,50"),
    ],
)
def test_what_must_be_mended_is_told_and_nothing_is_lost(keeper: Client, field: str, value: str, words: str) -> None:
    entry = mine(keeper)
    data = typed(keeper, entry, **{field: value, "t.fi.summary": "Uusi tiivistelmä.", "save": "1"})
    response = keeper.post(f"/omat-tiedot/{entry.pk}/muokkaa/", data)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert "Uusi tiivistelmä." in response.content.decode()
    assert not Edit.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"aika0-start": "kymmeneltä"}, "Kirjoita kellonaika näin"),
        ({"aika0-start": ""}, "Täytä tämä."),
        ({"aika0-until": "1.1.2026"}, "Viimeinen päivä on ennen ensimmäistä."),
        ({"aika0-first": "32.13.2026"}, "Kirjoita päivä näin"),
        ({"aika0-skips": "joulu"}, "Kirjoita päivä näin"),
        ({"aika0-start": "17", "aika0-end": "16"}, "Päättymisaika on ennen alkamisaikaa."),
        ({"aika0-start": "20", "aika0-end": "7"}, "Päättymisaika on ennen alkamisaikaa."),
    ],
)
def test_a_schedule_that_cannot_be_is_told(keeper: Client, changes: dict[str, str], words: str) -> None:
    entry = mine(keeper)
    plan = {"aika0-days": ["tue"], "aika0-start": "10", "aika0-first": "1.9.2026", "aika0-until": "15.12.2026"}
    response = keeper.post(f"/omat-tiedot/{entry.pk}/muokkaa/", typed(keeper, entry, save="1", **{**plan, **changes}))
    assert response.status_code == 422
    assert words in response.content.decode()


def test_the_preview_is_the_resident_s_page_and_saves_nothing(keeper: Client) -> None:
    entry = mine(keeper)
    data = typed(keeper, entry, **{"t.fi.name": "Uusi nimi", "t.sv.name": "Nytt namn", "topics": ["swimming"], "aika0-days": ["tue"]})
    data |= {"aika0-start": "10", "aika0-first": "1.9.2026", "aika0-until": "15.12.2026", "preview": "fi"}
    page = keeper.post(f"/omat-tiedot/{entry.pk}/muokkaa/", data).content.decode()
    assert "Esikatselu. Näin asukas näkee tämän." in page
    assert "<h1>Uusi nimi</h1>" in page
    assert "ti\xa024.11. klo\xa010.00" in page
    assert "Nytt namn" in keeper.post(f"/omat-tiedot/{entry.pk}/muokkaa/", {**data, "preview": "sv"}).content.decode()
    entry.refresh_from_db()
    assert str(entry) == "Vesijumppa"


def test_checking_shows_what_would_be_easier_beside_the_text(keeper: Client) -> None:
    entry = mine(keeper)
    data = typed(keeper, entry, **{"t.fi.summary": "Ryhmässä ohjataan. Se on matalan kynnyksen ryhmä.", "check": "1"})
    page = keeper.post(f"/omat-tiedot/{entry.pk}/muokkaa/", data).content.decode()
    assert "2 kohtaa voi sanoa selvemmin" in page
    assert "Kuka tekee? ”ohjataan”" in page


def test_the_second_editor_sees_both_versions_and_chooses_and_nothing_is_lost(keeper: Client) -> None:
    entry = mine(keeper)
    first = typed(keeper, entry, **{"t.fi.summary": "Ensimmäisen.", "t.fi.whom": "Anneli.", "save": "1"})
    second = typed(keeper, entry, **{"t.fi.summary": "Toisen.", "phone": "050 000 1888", "save": "1"})
    keeper.post(f"/omat-tiedot/{entry.pk}/muokkaa/", first)
    response = keeper.post(f"/omat-tiedot/{entry.pk}/muokkaa/", second)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Ensimmäisen." in page
    assert "Toisen." in page
    (choice,) = response.context["choices"]
    assert choice.writer.startswith("Muokkasit tätä toisessa välilehdessä")
    assert "Yksi kohta odottaa valintaasi" not in page
    again = keeper.post(f"/omat-tiedot/{entry.pk}/muokkaa/", {**second, "valitaan": "1"}).content.decode()
    assert "Yksi kohta odottaa valintaasi" in again
    assert "Tiivistelmä: valitse, kumpi teksti jää." in again
    keeper.post(f"/omat-tiedot/{entry.pk}/muokkaa/", {**second, choice.name: "mine"})
    entry.refresh_from_db()
    told = entry.texts["fi"]
    assert (told["summary"], told["whom"], entry.phone) == ("Toisen.", "Anneli.", "050 000 1888")
    assert Edit.objects.filter(key="texts.fi.summary", before="Ensimmäisen.", after="Toisen.").exists()


def test_choosing_the_other_one_keeps_it_and_a_third_version_is_asked_again(keeper: Client) -> None:
    entry = mine(keeper)
    second = typed(keeper, entry, **{"t.fi.summary": "Toisen.", "save": "1"})
    keeper.post(f"/omat-tiedot/{entry.pk}/muokkaa/", typed(keeper, entry, **{"t.fi.summary": "Ensimmäisen.", "save": "1"}))
    (choice,) = keeper.post(f"/omat-tiedot/{entry.pk}/muokkaa/", second).context["choices"]
    editing.edit(entry, {"texts.fi.summary": "Kolmannen."}, make.ANNELI)
    response = keeper.post(f"/omat-tiedot/{entry.pk}/muokkaa/", {**second, choice.name: "mine"})
    assert response.status_code == 409
    (choice,) = response.context["choices"]
    assert choice.writer.startswith("Anneli Rautio muokkasi tätä")
    assert keeper.post(f"/omat-tiedot/{entry.pk}/muokkaa/", {**second, choice.name: "theirs"}).status_code == 302
    entry.refresh_from_db()
    assert entry.texts["fi"]["summary"] == "Kolmannen."


def test_a_form_that_does_not_say_where_it_began_still_saves(keeper: Client) -> None:
    entry = mine(keeper)
    keeper.post(f"/omat-tiedot/{entry.pk}/muokkaa/", typed(keeper, entry, base="x", save="1", **{"t.fi.summary": "Uusi."}))
    entry.refresh_from_db()
    assert entry.texts["fi"]["summary"] == "Uusi."


def test_an_earlier_value_can_be_taken_back(keeper: Client) -> None:
    entry = mine(keeper)
    editing.edit(entry, {"texts.fi.summary": "Uusi."}, make.ANNELI)
    edit = Edit.objects.get(key="texts.fi.summary")
    assert keeper.post(f"/omat-tiedot/palauta/{edit.pk}/").status_code == 302
    entry.refresh_from_db()
    assert entry.texts["fi"]["summary"] == "Lämmin allas, rauhallinen tahti."
    made = Edit(entry=entry, key="status")
    with pytest.raises(editing.CannotTakeBack):
        editing.take_back(made, make.ANNELI)


def test_what_is_no_fact_cannot_be_taken_back(keeper: Client) -> None:
    entry = mine(keeper)
    listing.unlist(entry, make.ANNELI)
    assert keeper.post(f"/omat-tiedot/palauta/{Edit.objects.get().pk}/").status_code == 403


def test_the_source_s_word_is_shown_and_can_be_returned_to(keeper: Client) -> None:
    entry = mine(keeper)
    hub.from_source(entry)
    editing.edit(entry, {"phone": "050 000 1777"}, make.ANNELI)
    Entry.objects.update(own={"phone": {**entry.own["phone"], "source": "050 000 1555"}})
    page = keeper.get(f"/omat-tiedot/{entry.pk}/muokkaa/").content.decode()
    assert "Lähde sanoo: 050 000 1555" in page
    assert "Lähde on muuttanut yhtä tietoa" in page
    keeper.post(f"/omat-tiedot/{entry.pk}/lahteen-mukaan/", {"key": "phone"})
    entry.refresh_from_db()
    assert (entry.phone, entry.own) == ("050 000 1555", {})
    assert editing.follow_source(entry, "phone", make.ANNELI) == {}


def test_returning_to_the_source_s_times_reads_its_rows_again(keeper: Client) -> None:
    entry = mine(keeper)
    row = hub.from_source(entry)
    editing.edit(entry, {"schedules": schedules_json([TUESDAYS])}, make.ANNELI)
    editing.follow_source(entry, "schedules", make.ANNELI)
    row.refresh_from_db()
    assert bytes(row.digest) == b""


def test_a_new_entry_is_a_draft_until_it_is_published(keeper: Client) -> None:
    of = keeper.organisation  # type: ignore[attr-defined]
    mine(keeper)
    assert keeper.post("/omat-tiedot/uusi/", {"name": "", "kind": "group", "organisation": of.pk}).status_code == 422
    keeper.post("/omat-tiedot/uusi/", {"name": "Tanssit", "kind": "group", "organisation": of.pk})
    entry = Entry.objects.get(status="draft")
    assert (entry.organisation, entry.phone, entry.visible) == (of, "050 000 1299", False)
    page = keeper.get(f"/omat-tiedot/{entry.pk}/").content.decode()
    assert "Miksi tämä ei näy" in page
    assert "Kohde on luonnos." in page
    assert "Aihe puuttuu." in page
    assert "Uusi, ei vielä vahvistettu" in page
    assert "Vahvistettu" not in page
    assert ">Julkaise<" in page.replace("</svg> ", "</svg>").replace("</svg>", ">")
    keeper.post(f"/omat-tiedot/{entry.pk}/muokkaa/", typed(keeper, entry, publish="1", topics=["dance"]))
    entry.refresh_from_db()
    assert (entry.status, entry.visible, entry.reviewed_on) == ("published", True, make.TODAY)
    assert Change.objects.filter(entry_id=entry.pk, kind="created").exists()
    assert editing.publish(entry, make.ANNELI) is False


def test_a_service_is_made_without_a_form() -> None:
    assert make_entry(make.organiser(), kind="service", name="Neuvonta", doer=make.ANNELI).form == ""


def test_nothing_is_open_to_strangers(client: Client) -> None:
    entry = make.owned()
    edit = Edit.objects.create(entry=entry, key="phone", at=hub.NOW, actor="x", door="login")
    for address in ("", "muokkaa/", "historia/", "luettelo/"):
        assert client.get(f"/omat-tiedot/{entry.pk}/{address}").status_code == 403
    for address in (f"{entry.pk}/vahvista/", f"{entry.pk}/lahteen-mukaan/", f"palauta/{edit.pk}/"):
        assert client.post(f"/omat-tiedot/{address}").status_code == 403
    assert client.get(f"/omat-tiedot/jarjesto/{entry.organisation_id}/luettelo/").status_code == 403
    assert client.get("/omat-tiedot/uusi/").status_code == 403


def test_an_organiser_keeps_only_the_own_organisation_s_entries(keeper: Client) -> None:
    other = make.owned("Vieras", of=make.organiser("Vieras ry"))
    own = mine(keeper, name="Oma")
    page = keeper.get("/omat-tiedot/").content.decode()
    assert "Oma" in page
    assert "Vieras" not in page
    assert keeper.get(f"/omat-tiedot/{other.pk}/muokkaa/").status_code == 403
    assert keeper.post(f"/omat-tiedot/{own.pk}/vahvista/", {"field": ["price"]}).status_code == 302
    own.refresh_from_db()
    assert own.confirmed["price"]["how"] == "login"


def test_the_whole_organisation_leaves_the_listing_and_comes_back(keeper: Client) -> None:
    of = keeper.organisation  # type: ignore[attr-defined]
    one, alone = mine(keeper), mine(keeper, name="Yksin")
    listing.unlist(alone, make.ANNELI)
    address = f"/omat-tiedot/jarjesto/{of.pk}/luettelo/"
    assert "yksi kohde" in keeper.get(address).content.decode() or "2 kohdetta" in keeper.get(address).content.decode()
    keeper.post(address)
    one.refresh_from_db()
    of.refresh_from_db()
    assert (one.visible, of.do_not_list) == (False, True)
    assert Change.objects.filter(entry_id=one.pk).last().kind == "removed"
    assert "Järjestönne on pyytänyt" in keeper.get(f"/omat-tiedot/{one.pk}/").content.decode()
    keeper.post(address)
    one.refresh_from_db()
    alone.refresh_from_db()
    assert (one.visible, alone.visible) == (True, False)
    assert Change.objects.filter(entry_id=one.pk).last().kind == "created"


def test_one_entry_leaves_the_listing_and_its_record_stays(keeper: Client) -> None:
    entry = mine(keeper)
    assert "Otetaanko pois luettelosta?" in keeper.get(f"/omat-tiedot/{entry.pk}/luettelo/").content.decode()
    keeper.post(f"/omat-tiedot/{entry.pk}/luettelo/")
    assert keeper.get(f"/kohde/{entry.pk}/").status_code == 404
    keeper.post(f"/omat-tiedot/{entry.pk}/luettelo/")
    assert keeper.get(f"/kohde/{entry.pk}/").status_code == 200
    draft = make_entry(make.organiser("C ry"), kind="group", name="Luonnos", doer=make.ANNELI)
    listing.unlist(draft, make.ANNELI)
    listing.unlist(draft, make.ANNELI)
    assert not Change.objects.filter(entry_id=draft.pk).exists()


def test_moving_tells_both_organisations() -> None:
    before, after = make.organiser(email="a@example.fi"), make.organiser("B ry", email="b@example.fi")
    entry = make.owned(of=before)
    doer = make.ANNELI
    assert move(entry, after, doer) is True
    assert entry.organisation == after
    assert sorted(Message.objects.values_list("to", flat=True)) == ["a@example.fi", "b@example.fi"]
    assert move(entry, after, doer) is False
    assert move(make.owned("Orpo", organisation=None), make.organiser("D ry"), doer) is True


def test_staff_move_an_entry_by_the_organisation_s_name(client: Client) -> None:
    make.signed_in(client, "coordinator")
    entry, other = make.owned(), make.organiser("Äijäjumppa ry")
    address = f"/tyopoyta/ajantasaisuus/{entry.pk}/siirra/"
    assert "Äijäjumppa ry" in client.get(address, {"q": "äijä"}).content.decode()
    assert "ei löydy järjestöä" in client.get(address, {"q": "xyzzy"}).content.decode()
    client.post(address, {"organisation": other.pk})
    entry.refresh_from_db()
    assert entry.organisation == other
