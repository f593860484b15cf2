"""A receiver's offer behind a link: no account, no name before the yes, words for whatever has changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from mukana.audit.models import Trace
from mukana.directory.tests import make as hub
from mukana.lib.clock import now
from mukana.outbox.actions.sending import abandon, send_due
from mukana.outbox.models import Message
from mukana.outbox.tests.boxes import saying
from mukana.referrals.actions import offering
from mukana.referrals.models import Errand, Placement, Transition
from mukana.referrals.queries.own import looked
from mukana.referrals.rules.codes import RECEIVER, Deed
from mukana.referrals.tests import make
from mukana.referrals.tests.make import AINO, Time
from mukana.referrals.tests.receiving import accepted, answered, once, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_limits() -> None:
    cache.clear()


def test_before_the_yes_there_is_no_name_and_looking_changes_nothing(client: Client, time: Time) -> None:
    placement, token = make.requested(make.talking(AINO))
    before = (Transition.objects.count(), Trace.objects.exclude(verb="read").count(), Message.objects.count())
    for _ in range(3):  # a mail scanner follows every link
        page = client.get(f"/tarjous/{token}/")
        client.head(f"/tarjous/{token}/")
    shown = text(page)
    assert all(word in shown for word in ("Vesijumppa", "75–84", "Kuopio", "Kaipaan seuraa", "Rollaattori", "Kyllä, tervetuloa"))
    assert not any(word in shown for word in ("Aino", "Virtanen", "4567", "lonely", "yksin"))
    assert 'name="robots" content="noindex"' in shown
    assert "no-store" in page.headers["Cache-Control"]
    assert (Transition.objects.count(), Trace.objects.exclude(verb="read").count(), Message.objects.count()) == before
    placement.refresh_from_db()
    assert placement.state == "requested"


def test_a_look_before_the_yes_is_written_down_and_told_to_the_resident(client: Client, time: Time) -> None:
    placement, token = make.requested()
    assert client.get(f"/tarjous/{token}/").status_code == 200
    trace = Trace.objects.get(verb="read", detail__purpose="preview")
    assert trace.thing == f"referrals.Resident:{placement.referral.resident_id}"
    assert trace.actor.startswith("link:")
    assert "wish" in trace.detail["fields"]
    assert "name" not in trace.detail["fields"]
    assert "järjestäjä miettii, voiko ottaa: ilman nimeä" in [row.why for row in looked(placement.referral.resident)]


def test_one_tap_leads_to_the_name_and_every_look_is_written_down(client: Client, time: Time) -> None:
    placement, address = accepted(client)
    page = client.get(address)
    assert all(word in text(page) for word in ("Aino Virtanen", "017 123 4567", "Älä jätä viestiä vastaajaan."))
    looks = Trace.objects.filter(thing=f"referrals.Resident:{placement.referral.resident_id}", detail__purpose="receiver")
    assert looks.count() == 1
    client.get(address)
    assert looks.count() == 2


def test_a_yes_by_link_sends_the_pages_link_too_and_the_dead_offer_sends_it_again_only_so_often(client: Client, time: Time) -> None:
    cache.clear()
    _, token = make.requested(make.talking(AINO))
    address = answered(client, token, "kylla").headers["Location"]
    assert saying(address, kind="referrals.offer").count() == 1
    page = Client().get(f"/tarjous/{token}/")
    assert page.status_code == 410
    assert "Lähetä linkki uudelleen yhteystietoomme" in text(page)
    for _ in range(3):
        answer = client.post(f"/tarjous/{token}/", {"vastaus": "linkki", "kerran": once(page)})
    assert "Linkki on jo lähetetty" in text(client.get(answer.headers["Location"]))
    assert saying(address, kind="referrals.offer").count() == 3
    assert "Aino Virtanen" in text(client.get(address))


def test_an_offer_that_was_not_taken_sends_no_link(client: Client, time: Time) -> None:
    _, token = make.requested(make.talking(AINO))
    client.post(f"/tarjous/{token}/", {"vastaus": "linkki"})
    answered(client, token, "ei", syy="full")
    page = client.post(f"/tarjous/{token}/", {"vastaus": "linkki"})
    assert page.status_code == 410
    assert "Lähetä linkki" not in text(page)
    assert not saying("/tulija/").exists()


def test_the_preview_tells_that_a_companion_is_hoped_for_if_practical_things_may_be_told(client: Client, time: Time) -> None:
    hope = "Toivoo saattajaa ensimmäiselle kerralle"
    placement, token = make.requested(make.talking(AINO, wants_companion=True))
    assert hope in text(client.get(f"/tarjous/{token}/"))
    placement.referral.permissions.filter(kind="receiver").update(groups=["name", "contact"])
    assert hope not in text(client.get(f"/tarjous/{token}/"))
    _, other = make.requested(make.talking())
    assert hope not in text(client.get(f"/tarjous/{other}/"))


def test_the_link_is_dead_on_a_second_device_after_the_yes(client: Client, time: Time) -> None:
    _, token = make.requested(make.talking(AINO))
    answered(client, token, "kylla")
    page = Client().get(f"/tarjous/{token}/")
    assert page.status_code == 410
    assert "Tähän on jo vastattu" in text(page)
    assert "Aino" not in text(page)
    late = Client().post(f"/tarjous/{token}/", {"vastaus": "kylla", "kerran": "another"})
    assert late.status_code == 410
    assert "Location" not in late.headers


def test_a_double_click_ends_at_the_same_page_and_accepts_once(client: Client, time: Time) -> None:
    placement, token = make.requested(make.talking(AINO))
    form = {"vastaus": "kylla", "kerran": once(client.get(f"/tarjous/{token}/"))}
    first, second = (client.post(f"/tarjous/{token}/", form).headers["Location"] for _ in range(2))
    assert first == second
    assert client.get(first).status_code == 200
    assert Transition.objects.filter(thing_id=placement.pk, target="accepted").count() == 1


def test_back_button_and_another_answer_is_told_that_it_was_answered(client: Client, time: Time) -> None:
    placement, token = make.requested(make.talking(AINO))
    key = once(client.get(f"/tarjous/{token}/"))
    client.post(f"/tarjous/{token}/", {"vastaus": "kylla", "kerran": key})
    page = client.post(f"/tarjous/{token}/", {"vastaus": "ei", "syy": "full", "kerran": key})
    assert page.status_code == 410
    placement.refresh_from_db()
    assert placement.state == "accepted"


def test_a_no_asks_for_a_reason_and_goes_to_the_coordinator_with_the_proposal(client: Client, time: Time) -> None:
    _, token = make.requested()
    page = answered(client, token, "ei", ehdotus="Alkaa 12.1.")
    assert page.status_code == 422
    assert "Valitse syy" in text(page)
    assert "Alkaa 12.1." in text(page)
    identity = answered(client, token, "ei", syy="full", ehdotus="Kysyn 131052-308T")
    assert identity.status_code == 422
    assert answered(client, token, "ei", syy="full", ehdotus="Alkaa 12.1.").status_code == 302
    errand = Errand.objects.get(kind="act_on_decline")
    assert (errand.words, errand.owner) == ("Alkaa 12.1.", "coordinator")
    thanks = client.get(f"/tarjous/{token}/")
    assert thanks.status_code == 410
    assert "Kiitos vastauksesta" in text(thanks)


def test_on_the_waiting_list_no_name_is_shown_until_there_is_room(client: Client, time: Time) -> None:
    entry = make.group()
    date = hub.date(entry, now() + timedelta(days=8))
    _, token = make.requested(make.talking(AINO), entry)
    address = answered(client, token, "jono").headers["Location"]
    page = client.get(address)
    assert "Joku odottaa paikkaa" in text(page)
    assert "Aino" not in text(page)
    form = {"toimi": "aika", "kerta": str(date.pk), "vastassa": "Anneli", "kerran": once(page)}
    assert client.post(address, form).status_code == 302
    assert "Aino Virtanen" in text(client.get(address))


def test_a_receiver_may_find_no_room_for_somebody_on_the_list(client: Client, time: Time) -> None:
    _, token = make.requested()
    address = answered(client, token, "jono").headers["Location"]
    assert client.post(address, {"toimi": "ei"}).status_code == 422
    assert client.post(address, {"toimi": "ei", "syy": "full"}).status_code == 302
    page = client.get(address)
    assert page.status_code == 403
    assert Placement.objects.get().state == "declined"


def test_an_unknown_link_is_a_page_in_words(client: Client, time: Time) -> None:
    for path in ("/tarjous/olematon/", "/tulija/olematon/"):
        page = client.get(path)
        assert page.status_code == 404
        assert "Tätä linkkiä ei löydy" in text(page)


def test_an_offer_that_nobody_answered_in_time_is_refused_politely(client: Client, time: Time) -> None:
    placement, token = make.requested()
    key = once(client.get(f"/tarjous/{token}/"))
    offering.recall(placement, "silent", Deed("system", "system", "system"))
    page = client.post(f"/tarjous/{token}/", {"vastaus": "kylla", "kerran": key})
    assert page.status_code == 410
    assert "ei enää tarvita" in text(page)


def test_a_yes_by_phone_is_the_same_row_but_for_the_channel(client: Client, time: Time) -> None:
    from mukana.referrals.actions import answering

    placement, _ = accepted(client)
    other, _ = make.requested(make.talking())
    answering.accept(other, Deed("p1", RECEIVER, "phone"))
    rows = [Transition.objects.get(thing_id=one.pk, target="accepted") for one in (placement, other)]
    assert [(row.thing, row.source, row.target, row.role) for row in rows] == [("placement", "requested", "accepted", "receiver")] * 2
    assert [row.channel for row in rows] == ["link", "phone"]


def test_a_sender_killed_in_the_middle_leaves_the_offer_answerable_and_sends_nothing_twice(client: Client, time: Time) -> None:
    placement, token = make.requested(make.talking(AINO))
    message = Message.objects.filter(kind="referrals.offer")
    message.update(state="sending", lease="kuollut", lease_until=now() - timedelta(minutes=1), next_at=None)
    assert abandon(now()) == 1
    send_due()
    assert message.get().state == "unknown"
    assert message.count() == 1
    assert answered(client, token, "kylla").status_code == 302
    placement.refresh_from_db()
    assert placement.state == "accepted"


def test_two_devices_at_once_have_one_winner_and_one_page_in_words(client: Client, time: Time) -> None:
    _, token = make.requested(make.talking(AINO))
    other = Client()
    keys = [once(one.get(f"/tarjous/{token}/")) for one in (client, other)]
    first = client.post(f"/tarjous/{token}/", {"vastaus": "jono", "kerran": keys[0]})
    second = other.post(f"/tarjous/{token}/", {"vastaus": "kylla", "kerran": keys[1]})
    assert (first.status_code, second.status_code) == (302, 410)
    assert "Tähän on jo vastattu" in text(second)
