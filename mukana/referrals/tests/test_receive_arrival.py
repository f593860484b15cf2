"""A receiver's page after the yes: the first session, one tap for who came, shut with words when it must be."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from mukana.directory.tests import make as hub
from mukana.lib.clock import now
from mukana.lib.moments import ZONE
from mukana.outbox.tests.boxes import saying
from mukana.referrals.actions import ending, offering, supporting, visiting
from mukana.referrals.actions.permitting import Given, permit, unpermit
from mukana.referrals.models import Errand, Permission, Referral, Session, Transition
from mukana.referrals.rules.codes import RESIDENT, Deed
from mukana.referrals.tests import make
from mukana.referrals.tests.make import Time, deed
from mukana.referrals.tests.receiving import accepted, agreed, once, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_limits() -> None:
    cache.clear()


def test_the_first_session_is_agreed_of_the_next_dates_and_told_to_the_resident(client: Client, time: Time) -> None:
    placement, address, session = agreed(client, time)
    placement.refresh_from_db()
    assert (placement.state, session.host, session.place) == ("scheduled", "Anneli", "Uimahalli")
    assert session.occurrence is not None
    assert Transition.objects.get(thing_id=placement.pk, target="scheduled").channel == "link"
    assert "Anneli" in text(client.get(address))


def test_a_typed_day_needs_a_day_and_a_time_and_lies_ahead(client: Client, time: Time) -> None:
    placement, address = accepted(client)
    form = {"toimi": "aika", "kerta": "muu", "vastassa": "Anneli"}
    page = client.post(address, form)
    assert page.status_code == 422
    assert "Kirjoita päivä." in text(page)
    page = client.post(address, {**form, "paiva": "2026-11-20", "klo": "10:00"})
    assert page.status_code == 409
    assert "Aika on jo mennyt" in text(page)
    page = client.post(address, {**form, "paiva": "2027-11-20", "klo": "10:00"})
    assert page.status_code == 409
    assert "viimeistään" in text(page)
    assert client.post(address, {**form, "paiva": "2026-12-01", "klo": "10:00"}).status_code == 302
    session = Session.objects.get(placement=placement)
    assert session.starts_at == datetime(2026, 12, 1, 10, tzinfo=ZONE)
    assert session.occurrence is None


@pytest.mark.parametrize(("day", "words"), [("9999-12-31", "yli vuoden päässä"), ("0001-01-01", "yli vuosi sitten")])
def test_a_day_of_another_age_is_refused_in_words_and_nothing_is_lost(client: Client, time: Time, day: str, words: str) -> None:
    _placement, address = accepted(client)
    form = {"toimi": "aika", "kerta": "muu", "vastassa": "Anneli", "paiva": day, "klo": "23:59"}
    page = client.post(address, form)
    assert (page.status_code, words in text(page), "Anneli" in text(page)) == (422, True, True)
    assert not Session.objects.exists()


def test_a_typed_day_that_the_directory_knows_is_that_date(client: Client, time: Time) -> None:
    entry = make.group()
    date = hub.date(entry, datetime(2026, 12, 1, 10, tzinfo=ZONE))
    placement, address = accepted(client, entry)
    form = {"toimi": "aika", "kerta": "muu", "vastassa": "Anneli", "paiva": "2026-12-01", "klo": "10:00"}
    assert client.post(address, form).status_code == 302
    assert Session.objects.get(placement=placement).occurrence == date


def test_one_tap_after_the_session_marks_and_another_corrects(client: Client, time: Time) -> None:
    placement, address, session = agreed(client, time)
    early = client.post(address, {"toimi": "merkitse", "tulos": "attended", "kerran": once(client.get(address))})
    assert early.status_code == 409
    assert "kun kerta on alkanut" in text(early)
    time.to(session.starts_at + timedelta(hours=1))
    page = client.get(address)
    assert "Tuliko Aino Virtanen?" in text(page)
    form = {"toimi": "merkitse", "tulos": "missed", "kerran": once(page)}
    for _ in range(2):  # a double click
        assert client.post(address, form).status_code == 302
    placement.refresh_from_db()
    assert (placement.state, placement.missed) == ("missed_first", 1)
    assert Errand.objects.filter(kind="ring_resident", done_at=None).count() == 1
    assert client.post(address, {"toimi": "merkitse", "tulos": "attended", "kerran": "uusi"}).status_code == 302
    placement.refresh_from_db()
    assert placement.state == "first_attended"
    assert "On käynyt" in text(client.get(address))


def test_a_session_without_a_date_of_the_directory_is_marked_too(client: Client, time: Time) -> None:
    placement, address = accepted(client)
    client.post(address, {"toimi": "aika", "kerta": "muu", "vastassa": "Anneli", "paiva": "2026-12-01", "klo": "10:00"})
    page = client.post(address, {"toimi": "merkitse", "tulos": "missed"})
    assert page.status_code == 409
    time.to(datetime(2026, 12, 1, 11, tzinfo=ZONE))
    client.post(address, {"toimi": "merkitse", "tulos": "missed"})
    client.post(address, {"toimi": "merkitse", "tulos": "missed"})
    placement.refresh_from_db()
    assert (placement.state, placement.missed) == ("missed_first", 1)
    client.post(address, {"toimi": "merkitse", "tulos": "attended"})
    placement.refresh_from_db()
    assert placement.state == "first_attended"
    again = client.post(address, {"toimi": "merkitse", "tulos": "missed"})
    assert "Merkintä oli jo: kävi." in text(client.get(again.headers["Location"]))
    assert Errand.objects.filter(kind="check_mark", done_at=None).count() == 1


def test_a_stale_page_that_says_not_come_after_came_is_told_the_truth_and_the_mark_is_checked(client: Client, time: Time) -> None:
    placement, address, session = agreed(client, time)
    time.to(session.starts_at + timedelta(hours=1))
    stale = once(client.get(address))
    client.post(address, {"toimi": "merkitse", "tulos": "attended", "kerran": "toinen"})
    answer = client.post(address, {"toimi": "merkitse", "tulos": "missed", "kerran": stale})
    page = text(client.get(answer.headers["Location"]))
    assert "Merkintä oli jo: kävi. Pyysimme linkkihenkilöä tarkistamaan." in page
    assert "ei tullut. Linkkihenkilö soittaa" not in page
    placement.refresh_from_db()
    assert (placement.state, placement.sessions.get().state) == ("first_attended", "attended")
    assert Errand.objects.filter(kind="check_mark", done_at=None).count() == 1


def test_a_mistaken_came_is_taken_up_on_the_page_and_asks_for_a_check_once(client: Client, time: Time) -> None:
    _, address, session = agreed(client, time)
    assert client.post(address, {"toimi": "vaarin"}).status_code == 409
    time.to(session.starts_at + timedelta(hours=1))
    client.post(address, {"toimi": "merkitse", "tulos": "attended"})
    assert "Korjaa merkintä" in text(client.get(address))
    for _ in range(2):
        answer = client.post(address, {"toimi": "vaarin"})
    assert "Pyysimme linkkihenkilöä tarkistamaan." in text(client.get(answer.headers["Location"]))
    assert Errand.objects.filter(kind="check_mark", done_at=None).count() == 1


def test_the_receiver_sees_that_a_companion_comes_and_never_who(client: Client, time: Time) -> None:
    placement, address, session = agreed(client, time)
    visible = [address, f"{address}lista/{session.occurrence_id}/"]
    assert not any("Saattaja tulee mukaan" in text(client.get(one)) for one in visible)
    permit(placement.referral, [Given("companion", ("name", "contact"))], deed())
    task = supporting.need_companion(placement, session, deed())
    supporting.answer(supporting.offer(task, make.companion(), deed("companions")), yes=True)
    for one in visible:
        assert "Saattaja tulee mukaan" in text(client.get(one))
        assert "Ritva" not in text(client.get(one))


def test_later_dates_are_marked_on_the_same_page(client: Client, time: Time) -> None:
    placement, address, session = agreed(client, time)
    assert placement.entry is not None
    later = hub.date(placement.entry, session.starts_at + timedelta(days=7))
    elsewhere = hub.date(make.group("Kuoro"), session.starts_at + timedelta(days=7))
    time.to(session.starts_at + timedelta(hours=1))
    client.post(address, {"toimi": "merkitse", "tulos": "attended"})
    time.to(later.starts_at + timedelta(hours=1))
    assert str(later.pk) in text(client.get(address))
    assert client.post(address, {"toimi": "merkitse", "tulos": "attended", "paiva": str(later.pk)}).status_code == 302
    for wrong in (str(elsewhere.pk), "ei-mikaan"):
        assert client.post(address, {"toimi": "merkitse", "tulos": "attended", "paiva": wrong}).status_code == 409
    assert later.marks.get().result == "attended"


def test_an_obstacle_told_before_and_a_session_called_off_ask_for_a_new_time(client: Client, time: Time) -> None:
    placement, address, _ = agreed(client, time)
    assert client.post(address, {"toimi": "merkitse", "tulos": "excused"}).status_code == 302
    placement.refresh_from_db()
    assert placement.state == "session_cancelled"
    assert "Sopikaa uusi kerta" in text(client.get(address))
    form = {"toimi": "aika", "kerta": "muu", "vastassa": "Anneli", "paiva": "2026-12-02", "klo": "10:00"}
    client.post(address, form)
    assert client.post(address, {"toimi": "peru"}).status_code == 422
    assert client.post(address, {"toimi": "peru", "syy": "host_away"}).status_code == 302
    placement.refresh_from_db()
    assert (placement.state, placement.reason) == ("session_cancelled", "host_away")
    off = client.post(address, {"toimi": "peru", "syy": "host_away", "kerran": "toinen"})
    assert off.status_code == 409


def test_after_two_misses_people_talk_first(client: Client, time: Time) -> None:
    placement, address, session = agreed(client, time)
    time.to(session.starts_at + timedelta(hours=1))
    client.post(address, {"toimi": "merkitse", "tulos": "missed"})
    starts = now() + timedelta(days=7)
    placement.refresh_from_db()
    visiting.schedule(placement, visiting.When(starts, "Anneli"), deed())
    time.to(starts + timedelta(hours=1))
    client.post(address, {"toimi": "merkitse", "tulos": "missed"})
    page = client.get(address)
    assert "Kaksi kertaa on jäänyt väliin" in text(page)
    assert "Sovi kerta" not in text(page)
    form = {"toimi": "aika", "kerta": "muu", "vastassa": "Anneli", "paiva": "2026-12-20", "klo": "10:00"}
    assert client.post(address, form).status_code == 409
    assert Errand.objects.filter(kind="talk", done_at=None).count() == 1


def test_the_link_of_the_page_is_sent_to_the_known_contact_only_so_often(client: Client, time: Time) -> None:
    _, address = accepted(client)
    for _ in range(3):
        answer = client.post(address, {"toimi": "linkki"})
    assert answer.status_code == 429
    assert saying("/tulija/", kind="referrals.offer").count() == 3  # of the yes, and twice on wish
    assert {message.to for message in saying("/tulija/", kind="referrals.offer")} == {"+358500001299"}


def test_an_order_that_no_page_has_is_asked_again(client: Client, time: Time) -> None:
    _, address = accepted(client)
    assert client.post(address, {"toimi": "kaappaa"}).status_code == 422
    assert client.post(address, {"toimi": "merkitse", "tulos": "???"}).status_code == 422


def test_within_the_minute_of_a_withdrawal_the_page_is_shut_and_asks_for_deletion(client: Client, time: Time) -> None:
    placement, address, _ = agreed(client, time)
    time.to(datetime(2026, 11, 23, 16, 1, tzinfo=ZONE))
    ending.withdraw(Referral.objects.get(pk=placement.referral_id), Deed("p1", RESIDENT, "phone"))
    time.to(datetime(2026, 11, 23, 16, 2, tzinfo=ZONE))
    page = client.get(address)
    assert page.status_code == 403
    assert "Asukas on perunut lupansa" in text(page)
    assert not any(word in text(page) for word in ("Aino", "Virtanen", "4567"))
    assert client.post(address, {"toimi": "merkitse", "tulos": "attended"}).status_code == 403
    for _ in range(2):
        assert client.post(address, {"toimi": "poistettu", "kerran": once(page)}).status_code == 302
    placement.refresh_from_db()
    assert placement.deletion_confirmed_at == now()
    assert "kuitattu poistetuiksi" in text(client.get(address))


def test_a_withdrawal_shuts_also_the_page_of_somebody_who_no_longer_came(client: Client, time: Time) -> None:
    placement, address, session = agreed(client, time)
    time.to(session.starts_at + timedelta(hours=1))
    client.post(address, {"toimi": "merkitse", "tulos": "attended"})
    placement.refresh_from_db()
    offering.end(placement, "ended_well", deed())
    assert "Hän ei enää käy" in text(client.get(address))
    ending.withdraw(Referral.objects.get(pk=placement.referral_id), Deed("p1", RESIDENT, "phone"))
    assert client.get(address).status_code == 403


def test_a_permission_taken_back_shuts_offer_and_page(client: Client, time: Time) -> None:
    placement, address = accepted(client)
    other, token = make.requested(make.talking())
    for one in Permission.objects.filter(kind="receiver"):
        unpermit(one, deed())
    assert client.get(address).status_code == 403
    assert client.get(f"/tarjous/{token}/").status_code == 403
    assert {placement.state, other.state} == {"accepted", "requested"}


def test_recalled_and_old_pages_are_403_with_words(client: Client, time: Time) -> None:
    placement, address = accepted(client)
    offering.recall(placement, "changed_plan", deed())
    page = client.get(address)
    assert page.status_code == 403
    assert "ei enää tarvita" in text(page)
    assert client.post(address, {"toimi": "linkki"}).status_code == 403
    old, second, session = agreed(client, time)
    time.to(session.starts_at + timedelta(hours=1))
    client.post(second, {"toimi": "merkitse", "tulos": "attended"})
    old.refresh_from_db()
    offering.end(old, "moved_on", deed())
    time.on(days=31)
    page = client.get(second)
    assert page.status_code == 403
    assert "aika on päättynyt" in text(page)
