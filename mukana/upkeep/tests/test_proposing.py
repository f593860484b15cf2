"""Anybody proposes a correction; it is decided fact by fact, and its sender sees what came of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from mukana.audit.models import Trace
from mukana.directory.models import Entry
from mukana.look.typed import NO_IDENTIFIERS
from mukana.outbox.models import Message
from mukana.upkeep.actions import proposing
from mukana.upkeep.models import Edit, Proposal, ProposedFact
from mukana.upkeep.queries.editable import stands
from mukana.upkeep.rules.facts import PROPOSABLE
from mukana.upkeep.tests import make

pytestmark = pytest.mark.django_db


def sent(client: Client, entry: Entry, **changes: str) -> Any:
    standing = stands(entry)
    data = {**{key: standing[key] for key in PROPOSABLE}, "note": "", "contact": "", "website": "", **changes}
    return client.post(f"/kohde/{entry.pk}/ehdota/", data)


def test_every_entry_page_offers_it(client: Client) -> None:
    entry = make.owned()
    assert f'href="/kohde/{entry.pk}/ehdota/"' in client.get(f"/kohde/{entry.pk}/").content.decode()
    assert "05 000 1250" in client.get(f"/kohde/{entry.pk}/ehdota/").content.decode()


def test_only_what_differs_is_proposed_and_nothing_changes_yet(client: Client) -> None:
    entry = make.owned()
    response = sent(client, entry, phone="05 000 1777", note="Soitin.")
    fact = ProposedFact.objects.get()
    assert (fact.key, fact.before, fact.after) == ("phone", "05 000 1250", "05 000 1777")
    page = client.get(response.headers["Location"]).content.decode()
    assert "Kiitos, ehdotuksesi odottaa tarkistusta" in page
    entry.refresh_from_db()
    assert entry.phone == "05 000 1250"
    assert client.get("/ehdotus/xyz/").status_code == 404


def test_facts_are_decided_one_by_one_and_the_sender_sees_it(client: Client) -> None:
    entry = make.owned()
    address = sent(client, entry, phone="05 000 1777", contact_name="Liisa", contact="raili@example.fi").headers["Location"]
    staff = Client()
    make.signed_in(staff)
    page = staff.get("/tyopoyta/ehdotukset/").content.decode()
    assert "Yksi ehdotus odottaa ratkaisua" in page
    assert Trace.objects.filter(verb="read").exists()
    phone, name = ProposedFact.objects.get(key="phone"), ProposedFact.objects.get(key="contact_name")
    staff.post(f"/tyopoyta/ehdotukset/{phone.pk}/ratkaise/", {"accept": "1"})
    staff.post(f"/tyopoyta/ehdotukset/{name.pk}/ratkaise/", {"reject": "1", "reason": "Anneli vastaa yhä."})
    staff.post(f"/tyopoyta/ehdotukset/{name.pk}/ratkaise/", {"accept": "1"})
    entry.refresh_from_db()
    assert (entry.phone, entry.contact_name) == ("05 000 1777", "Anneli Rautio")
    assert "contact" not in entry.confirmed
    page = client.get(address).content.decode()
    assert "Näin ehdotuksellesi kävi" in page
    assert "Anneli vastaa yhä." in page
    assert "Ei hyväksytty. Anneli vastaa yhä." in Message.objects.get().text
    assert Proposal.objects.get().contact == ""
    assert Edit.objects.get(key="phone").door == "proposal"


def test_an_organiser_decides_proposals_of_own_entries_only(client: Client) -> None:
    of = make.organiser()
    mine, other = make.owned(of=of), make.owned("Vieras", of=make.organiser("B ry"))
    sent(client, mine, phone="05 000 1777")
    sent(client, other, phone="05 000 1888")
    organiser = Client()
    make.signed_in(organiser, "organiser", of)
    page = organiser.get("/tyopoyta/ehdotukset/").content.decode()
    assert "05 000 1777" in page
    assert "05 000 1888" not in page
    fact = ProposedFact.objects.get(proposal__entry=other)
    assert organiser.post(f"/tyopoyta/ehdotukset/{fact.pk}/ratkaise/", {"accept": "1"}).status_code == 403
    assert organiser.post(f"/tyopoyta/ehdotukset/{fact.proposal_id}/luettu/").status_code == 403


def test_the_holder_of_a_link_decides_too(client: Client) -> None:
    entry = make.owned()
    sent(client, entry, phone="05 000 1777")
    assert client.get("/tyopoyta/ehdotukset/").status_code == 403
    client.post(f"/vahvista/{make.confirm_token(entry)}/", {"all": "1"})
    assert "05 000 1777" in client.get("/tyopoyta/ehdotukset/").content.decode()
    client.post(f"/tyopoyta/ehdotukset/{ProposedFact.objects.get().pk}/ratkaise/", {"accept": "1"})
    entry.refresh_from_db()
    assert entry.phone == "05 000 1777"


def test_a_note_alone_is_read_and_ended(client: Client) -> None:
    entry = make.owned()
    sent(client, entry, note="Ovi on vaihtunut.")
    staff = Client()
    make.signed_in(staff)
    proposal = Proposal.objects.get()
    staff.post(f"/tyopoyta/ehdotukset/{proposal.pk}/luettu/")
    proposal.refresh_from_db()
    assert proposal.decided_at is not None
    proposing.close(proposal, make.ANNELI)
    assert "Kaikki ehdotukset on ratkaistu." in staff.get("/tyopoyta/ehdotukset/").content.decode()


def test_open_facts_cannot_be_ended_unread(client: Client) -> None:
    entry = make.owned()
    sent(client, entry, phone="05 000 1777")
    staff = Client()
    make.signed_in(staff)
    proposal = Proposal.objects.get()
    staff.post(f"/tyopoyta/ehdotukset/{proposal.pk}/luettu/")
    proposal.refresh_from_db()
    assert proposal.decided_at is None


def test_nothing_changed_and_wrong_numbers_are_told(client: Client) -> None:
    entry = make.owned()
    assert "Mikään ei ole muuttunut" in sent(client, entry).content.decode()
    response = sent(client, entry, phone="soita", contact="raili")
    assert response.status_code == 422
    assert "Tästä ei löydy puhelinnumeroa." in response.content.decode()
    assert not Proposal.objects.exists()


def test_machines_are_thanked_and_forgotten_and_a_flood_is_stopped(client: Client) -> None:
    entry = make.owned()
    assert sent(client, entry, phone="05 000 1777", website="http://spam.example").status_code == 302
    assert not Proposal.objects.exists()
    for number in range(proposing.MOST_AN_HOUR):
        sent(client, entry, phone=f"05 000 177{number}")
    assert sent(client, entry, phone="05 000 1789").status_code == 429
    assert Proposal.objects.count() == proposing.MOST_AN_HOUR


def test_what_is_not_public_takes_no_proposals(client: Client) -> None:
    assert client.get(f"/kohde/{make.owned(status='draft').pk}/ehdota/").status_code == 404


def test_a_fact_that_has_changed_since_is_shown_and_never_overwritten_unseen(client: Client) -> None:
    entry = make.owned()
    sent(client, entry, phone="05 000 1777")
    sent(client, entry, phone="05 000 1888")
    first, second = ProposedFact.objects.order_by("pk")
    staff = Client()
    make.signed_in(staff)
    cards = staff.get("/tyopoyta/ehdotukset/").context["cards"]
    stamps = {one.fact.pk: one.stamp for _proposal, facts in cards for one in facts}
    told = staff.post(f"/tyopoyta/ehdotukset/{first.pk}/ratkaise/", {"accept": "1", "seen": stamps[first.pk]}, follow=True)
    page = told.content.decode()
    assert "Ehdotus on hyväksytty." in page
    assert "Tieto on muuttunut ehdotuksen jälkeen. Silloin siinä luki: ”05 000 1250”." in page
    assert "05 000 1777" in page
    for seen in ("", stamps[second.pk]):
        told = staff.post(f"/tyopoyta/ehdotukset/{second.pk}/ratkaise/", {"accept": "1", "seen": seen}, follow=True)
        assert "Mitään ei tallennettu." in told.content.decode()
    entry.refresh_from_db()
    assert entry.phone == "05 000 1777"
    ((_, (one,)),) = told.context["cards"]
    staff.post(f"/tyopoyta/ehdotukset/{second.pk}/ratkaise/", {"accept": "1", "seen": one.stamp})
    entry.refresh_from_db()
    assert entry.phone == "05 000 1888"


@pytest.mark.parametrize("field", ["note", "texts.fi.summary", "time", "contact"])
def test_an_identity_code_is_refused_wherever_it_is_typed(client: Client, field: str) -> None:
    response = sent(client, make.owned(), **{field: "Hän on 131052-308T."})
    assert response.status_code == 422
    assert str(NO_IDENTIFIERS) in response.content.decode()
    assert not Proposal.objects.exists()


def test_time_and_place_can_be_corrected_in_words(client: Client) -> None:
    sent(client, make.owned(), time="tiistaisin klo 10", place="Kirjasto")
    assert Proposal.objects.get().note == "Oikea aika: tiistaisin klo 10\nOikea paikka: Kirjasto"
