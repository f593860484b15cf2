"""An organiser confirms by a link that works once; a doubt makes due; staff write down a call."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from mukana.audit.models import Trace
from mukana.directory.models import Change, Entry
from mukana.directory.queries.freshness import freshness_of, referable
from mukana.directory.tests import make as hub
from mukana.outbox.listeners import bounced
from mukana.outbox.models import Message
from mukana.outbox.rules import Bounce
from mukana.upkeep.actions import confirm, doubt
from mukana.upkeep.actions.calling import Said, note_call
from mukana.upkeep.actions.links import LinkRefused, answer, look, use
from mukana.upkeep.models import Call, Doubt, Edit, Link
from mukana.upkeep.rules.codes import CONFIRM, EDIT
from mukana.upkeep.tests import make

pytestmark = pytest.mark.django_db


def test_opening_the_link_confirms_nothing(client: Client) -> None:
    entry = make.owned()
    page = client.get(f"/vahvista/{make.confirm_token(entry)}/")
    assert "Kaikki pitää paikkansa" in page.content.decode()
    entry.refresh_from_db()
    assert (entry.confirmed, entry.reviewed_on) == ({}, make.LATE)
    assert Link.objects.get().used_at is None


def test_one_press_confirms_every_field_with_name_time_and_method(client: Client) -> None:
    entry = make.owned(reviewed_on=make.STALE)
    assert referable(entry, make.TODAY) is not None
    page = client.post(f"/vahvista/{make.confirm_token(entry)}/", {"all": "1"}).content.decode()
    assert "Kiitos, tiedot on vahvistettu" in page
    entry.refresh_from_db()
    assert referable(entry, make.TODAY) is None
    assert entry.reviewed_on == make.TODAY
    assert entry.confirmed["contact"] == {"at": "2026-11-22T10:00:00+02:00", "by": "Anneli Rautio", "how": "link_sms"}
    assert Change.objects.filter(entry_id=entry.pk, kind="updated").exists()
    assert Trace.objects.filter(verb="entry.confirmed").count() == 1
    assert Edit.objects.filter(entry=entry, key="confirmed.time", actor_name="Anneli Rautio", door="link").count() == 1


def test_the_second_use_says_so_kindly_and_offers_a_new_link(client: Client) -> None:
    entry = make.owned()
    token = make.confirm_token(entry)
    client.post(f"/vahvista/{token}/", {"all": "1"})
    for response in (client.get(f"/vahvista/{token}/"), client.post(f"/vahvista/{token}/", {"all": "1"})):
        assert response.status_code == 410
        assert "Tämä linkki on jo käytetty" in response.content.decode()
    assert Edit.objects.filter(key="confirmed.time").count() == 1
    assert "Uusi linkki on matkalla" in client.post(f"/uusi-linkki/confirm/{token}/").content.decode()
    assert Message.objects.get().to == "+358500001299"
    assert "Uutta linkkiä ei lähetetty" in client.post(f"/uusi-linkki/confirm/{token}/").content.decode()


def test_a_link_that_still_works_needs_no_new_one(client: Client) -> None:
    token = make.confirm_token(make.owned())
    assert client.post(f"/uusi-linkki/confirm/{token}/").headers["Location"] == f"/vahvista/{token}/"


def test_old_and_unknown_links_are_told_apart(client: Client) -> None:
    token = make.confirm_token(make.owned())
    Link.objects.update(valid_until=timezone.now() - timedelta(days=400))
    assert "Tämä linkki on vanhentunut" in client.get(f"/vahvista/{token}/").content.decode()
    response = client.get("/vahvista/xyz/")
    assert response.status_code == 404
    assert "Tätä linkkiä ei löydy" in response.content.decode()
    assert client.post("/uusi-linkki/confirm/xyz/").status_code == 200


def test_only_a_hash_of_the_secret_is_kept(client: Client) -> None:
    token = make.confirm_token(make.owned())
    assert token not in str(Link.objects.values_list().get())
    with pytest.raises(LinkRefused, match="unknown"):
        look(token, EDIT)
    assert use(token, CONFIRM).used_at is not None


def test_a_changed_field_stays_unconfirmed_and_leads_to_mending(client: Client) -> None:
    entry = make.owned(reviewed_on=make.LATE)
    page = client.post(f"/vahvista/{make.confirm_token(entry)}/", {f"{entry.pk}.time": "changed", "some": "1"}).content.decode()
    assert f"/omat-tiedot/{entry.pk}/muokkaa/" in page
    entry.refresh_from_db()
    assert "time" not in entry.confirmed
    assert "price" in entry.confirmed
    assert (entry.reviewed_on, entry.doubted_on) == (make.LATE, make.TODAY)
    assert Doubt.objects.get().cause == "changed"
    assert client.get(f"/omat-tiedot/{entry.pk}/muokkaa/").status_code == 200


def test_answers_without_a_change_confirm_all(client: Client) -> None:
    entry = make.owned()
    client.post(f"/vahvista/{make.confirm_token(entry)}/", {f"{entry.pk}.time": "ok", "some": "1"})
    entry.refresh_from_db()
    assert entry.reviewed_on == make.TODAY


def test_one_link_confirms_several_entries_of_one_receiver() -> None:
    of = make.organiser()
    one, two = make.owned(of=of), make.owned("Tuolijumppa", of=of)
    result = answer(make.confirm_token(one, two))
    assert set(result.held) == {one, two}
    assert Entry.objects.filter(reviewed_on=make.TODAY).count() == 2


def test_the_age_counts_from_the_oldest_field_and_a_registers_row_stays_one_until_all_are_told() -> None:
    entry = make.owned(reviewed_on=None)
    assert confirm(entry, ["price"], make.ANNELI, how="login") == ["price"]
    assert entry.reviewed_on is None
    confirm(entry, None, make.ANNELI, how="login")
    assert entry.reviewed_on == make.TODAY
    assert confirm(entry, ["nonsense"], make.ANNELI, how="login") == []


def test_a_doubt_makes_due_at_once_and_ends_when_all_is_confirmed() -> None:
    entry = make.owned(reviewed_on=make.TODAY)
    first = doubt(entry, "referrals", by="system")
    assert doubt(entry, "referrals", by="system") == first
    doubt(entry, "report", by="system")
    assert freshness_of(entry, make.TODAY).cause == "doubt"
    confirm(entry, ["price"], make.ANNELI, how="login")
    assert entry.doubted_on == make.TODAY
    confirm(entry, None, make.ANNELI, how="login")
    assert entry.doubted_on is None
    assert not Doubt.objects.filter(ended_at=None).exists()
    with pytest.raises(ValueError, match="mood"):
        doubt(entry, "mood", by="system")


def bounce(**facts: str) -> Bounce:
    return Bounce(**{"message": "m", "channel": "email", "to": "", "kind": "upkeep.confirm", "about": "", "reason": "no such", **facts})


def test_a_returned_mail_makes_its_users_due() -> None:
    own = make.owned(email="a@example.fi")
    theirs = make.owned("Toinen", email="", of=make.organiser("B ry", email="a@example.fi"))
    other = make.owned("Kolmas", email="c@example.fi")
    assert bounced.tell(bounce(to="A@example.fi")) >= 1
    assert set(Entry.objects.exclude(doubted_on=None)) == {own, theirs}
    make.confirm_token(other)
    bounced.tell(bounce(about=f"upkeep.Link:{Link.objects.get().pk}", channel="sms", to="+358500001299"))
    other.refresh_from_db()
    assert other.doubted_on == make.TODAY


@pytest.mark.parametrize(
    ("result", "confirmed", "doubted"),
    [("confirmed", True, False), ("changed", False, True), ("no_answer", False, False), ("dead_phone", False, True)],
)
def test_a_call_does_what_was_said(result: str, confirmed: bool, doubted: bool) -> None:
    entry = make.owned()
    note_call(entry, Said(result, "Anneli"), make.person("coordinator"))
    entry.refresh_from_db()
    assert (entry.reviewed_on == make.TODAY, entry.doubted_on is not None) == (confirmed, doubted)


def test_a_call_keeps_who_confirmed_and_who_wrote_it_down() -> None:
    entry = make.owned()
    note_call(entry, Said("changed", "Anneli", fields=("price",)), make.person("coordinator"))
    entry.refresh_from_db()
    assert list(entry.confirmed) == ["price"]
    assert entry.confirmed["price"] | {"at": ""} == {"at": "", "by": "Anneli", "how": "phone", "noted_by": "Tiina Tossavainen"}


def test_an_organiser_who_does_not_want_to_be_listed_says_it_on_the_phone() -> None:
    entry = make.owned()
    note_call(entry, Said("unlisted", "Anneli"), make.person("coordinator"))
    entry.refresh_from_db()
    assert entry.visible is False


def test_staff_note_a_call_on_the_page(client: Client) -> None:
    make.signed_in(client, "link_worker")
    entry = make.owned()
    address = f"/tyopoyta/ajantasaisuus/{entry.pk}/puhelu/"
    assert "050" in client.get(address).content.decode()
    assert client.post(address, {"result": "confirmed", "spoke_with": " "}).status_code == 422
    assert client.post(address, {"result": "confirmed", "spoke_with": "Anneli Rautio"}).status_code == 302
    assert Call.objects.get().spoke_with == "Anneli Rautio"
    page = client.get(f"/omat-tiedot/{entry.pk}/").content.decode()
    assert "vahvistettu puhelimessa (kirjasi Tiina Tossavainen)" in page


def test_a_stale_listing_comes_back_when_its_link_is_used_once(client: Client) -> None:
    """Scenario 2 of the fifteen of referrals; the search's part is in test_stale_listing."""
    entry = make.owned(reviewed_on=make.STALE)
    make.signed_in(client, "professional")
    assert "Tähän ei voi nyt ohjata" in client.get(f"/kohde/{entry.pk}/").content.decode()
    token = make.confirm_token(entry)
    client.post(f"/vahvista/{token}/", {"all": "1"})
    page = client.get(f"/kohde/{entry.pk}/").content.decode()
    assert "Tähän ei voi nyt ohjata" not in page
    assert "Tiedot vahvistettu" in page
    assert client.post(f"/vahvista/{token}/", {"all": "1"}).status_code == 410


