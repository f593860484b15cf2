"""Real other ends on loopback: a mail server and a gateway that break in every way they do."""

from __future__ import annotations

import email as mails
import json
import time
from collections.abc import Iterator
from datetime import timedelta
from email import policy
from typing import Any

import pytest

from mukana.lib.clock import now
from mukana.outbox.actions import send_email, send_sms
from mukana.outbox.actions.sending import Tally, send_due
from mukana.outbox.models import Message
from mukana.outbox.senders.gateway import Gateway, filled, outcome, pause
from mukana.outbox.senders.smtp import Smtp
from mukana.outbox.tests.ends import Desk, MailBox, gateway, mail_server

pytestmark = pytest.mark.django_db
SENDER = "Mukana Pohjois-Savo <mukana@mukana.example>"


@pytest.fixture
def box(settings: Any) -> Iterator[MailBox]:
    with mail_server(MailBox()) as box:
        settings.SMTP_URL, settings.EMAIL_FROM = f"smtp://127.0.0.1:{box.port}", SENDER
        yield box


@pytest.fixture
def desk(settings: Any) -> Iterator[Desk]:
    with gateway(Desk()) as desk:
        settings.SMS_URL, settings.SMS_HEADER = desk.url, "Authorization: Bearer salaisuus"
        yield desk


def email(**words: object) -> Message:
    return send_email(**{"to": "a@b.fi", "subject": "Hei", "text": "Terve!", "kind": "test", **words})  # type: ignore[arg-type]


def sms(text: str = "Hei Ääni €") -> Message:
    return send_sms(to="041 730 8168", text=text, kind="test")


def states() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("queued_at", "id").values_list("state", "problem"))


