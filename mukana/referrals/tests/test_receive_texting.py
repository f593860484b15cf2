"""Answers by text message: understood when they can mean one thing, asked back when not, a stranger's left alone."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from mukana.accounts.actions import make_demo_accounts
from mukana.accounts.models import Person
from mukana.lib.clock import now
from mukana.outbox.models import Message
from mukana.outbox.tests.boxes import saying, sent_to
from mukana.referrals.actions import supporting, visiting
from mukana.referrals.actions.permitting import Given
from mukana.referrals.models import Errand, Placement, Referral, Support, Transition
from mukana.referrals.queries.chain import broken_link
from mukana.referrals.rules.codes import RECEIVER as RECEIVES
from mukana.referrals.rules.codes import SMS_REASONS
from mukana.referrals.rules.texting import ALONG, COMPANY, KINDS, MARK, OFFER, WHY, Question, answer_to, meant
from mukana.referrals.tests import make
from mukana.referrals.tests.make import AINO, Time, deed

RECEIVER = "050 000 1299"
REIJO = "+358401234567"
ADDRESS = "/viestit/saapuva/salainen-sana/"
db = pytest.mark.django_db
Send = Callable[..., int]


@pytest.fixture
def send(client: Client, settings: Any, time: Time) -> Send:
    """What a gateway does; each message has an id of its own unless told."""
    settings.SMS_INBOUND_KEY = "salainen-sana"
    number = iter(range(1000))

    def post(sender: str, text: str, name: str = "") -> int:
        body = {"from": sender, "text": text, "id": name or f"m{next(number)}"}
        return client.post(ADDRESS, json.dumps(body), content_type="application/json").status_code

    return post


def replies() -> list[str]:
    return list(Message.objects.filter(key__startswith="sms:").order_by("queued_at", "id").values_list("text", flat=True))


def begun(time: Time, who: make.Who = AINO) -> Placement:
    _, placement, session = make.scheduled(make.talking(who))
    time.to(session.starts_at + timedelta(hours=1))
    return placement


def asked_along(time: Time) -> tuple[Support, str]:
    given_permissions = (Given("referral"), Given("companion", ("name", "contact", "practical")))
    make.scheduled(make.talking(wants_companion=True, permissions=given_permissions))
    task = Support.objects.get()
    return task, supporting.offer(task, make.companion(), deed("companions"))


@given(st.text())
def test_any_text_answers_each_kind_with_its_own_codes_only(text: str) -> None:
    allowed = {
        MARK: {"", "attended", "missed", "excused"},
        OFFER: {"", "yes", "no"},
        COMPANY: {"", "yes", "no"},
        WHY: {"", *SMS_REASONS.values()},
        ALONG: {"", "came", "away", "stayed"},
    }
    assert all(answer_to(kind, text) in allowed[kind] for kind in KINDS)


@given(st.lists(st.sampled_from(KINDS), max_size=5), st.sampled_from(["K", "E", "kyllä", "ei", "3", "huomenna"]))
def test_what_is_meant_is_always_a_question_that_is_open(kinds: list[str], text: str) -> None:
    questions = [Question(kind, str(number)) for number, kind in enumerate(kinds)]
    assert {one.question for one in meant(questions, text)} <= set(questions)


def test_a_single_letter_binds_nobody_to_receive() -> None:
    assert (answer_to(OFFER, "K"), answer_to(OFFER, "Kyllä!"), answer_to(COMPANY, "k")) == ("", "yes", "yes")


@db
def test_k_and_e_after_a_session_mark_it_and_the_same_message_is_taken_once(send: Send, time: Time) -> None:
    placement = begun(time)
    for _ in range(2):
        assert send(RECEIVER, "K", "sama") == 200
    placement.refresh_from_db()
    assert placement.state == "first_attended"
    assert len(replies()) == 1
    assert "tuli" in replies()[0]
    assert placement.sessions.get().marked_how == "sms"
    other = begun(time, make.REIJO)
    send(RECEIVER, "e")
    other.refresh_from_db()
    assert (other.state, other.missed) == ("missed_first", 1)


@db
def test_before_the_session_the_receiver_hears_that_it_is_too_early_or_what_to_answer(send: Send, time: Time) -> None:
    _, placement, _ = make.scheduled()
    send(RECEIVER, "K")
    placement.refresh_from_db()
    assert placement.state == "scheduled"
    assert "Emme ymmärtäneet" in replies()[0]


@db
def test_when_several_could_be_meant_nothing_is_done_and_words_come_back(send: Send, time: Time) -> None:
    first, second = begun(time), begun(time, make.REIJO)
    time.to(second.sessions.get().starts_at + timedelta(hours=1))
    send(RECEIVER, "K")
    assert {Placement.objects.get(pk=one.pk).state for one in (first, second)} == {"scheduled"}
    assert "useampaa asiaa (2)" in replies()[0]
    assert not any(name in replies()[0] for name in ("Aino", "Reijo"))


@db
def test_a_receiver_who_writes_yes_to_an_offer_gets_the_page_and_a_no_is_asked_why(send: Send, time: Time) -> None:
    placement, _ = make.requested()
    send(RECEIVER, "Ei")
    placement.refresh_from_db()
    assert placement.state == "requested"
    assert "miksi ei nyt" in replies()[0]
    send(RECEIVER, "Kyllä, tervetuloa")
    placement.refresh_from_db()
    assert placement.state == "accepted"
    assert Transition.objects.get(thing_id=placement.pk, target="accepted").channel == "sms"
    assert saying("/tulija/").count() == 1
    assert "Reijo" not in "".join(replies())


@db
def test_a_companion_says_yes_or_no(send: Send, time: Time) -> None:
    task, _ = asked_along(time)
    send("0501112233", "KYLLÄ")
    task.refresh_from_db()
    assert (task.state, Transition.objects.get(thing_id=task.pk, target="accepted").channel) == ("accepted", "sms")
    supporting.release(task, "ill", deed("companion"))
    supporting.offer(task, make.companion("Toinen", phone="050 444 5566"), deed("companions"))
    send("+358 50 4445566", "ei pysty")
    task.refresh_from_db()
    assert task.state == "needed"
    send("0504445566", "kyllä")
    assert "ei ole enää auki" in replies()[-1]


@db
def test_who_did_not_come_is_asked_kindly_and_one_digit_tells_why(send: Send, time: Time) -> None:
    placement = begun(time, make.REIJO)
    send(RECEIVER, "E")
    question = saying("Ei se haittaa", kind="referrals.resident").get()
    assert "3 kulkeminen" in question.text
    assert question.to == REIJO
    send("040 123 4567", "3")
    placement.refresh_from_db()
    errand = Errand.objects.get(kind="ring_resident", done_at=None)
    assert (placement.state, placement.reason, "kulkeminen" in errand.words) == ("missed_first", "transport", True)
    told = Transition.objects.filter(thing_id=placement.pk, role="resident").get()
    assert (told.channel, told.reason, told.source, told.target) == ("sms", "transport", "missed_first", "missed_first")
    assert broken_link(Referral.objects.get(pk=placement.referral_id)) == 0
    assert "ottaa sinuun yhteyttä" in replies()[-1]


@db
def test_a_resident_who_forbade_text_messages_is_neither_asked_nor_answered(send: Send, time: Time) -> None:
    who = make.variant(make.REIJO, safe=("no_sms",), preferred="call")
    placement = begun(time, who)
    send(RECEIVER, "E")
    assert not sent_to(REIJO).exists()
    send(REIJO, "3", "kielletty")
    send(REIJO, "3", "kielletty")
    placement.refresh_from_db()
    assert placement.reason == "transport"
    assert Transition.objects.filter(thing_id=placement.pk, role="resident").count() == 1
    assert not sent_to(REIJO).exists()


@db
def test_a_residents_other_words_are_not_kept_but_somebody_rings(send: Send, time: Time) -> None:
    make.talking()
    send(REIJO, "Sairastuin keuhkokuumeeseen, en pääse")
    errand = Errand.objects.get(kind="ring_resident", done_at=None)
    everything = "".join([errand.words, *Message.objects.values_list("text", flat=True)])
    assert "keuhkokuume" not in everything
    assert "otamme sinuun yhteyttä" in replies()[0]
    send(REIJO, "en halua elää")
    assert Errand.objects.filter(kind="ring_resident", done_at=None).exists()
    assert replies()[1].startswith("Jos henki on vaarassa, soita 112.")


@db
def test_a_stranger_gets_no_answer_and_nothing_of_the_words_is_written_down(
    send: Send, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    begun(time)
    before = Message.objects.count()
    with caplog.at_level(logging.WARNING):
        assert send("+358409998877", "Kuka siellä? Aino?") == 200
        assert send("MAINOS", "Osta") == 200
    assert Message.objects.count() == before
    assert "left unanswered" in caplog.text
    assert "Aino" not in caplog.text
    assert "9998877" not in caplog.text


@db
def test_the_address_opens_with_the_right_word_only_and_takes_forms_and_lists(client: Client, settings: Any, time: Time) -> None:
    placement = begun(time)
    assert client.post("/viestit/saapuva/arvaus/", {"from": RECEIVER, "text": "K"}).status_code == 404
    settings.SMS_INBOUND_KEY = "salainen-sana"
    assert client.post("/viestit/saapuva/arvaus/", {"from": RECEIVER, "text": "K"}).status_code == 404
    assert client.get(ADDRESS).status_code == 405
    for body in ("{", "[]", '{"messages": [1, null]}', "{}"):
        assert client.post(ADDRESS, body, content_type="application/json").status_code == 200
    several = {"results": [{"sender": "X", "text": "y"}, {"sender": RECEIVER, "message": "k"}]}
    for _ in range(2):  # without an id the same words within the hour are one message
        client.post(ADDRESS, json.dumps(several), content_type="application/json")
    placement.refresh_from_db()
    assert placement.state == "first_attended"
    assert len(replies()) == 1
    other = begun(time, make.REIJO)
    client.post(ADDRESS, {"from": RECEIVER, "text": "E", "messageId": "7"})
    other.refresh_from_db()
    assert other.state == "missed_first"


@db
def test_in_the_demo_a_caught_message_can_be_answered(client: Client, settings: Any, time: Time) -> None:
    make_demo_accounts()
    client.force_login(Person.objects.get(email="tiina@mukana.example"), backend="django.contrib.auth.backends.ModelBackend")
    placement, _ = make.requested()
    message = Message.objects.get(kind="referrals.offer")
    address = f"/tyopoyta/viestit/{message.pk}/vastaus/"
    settings.DEMO = False
    assert client.post(address, {"vastaus": "kyllä"}).status_code == 404
    settings.DEMO = True
    assert address in client.get(f"/tyopoyta/viestit/{message.pk}/").content.decode()
    assert client.post(address, {"vastaus": "kyllä", "kerran": "1"}).status_code == 302
    placement.refresh_from_db()
    assert placement.state == "accepted"
    assert now() == placement.answered_at


@db
def test_an_answer_is_kept_without_the_number_and_without_a_digest_that_anybody_can_make(send: Send, time: Time) -> None:
    placement = begun(time, make.REIJO)
    visiting.settle(placement, "missed", make.deed(RECEIVES, "phone"))
    assert send(REIJO, "2") == 200
    by = Transition.objects.filter(channel="sms").latest("at", "number").by
    assert by.startswith("sms:")
    assert sha256(REIJO.encode()).hexdigest()[:16] not in by