def test_a_link_opens_its_entries_for_two_hours_only(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    entry, other = make.owned(), hub.group("Vieras")
    client.post(f"/vahvista/{make.confirm_token(entry)}/", {"all": "1"})
    assert client.get(f"/omat-tiedot/{entry.pk}/").status_code == 200
    assert client.get(f"/omat-tiedot/{other.pk}/").status_code == 403
    assert "Vesijumppa" in client.get("/omat-tiedot/").content.decode()
    monkeypatch.setenv("MUKANA_NOW", "2026-11-22T12:01")
    assert client.get(f"/omat-tiedot/{entry.pk}/").status_code == 403
    assert client.get("/omat-tiedot/").status_code == 403


def test_who_only_guides_sees_the_refusal_and_the_number_but_not_the_keepers_page(client: Client) -> None:
    entry = make.owned(reviewed_on=make.STALE)
    make.signed_in(client, "professional")
    page = client.get(f"/kohde/{entry.pk}/").content.decode()
    assert "Tähän ei voi nyt ohjata" in page
    assert "tel:" in page
    assert "Tietojen tila ja vahvistaminen" not in page
    assert client.get(f"/omat-tiedot/{entry.pk}/").status_code == 403
    assert client.post(f"/omat-tiedot/{entry.pk}/vahvista/", {"all": "1"}).status_code == 403