def test_a_letter_arrives_with_its_names_words_and_headers(box: MailBox) -> None:
    words = "Hei!\n.\n.piste rivin alussa\nÄäkköset ja 🙂\n" + "pitkä rivi " * 200
    subject = "Ryhmä alkaa: tuolijumppa Jäälässä klo 10.00 – tervetuloa mukaan! " * 2
    way_out = "<https://mukana.example/poistu/abc>"
    headers = {"List-Unsubscribe": way_out, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    message = email(to="Outi Väisänen <outi@kuopio.example>", subject=subject, text=words, headers=headers)
    assert send_due() == Tally(sent=1)
    (envelope,) = box.letters
    assert (envelope.mail_from, envelope.rcpt_tos) == ("mukana@mukana.example", ["outi@kuopio.example"])
    letter = mails.message_from_bytes(envelope.content, policy=policy.default)  # type: ignore[arg-type]
    assert letter["To"].addresses[0].display_name == "Outi Väisänen"
    assert letter["From"].addresses[0].display_name == "Mukana Pohjois-Savo"
    assert (letter["Subject"], letter["List-Unsubscribe"]) == (message.subject, way_out)
    assert (letter["Message-ID"], letter["Auto-Submitted"]) == (f"<{message.pk}@mukana.example>", "auto-generated")
    assert letter.get_content().replace("\r\n", "\n").rstrip() == words.rstrip()  # type: ignore[attr-defined]
    assert Message.objects.get().provider_id == "Taken as 42"


def test_many_letters_go_by_one_connection_even_after_a_refusal(box: MailBox) -> None:
    box.answers = {"rcpt": ["550 5.1.1 no such user"], "data": ["554 5.7.1 looks like spam"]}
    for number in range(4):
        email(to=f"n{number}@b.fi")
    assert send_due() == Tally(sent=2, failed=2)
    assert sorted(states()) == [("bounced", "no_receiver"), ("failed", "refused"), ("sent", ""), ("sent", "")]


@pytest.mark.parametrize(
    ("step", "answer", "problem"),
    [
        ("mail", "451 4.3.0 later", "busy"),
        ("rcpt", "452 4.2.2 full", "busy"),
        ("data", "421 4.3.2 closing", "busy"),
        ("mail", "530 5.7.0 log in first", "login"),
    ],
)
def test_a_server_that_asks_to_wait_is_tried_again(box: MailBox, step: str, answer: str, problem: str) -> None:
    box.answers = {step: [answer]}
    email()
    send_due()
    message = Message.objects.get()
    assert (message.state, message.problem, message.next_at) == ("failed", problem, now() + timedelta(seconds=30))
    assert message.problem_text.startswith(answer[:3])


def test_a_server_that_is_not_there_is_tried_again(settings: Any) -> None:
    settings.SMTP_URL = "smtp://127.0.0.1:9"
    email()
    send_due()
    assert states() == [("failed", "unreachable")]


def test_a_connection_that_breaks_after_the_letter_left_is_unknown(box: MailBox) -> None:
    box.break_off_after_data = True
    email()
    assert send_due() == Tally(unknown=1)
    assert (states(), len(box.letters)) == ([("unknown", "broken_off")], 1)


def test_a_server_that_takes_the_letter_and_says_nothing_is_unknown(box: MailBox) -> None:
    box.slow_s = 1.5
    told = Smtp(f"smtp://127.0.0.1:{box.port}", SENDER, 0.5).send(email())
    assert (told.code, told.problem) == ("unknown", "broken_off")
    time.sleep(1.2)


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_password_opens_and_a_wrong_one_is_told_in_words() -> None:
    with mail_server(MailBox(), password="oikea") as box:
        for password, code in (("oikea", "sent"), ("väärä", "later")):
            sender = Smtp(f"smtp://mukana:{password}@127.0.0.1:{box.port}", SENDER, 5)
            told = sender.send(email())
            sender.close()
            assert (told.code, told.problem) == (code, "" if code == "sent" else "login")


def test_a_password_is_not_told_to_a_server_without_tls(box: MailBox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mukana.outbox.senders.smtp._LOOPBACK", ())
    told = Smtp(f"smtp://mukana:sana@127.0.0.1:{box.port}", SENDER, 5).send(email())
    assert (told.code, told.problem) == ("later", "no_tls")


def test_a_server_that_wants_tls_at_once_does_not_get_plain_words(box: MailBox) -> None:
    told = Smtp(f"smtps://127.0.0.1:{box.port}", SENDER, 2).send(email())
    assert (told.code, told.problem) == ("later", "unreachable")


def test_closing_twice_and_without_a_connection_is_no_trouble(box: MailBox) -> None:
    sender = Smtp(f"smtp://127.0.0.1:{box.port}", SENDER, 5)
    sender.close()
    assert sender.send(email()).code == "sent"
    sender._server.close()  # type: ignore[union-attr]
    sender.close()


def test_a_text_message_goes_with_our_key_and_its_name_is_kept(desk: Desk, settings: Any) -> None:
    settings.SMS_FROM = "PohjoisSavo"
    message = sms()
    assert send_due() == Tally(sent=1)
    assert desk.taken == [{"to": "+358417308168", "from": "PohjoisSavo", "text": "Hei Ääni €", "id": str(message.pk)}]
    assert desk.asked[0]["Authorization"] == "Bearer salaisuus"
    assert Message.objects.get().provider_id == "gw-1"


@pytest.mark.parametrize(
    ("act", "state", "problem"),
    [
        ("reset", "unknown", "broken_off"),
        ((500, {}, {"error": "x"}), "failed", "busy"),
        ((503, {}, {}), "failed", "busy"),
        ((504, {}, {}), "unknown", "broken_off"),
        ((401, {}, {}), "failed", "login"),
        ((404, {}, {}), "failed", "settings"),
        ((302, {"Location": "/muualle"}, {}), "failed", "settings"),
        ((400, {}, {"error": "bad number"}), "failed", "refused"),
    ],
)
def test_every_way_a_gateway_fails_has_its_state(desk: Desk, act: Any, state: str, problem: str) -> None:
    desk.script = [act]
    sms()
    send_due()
    assert states() == [(state, problem)]
    assert bool(Message.objects.get().next_at) == (problem in ("busy", "login", "settings"))


def test_429_with_retry_after_holds_the_whole_channel(desk: Desk) -> None:
    desk.script = [(429, {"Retry-After": "120"}, {})]
    sms()
    sms()
    send_due()
    assert set(Message.objects.values_list("next_at", flat=True)) == {now() + timedelta(seconds=120)}
    assert (len(desk.asked), desk.taken) == (1, [])


def test_a_gateway_that_hangs_leaves_it_unknown_and_one_that_is_slow_does_not(desk: Desk) -> None:
    desk.script = ["hang"]
    sender = Gateway(0.5)
    assert sender.send(sms()).code == "unknown"
    sender.close()
    desk.slow_s = 0.4
    patient = Gateway(5)
    assert patient.send(sms()).code == "sent"
    patient.close()


def test_a_gateway_that_is_not_there_is_tried_again(settings: Any) -> None:
    settings.SMS_URL = "http://127.0.0.1:9/"
    sms()
    send_due()
    assert states() == [("failed", "unreachable")]


def test_words_of_a_message_stay_words_in_the_body(settings: Any) -> None:
    settings.SMS_BODY = json.dumps({"messages": [{"destination": "{to}", "text": "Mukana: {text} {x} {", "n": 1}], "{to}": None})
    body = filled(sms('"}, {to} {id}'))
    assert body == {"messages": [{"destination": "+358417308168", "text": 'Mukana: "}, {to} {id} {x} {', "n": 1}], "{to}": None}


def test_the_gateways_name_is_found_where_the_settings_say(settings: Any) -> None:
    settings.SMS_ID = "messages.0.id"
    assert outcome(200, "", '{"messages": [{"id": 7}]}').provider_id == "7"
    for other in ("", "[]", "{}", '{"messages": []}', '{"messages": "x"}', "null"):
        assert outcome(200, "", other).provider_id == ""


def test_a_pause_is_seconds_or_a_date() -> None:
    assert pause("120") == timedelta(seconds=120)
    assert pause("Sun, 22 Nov 2026 08:05:00 GMT") == timedelta(minutes=5)
    assert pause("Sun, 22 Nov 2020 08:05:00 GMT") == timedelta()
    assert pause("huomenna") is None
    assert pause("") is None
