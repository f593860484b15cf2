"""What keepers are told: errors of schedules, what was done, who did it and for whom; a draft becomes public."""

from __future__ import annotations

import pytest
from django.test import Client

from mukana.directory.models import Entry
from mukana.upkeep.actions.making import make_entry
from mukana.upkeep.models import Edit
from mukana.upkeep.queries.showing import shown
from mukana.upkeep.tests import make
from mukana.upkeep.tests.test_editing import mine, typed

pytestmark = pytest.mark.django_db


def test_a_dance_may_end_in_the_small_hours(keeper: Client) -> None:
    entry = mine(keeper)
    plan = {"aika0-days": ["sat"], "aika0-start": "20", "aika0-end": "1", "aika0-first": "5.9.2026", "aika0-until": "15.12.2026"}
    assert keeper.post(f"/omat-tiedot/{entry.pk}/muokkaa/", typed(keeper, entry, save="1", **plan)).status_code == 302


def test_the_summary_on_top_counts_the_schedules_too_and_links_to_them(keeper: Client) -> None:
    entry = mine(keeper)
    plan = {"aika0-days": ["tue"], "aika0-start": "17", "aika0-end": "16", "aika0-first": "", "aika0-until": "15.12.2026"}
    page = keeper.post(f"/omat-tiedot/{entry.pk}/muokkaa/", typed(keeper, entry, save="1", phone="soita", **plan)).content.decode()
    assert "3 kohtaa kaipaa korjausta" in page
    assert 'href="#id_aika0-end">Uusi viikkoaikataulu: Päättyy klo: Päättymisaika on ennen' in page
    assert 'id="id_aika0-end"' in page
    assert 'href="#id_phone"' in page


def test_a_draft_is_published_from_its_own_page(keeper: Client) -> None:
    entry = make_entry(keeper.organisation, kind="service", name="Neuvonta", doer=make.ANNELI)  # type: ignore[attr-defined]
    assert 'name="publish"' in keeper.get(f"/omat-tiedot/{entry.pk}/muokkaa/").content.decode()
    assert Client().post(f"/omat-tiedot/{entry.pk}/julkaise/").status_code == 403
    answer = keeper.post(f"/omat-tiedot/{entry.pk}/julkaise/", follow=True).content.decode()
    assert "Julkaistu. Kohde näkyy nyt kaikille." in answer
    entry.refresh_from_db()
    assert entry.status == "published"


def test_saving_tells_what_was_done(keeper: Client) -> None:
    entry = mine(keeper)
    address = f"/omat-tiedot/{entry.pk}/muokkaa/"
    assert "Mikään ei muuttunut" in keeper.post(address, typed(keeper, entry, save="1"), follow=True).content.decode()
    changed = typed(keeper, entry, save="1", **{"t.fi.summary": "Uusi."})
    assert "Muutokset on tallennettu." in keeper.post(address, changed, follow=True).content.decode()
    nothing = keeper.post(f"/omat-tiedot/{entry.pk}/vahvista/", follow=True).content.decode()
    assert "Valitse ainakin yksi tieto" in nothing


def test_what_the_source_changed_meanwhile_is_said_so(keeper: Client) -> None:
    entry = mine(keeper)
    second = typed(keeper, entry, **{"t.fi.summary": "Toisen.", "save": "1"})
    Entry.objects.filter(pk=entry.pk).update(texts={"fi": {"name": "Vesijumppa", "summary": "Lähteen."}})
    (choice,) = keeper.post(f"/omat-tiedot/{entry.pk}/muokkaa/", second).context["choices"]
    assert choice.writer == "Tietolähde on muuttanut tätä."


@pytest.mark.parametrize(("value", "words"), [(True, "kyllä"), ("organisation", "kyllä"), (False, "ei")])
def test_out_of_the_listing_is_told_yes_and_no_aright(value: bool | str, words: str) -> None:
    assert shown("do_not_list", value) == words


def test_the_history_tells_who_did_it_and_for_whom(client: Client) -> None:
    of = make.organiser("Harjupolun Liikkujat ry")
    entry = make.owned(of=of)
    make.signed_in(client, "coordinator")
    client.post("/tyopoyta/puolesta/", {"kenen": f"organisations.Organisation:{of.pk}"})
    client.post(f"/omat-tiedot/{entry.pk}/luettelo/")
    assert Edit.objects.get(key="do_not_list").actor_name == "Tiina Tossavainen, järjestön Harjupolun Liikkujat ry puolesta"
    page = client.get(f"/omat-tiedot/{entry.pk}/historia/").content.decode()
    assert "järjestön Harjupolun Liikkujat ry puolesta" in page


def test_the_history_tells_the_person_acted_for(client: Client) -> None:
    of = make.organiser("Harjupolun Liikkujat ry")
    entry, anneli = make.owned(of=of), make.person("organiser", of, name="Anneli Rautio")
    make.signed_in(client, "coordinator")
    client.post("/tyopoyta/puolesta/", {"kenen": f"accounts.Person:{anneli.pk}"})
    client.post(f"/omat-tiedot/{entry.pk}/luettelo/")
    assert Edit.objects.get(key="do_not_list").actor_name == "Tiina Tossavainen, henkilön Anneli Rautio puolesta"
