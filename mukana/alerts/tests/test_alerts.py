"""From the wish to the end: asked, confirmed, kept, ended and forgotten."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from mukana.alerts import jobs, secrets
from mukana.alerts.actions import confirming, keeping
from mukana.alerts.actions.confirming import NoAlert, WrongCode, confirm, confirm_by_code
from mukana.alerts.actions.keeping import end, end_all, forget_unconfirmed, hear_bounce, set_paused, set_rhythm
from mukana.alerts.actions.matching import match
from mukana.alerts.actions.subscribing import Address, BadAddress, TooMany, Wish, address_of, subscribe
from mukana.alerts.actions.telling import tell_due
from mukana.alerts.models import Alert, Find, Subscriber
from mukana.alerts.tests.steps import JUMPPA, MAIL, MONDAY, PHONE, begun, put
from mukana.audit.models import Trace
from mukana.lib.clock import now
from mukana.outbox.actions.reporting import report
from mukana.outbox.models import Message
from mukana.outbox.rules import Bounce
from mukana.search.asked import Asked
from mukana.search.kept import kept, to_keep
from mukana.search.matching import Question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_index", "fresh_knowledge")]


def test_the_first_message_asks_and_nothing_begins_before_the_press() -> None:
    alert = subscribe(MAIL, Wish(Question(JUMPPA)))
    message = Message.objects.get()
    assert (message.to, message.kind, alert.state) == ("outi@mukana.example", "alerts.confirm", "waiting")
    assert f"/v/{secrets.token_of(alert.pk)}/" in message.text
    assert "”vesijumppa”" in message.text
    put("Vesijumppa")
    match(now())
    assert not Find.objects.exists()
    assert confirm(secrets.token_of(alert.pk)).state == "on"
    first = confirm(secrets.token_of(alert.pk)).confirmed_at
    assert first == now()
    assert [trace.verb for trace in Trace.objects.all()] == ["alert.confirmed"]


def test_the_address_stands_in_the_database_sealed_and_once() -> None:
    subscribe(MAIL, Wish(Question(JUMPPA)))
    subscribe(MAIL, Wish(Question(Asked(text="kuoro"))))
    assert Subscriber.objects.get().address == MAIL.value
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest, address FROM alerts_subscriber")
        assert "outi" not in str(cursor.fetchall())
    assert not Trace.objects.filter(detail__icontains="outi").exists()


def test_the_same_wish_again_asks_again_and_when_it_is_on_gives_the_link() -> None:
    first = subscribe(MAIL, Wish(Question(JUMPPA)))
    again = subscribe(MAIL, Wish(Question(JUMPPA), "daily", "sv"))
    assert first.pk == again.pk
    assert (again.rhythm, again.language) == ("daily", "sv")
    confirm(secrets.token_of(first.pk))
    subscribe(MAIL, Wish(Question(JUMPPA), "at_once"))
    assert Alert.objects.get().rhythm == "daily"
    assert Message.objects.count() == 3


def test_one_address_has_at_most_twenty_searches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mukana.alerts.actions.subscribing.MOST_OF_ADDRESS", 1)
    subscribe(MAIL, Wish(Question(JUMPPA)))
    with pytest.raises(TooMany):
        subscribe(MAIL, Wish(Question(Asked(text="kuoro"))))


@pytest.mark.parametrize(
    ("text", "address"),
    [("Outi@Mukana.Example ", MAIL), ("041 730 8168", PHONE), ("", None), ("a@", None), ("112", None), ("hei", None), ("ä@ö.fi", None)],
)
def test_addresses_as_people_write_them(text: str, address: Address | None) -> None:
    if address is None:
        with pytest.raises(BadAddress):
            address_of(text)
    else:
        assert address_of(text) == address


def test_six_digits_begin_it_and_five_wrong_ones_close_the_way() -> None:
    subscribe(PHONE, Wish(Question(JUMPPA)))
    message = Message.objects.get()
    (code,) = re.findall(r"koodi (\d{6})", message.text)
    assert message.parts <= 2
    wrong = "000000" if code != "000000" else "000001"
    with pytest.raises(WrongCode):
        confirm_by_code(PHONE, wrong)
    assert Alert.objects.get().tries == 1
    assert confirm_by_code(PHONE, code, by="p1").state == "on"
    assert Trace.objects.get().actor == "p1"
    with pytest.raises(WrongCode):
        confirm_by_code(PHONE, code)
    subscribe(PHONE, Wish(Question(Asked(text="kuoro"))))
    (second,) = re.findall(r"koodi (\d{6})", Message.objects.order_by("-id")[0].text)
    Alert.objects.filter(state="waiting").update(tries=5)
    with pytest.raises(WrongCode):
        confirm_by_code(PHONE, second)


def test_a_pause_holds_messages_and_its_end_tells_what_came_meanwhile() -> None:
    alert = begun(JUMPPA, rhythm="daily")
    token = secrets.token_of(alert.pk)
    assert set_paused(token, paused=True).state == "paused"
    put("Vesijumppa")
    match(now())
    assert tell_due(MONDAY) == 0
    assert set_paused(token, paused=False).due_at == MONDAY
    assert tell_due(MONDAY) == 1
    assert set_paused(token, paused=True).state == "paused"
    assert set_paused(token, paused=False).due_at is None
    waiting = subscribe(MAIL, Wish(Question(Asked(text="kuoro"))))
    assert set_paused(secrets.token_of(waiting.pk), paused=True).state == "waiting"


def test_the_rhythm_is_changed_at_once() -> None:
    alert = begun(JUMPPA)
    token = secrets.token_of(alert.pk)
    assert set_rhythm(token, "daily").due_at is None
    put("Vesijumppa")
    match(now())
    assert set_rhythm(token, "at_once").due_at == now() + timedelta(minutes=10)


def test_an_end_forgets_the_search_and_the_address_at_once() -> None:
    alert = begun(JUMPPA)
    other = begun(Asked(text="kuoro"))
    assert end(secrets.token_of(alert.pk))
    assert Subscriber.objects.count() == 1
    assert not end(secrets.token_of(alert.pk))
    assert end_all(MAIL, by="p1") == 1
    assert (Alert.objects.count(), Subscriber.objects.count()) == (0, 0)
    assert [trace.actor for trace in Trace.objects.filter(verb="alert.ended").order_by("id")] == ["visitor", "p1"]
    with pytest.raises(NoAlert):
        confirm(secrets.token_of(other.pk))


def test_a_returned_message_ends_everything_of_its_address() -> None:
    begun(JUMPPA, PHONE)
    begun(Asked(text="kuoro"), PHONE)
    begun(JUMPPA, MAIL)
    message = Message.objects.filter(channel="sms").first()
    assert message is not None
    Message.objects.filter(pk=message.pk).update(state="sent", sent_at=now(), provider_id="g1")
    report("g1", "undelivered")
    assert Subscriber.objects.get().channel == "email"
    assert Trace.objects.filter(verb="alert.ended", detail={"why": "bounced"}).count() == 2


def test_bounces_of_others_and_of_what_has_ended_are_passed_over() -> None:
    begun(JUMPPA)
    for about in ("directory.Entry:1", f"alerts.Alert:{uuid4()}"):
        hear_bounce(Bounce("m", "email", "", "k", about, ""))
    assert Alert.objects.count() == 1


def test_what_nobody_confirms_is_erased_in_three_days() -> None:
    subscribe(MAIL, Wish(Question(JUMPPA)))
    assert forget_unconfirmed(now() + timedelta(days=3)) == 0
    assert forget_unconfirmed(now() + timedelta(days=3, minutes=1)) == 1
    assert not Subscriber.objects.exists()


def test_confirming_without_an_index_knows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_: object) -> object:
        raise confirming.NoIndex

    monkeypatch.setattr(confirming, "standing", lost)
    assert bytes(begun(JUMPPA).known) == b""


def test_jobs_say_what_they_did_and_nothing_when_there_was_nothing() -> None:
    assert (jobs.find_news(now()), jobs.tell_news(now()), jobs.forget(now())) == (None, None, None)
    begun(JUMPPA)
    put("Vesijumppa")
    assert jobs.find_news(now()) == "Uusia osumia hakuvahteihin 1."
    assert jobs.tell_news(MONDAY) == "Hakuvahtien viestejä 1."
    subscribe(PHONE, Wish(Question(JUMPPA)))
    assert jobs.forget(now() + timedelta(days=4)) == "Poistettiin 1 vahvistamatonta hakuvahtia."


def test_a_question_is_kept_without_its_page_and_comes_back_whole() -> None:
    asked = Asked(text="x", km=5, weekdays=("mon", "tue"), free=True, starts_from=now().date(), page=4, view="kartta", professional=True)
    held = to_keep(asked)
    assert held == {"text": "x", "km": 5, "weekdays": ["mon", "tue"], "free": True, "starts_from": "2026-11-22"}
    assert kept({**held, "gone": 1}) == Asked(text="x", km=5, weekdays=("mon", "tue"), free=True, starts_from=now().date())


def test_keeping_names_the_same_things_as_its_letters() -> None:
    assert keeping.ABOUT == "alerts.Alert:"
