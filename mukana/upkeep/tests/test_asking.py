"""The work list, requests in bulk with a preview, reminders, and a word when an entry expires."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client, override_settings

from mukana.directory.models import Change, Entry
from mukana.directory.tests import make as hub
from mukana.lib.moments import ZONE
from mukana.outbox.models import Message
from mukana.upkeep import demo
from mukana.upkeep.actions import asking, doubt
from mukana.upkeep.actions.links import Receiver
from mukana.upkeep.jobs import ask_organisers
from mukana.upkeep.models import Doubt, Link, Proposal
from mukana.upkeep.queries.contact import channel_of, contact_of
from mukana.upkeep.queries.work import waiting
from mukana.upkeep.tests import make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 10, tzinfo=ZONE)


def test_the_list_has_what_is_due_late_and_expired_the_most_overdue_first() -> None:
    of = make.organiser()
    fresh = make.owned("Tuore", of=of, reviewed_on=make.TODAY)
    late, stale = make.owned("Myöhässä", of=of), make.owned("Vanha", of=of, reviewed_on=make.STALE)
    hub.from_source(make.owned("Rekisteri", of=of, reviewed_on=None))
    doubted = make.owned("Epäilty", of=of, reviewed_on=make.TODAY)
    doubt(doubted, "referrals", by="system")
    rows = waiting(make.TODAY)
    assert [row.entry for row in rows] == [stale, late, doubted]
    assert fresh not in [row.entry for row in rows]
    assert [row.fresh.state for row in rows] == ["expired", "late", "due"]


def test_a_table_s_row_nobody_has_sent_for_half_a_year_is_asked_about() -> None:
    entry = make.owned(reviewed_on=None)
    hub.from_source(entry, seen_at=NOW - timedelta(days=200))
    assert waiting(make.TODAY) == []
    Entry.objects.update(created_at=NOW - timedelta(days=300))
    assert [row.entry for row in waiting(make.TODAY)] == [entry]


def test_whom_to_ask_and_how() -> None:
    of = make.organiser(email="toimisto@example.fi", phone="05 000 1299")
    own = make.owned(of=of, email="anneli@example.fi", phone="")
    assert channel_of(contact_of(own), bounced=False) == ("email", "anneli@example.fi")
    theirs = make.owned("B", of=of, email="", phone="")
    assert channel_of(contact_of(theirs), bounced=False) == ("email", "toimisto@example.fi")
    assert channel_of(contact_of(theirs), bounced=True) == ("sms", "+35850001299")
    landline = make.owned("C", organisation=None, email="", phone="017 123 456", contact_name="")
    assert channel_of(contact_of(landline), bounced=False) == ("", "")
    assert contact_of(landline).name == ""


def test_staff_see_the_messages_before_they_leave_and_one_receiver_gets_one(client: Client) -> None:
    make.signed_in(client)
    of = make.organiser(phone="050 000 1299", email="")
    one, two = make.owned(of=of, phone=""), make.owned("Tuolijumppa", of=of, phone="")
    lone = make.owned("Orpo", organisation=None, phone="", contact_name="")
    page = client.get("/tyopoyta/ajantasaisuus/").content.decode()
    assert "3 kohdetta odottaa vahvistusta" in page
    assert "Ei yhteystietoa 1" in page
    data = {"kohde": [one.pk, two.pk, lone.pk]}
    page = client.post("/tyopoyta/ajantasaisuus/laheta/", data).content.decode()
    assert "Lähetetäänkö yksi pyyntö?" in page
    assert "2 kohdetta. Pitävätkö tiedot paikkansa?" in page
    assert not Message.objects.exists()
    response = client.post("/tyopoyta/ajantasaisuus/laheta/", {**data, "send": "1"})
    assert "Yksi pyyntö lähtee" in client.get(response.headers["Location"]).content.decode()
    message = Message.objects.get()
    assert (message.channel, message.parts) == ("sms", 1)
    assert "/vahvista/" in message.text
    assert set(Link.objects.get().entries.all()) == {one, two}
    assert "Odottaa vastausta" in client.get("/tyopoyta/ajantasaisuus/?tila=late").content.decode()
    assert "Tässä ei ole ketään" in client.get("/tyopoyta/ajantasaisuus/?tila=bounced").content.decode()


def test_who_was_asked_within_the_week_is_marked_and_left_out(client: Client) -> None:
    make.signed_in(client)
    entry = make.owned()
    address, data = "/tyopoyta/ajantasaisuus/laheta/", {"kohde": [entry.pk]}
    client.post(address, {**data, "send": "1"})
    assert "Pyydetty jo su\xa022.11." in client.get("/tyopoyta/ajantasaisuus/").content.decode()
    page = client.post(address, data).content.decode()
    assert "Pyydetty jo su\xa022.11." in page
    assert "Mitään ei ole vielä lähdössä" in page
    refused = client.post(address, {**data, "send": "1"})
    assert (refused.status_code, "Valitse ainakin yksi." in refused.content.decode()) == (422, True)
    assert Message.objects.count() == 1
    client.post(address, {**data, "send": "1", "silti": [entry.pk]})
    assert Message.objects.count() == 2


def test_sending_nothing_is_refused(client: Client) -> None:
    make.signed_in(client)
    make.owned()
    for data in ({}, {"send": "1"}):
        refused = client.post("/tyopoyta/ajantasaisuus/laheta/", data)
        assert refused.status_code == 422
        assert "Valitse ainakin yksi kohde." in refused.content.decode()


def test_the_longest_name_fits_one_text_message() -> None:
    entry = make.owned("Erittäin pitkäniminen soveltavan liikunnan keskiviikkoryhmä aikuisille ja ikäihmisille")
    with override_settings(BASE_URL="https://mukana.pohjoissavo.example"):
        asking.ask_due(waiting(make.TODAY))
    assert Message.objects.get(channel="sms").parts == 1
    assert entry.upkeep_links.count() == 1


def test_a_reminder_leaves_after_three_weeks_and_then_somebody_rings(monkeypatch: pytest.MonkeyPatch) -> None:
    make.owned(of=make.organiser(email="a@example.fi"), email="a@example.fi")
    assert ask_organisers(NOW) == "Vahvistuspyyntöjä 1, tietoja näkyvyyden päättymisestä 0."
    assert ask_organisers(NOW) is None
    later = NOW + timedelta(weeks=3)
    monkeypatch.setenv("MUKANA_NOW", later.replace(tzinfo=None).isoformat())
    assert ask_organisers(later) is not None
    last = later + timedelta(weeks=3)
    monkeypatch.setenv("MUKANA_NOW", last.replace(tzinfo=None).isoformat())
    assert ask_organisers(last) is None
    (row,) = waiting(last.date())
    assert (row.step.what, row.belongs("call"), row.belongs("due")) == ("call", True, False)


def test_an_organiser_is_told_once_that_professionals_no_longer_see_the_entry() -> None:
    entry = make.owned(reviewed_on=make.STALE, email="a@example.fi")
    make.owned("B", reviewed_on=make.STALE, email="")
    ask_organisers(NOW)
    ask_organisers(NOW)
    told = Message.objects.get(kind="upkeep.expired")
    assert told.subject == f"{entry} ei enää näy ammattilaisille"


def test_an_address_that_cannot_be_one_is_as_good_as_a_returned_message(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = make.owned()
    parcel = asking.Parcel(Receiver("sms", "017"), (entry,))
    assert asking.send(parcel, by="system") is False
    assert Doubt.objects.get().cause == "bounced"
    (row,) = waiting(make.TODAY)
    assert row.belongs("bounced")


def test_staff_send_an_edit_link_that_opens_the_organisation_s_entries_once(client: Client) -> None:
    make.signed_in(client)
    of = make.organiser()
    entry, later = make.owned(of=of, email="a@example.fi"), make.owned("Myöhemmin tehty", of=of)
    assert "Muokkauslinkki lähtee" in client.post(f"/tyopoyta/ajantasaisuus/{entry.pk}/linkki/").content.decode()
    token = Link.objects.get().pk
    assert token
    visitor = Client()
    secret, _ = asking.make_link("edit", [entry], Receiver("sms", "+358500001299"), by="system", organisation=of)
    assert "Avaa omat tiedot" in visitor.get(f"/muokkaa/{secret}/").content.decode()
    assert visitor.get("/omat-tiedot/").status_code == 403
    assert visitor.post(f"/muokkaa/{secret}/").headers["Location"] == "/omat-tiedot/"
    assert "Myöhemmin tehty" in visitor.get("/omat-tiedot/").content.decode()
    assert visitor.get(f"/omat-tiedot/{later.pk}/muokkaa/").status_code == 200
    assert visitor.get(f"/omat-tiedot/jarjesto/{of.pk}/luettelo/").status_code == 200
    assert visitor.get("/omat-tiedot/uusi/").status_code == 200
    assert visitor.get(f"/muokkaa/{secret}/").status_code == 410
    assert "Uusi linkki on matkalla" in visitor.post(f"/uusi-linkki/edit/{secret}/").content.decode()


def test_a_link_shown_on_the_spot_is_not_sent_again() -> None:
    secret, link = asking.make_link("edit", [], Receiver("shown"), by="system")
    assert secret
    assert asking.send_again(link) is False


def test_an_edit_link_cannot_go_where_nothing_can_be_sent(client: Client) -> None:
    make.signed_in(client)
    entry = make.owned(of=make.organiser(phone="", email=""), phone="")
    assert "Linkkiä ei voitu lähettää" in client.post(f"/tyopoyta/ajantasaisuus/{entry.pk}/linkki/").content.decode()
    orphan = make.owned("Orpo", organisation=None)
    assert client.post(f"/tyopoyta/ajantasaisuus/{orphan.pk}/linkki/").status_code == 404


def test_an_organiser_of_another_organisation_cannot_note_calls(client: Client) -> None:
    make.signed_in(client, "organiser", make.organiser("Toinen ry"))
    entry = make.owned()
    assert client.get(f"/tyopoyta/ajantasaisuus/{entry.pk}/puhelu/").status_code == 404
    assert "0 kohdetta odottaa" in client.get("/tyopoyta/ajantasaisuus/").content.decode()


def test_the_demo_has_entries_of_every_age_once() -> None:
    of = make.organiser(email="a@example.fi")
    for number in range(24):
        make.owned(f"Ryhmä {number}", of=of, fictitious=True, reviewed_on=None)
    assert demo.load() == 24
    assert demo.load() == 0
    states = {row.fresh.state for row in waiting(make.TODAY)}
    assert states >= {"due", "late", "expired"}
    assert {row.step.what for row in waiting(make.TODAY)} >= {"ask", "call"}
    assert Proposal.objects.count() == 1
    assert Change.objects.count() >= 24
