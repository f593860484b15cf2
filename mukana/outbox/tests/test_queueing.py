"""A message is queued with what it tells of, once for a key, and only to somebody."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage, get_connection, send_mail
from django.db import transaction

from mukana.lib.clock import now
from mukana.outbox.actions import BadMessage, queueing, send_email, send_sms
from mukana.outbox.models import Message
from mukana.outbox.tests.boxes import sent_to

pytestmark = pytest.mark.django_db


def email(**words: object) -> Message:
    return send_email(**{"to": "a@b.fi", "subject": "Hei", "text": "Terve!", "kind": "test", **words})  # type: ignore[arg-type]


def test_a_message_waits_with_all_its_words() -> None:
    message = email(
        to="Outi Väisänen <Outi@Kuopio.example>", about="directory.Entry:1", by="p1", headers={"List-Unsubscribe": "<https://x.example/u>"}
    )
    kept = Message.objects.get()
    assert kept == message
    assert (kept.state, kept.to, kept.about, kept.by) == ("queued", "Outi Väisänen <outi@kuopio.example>", "directory.Entry:1", "p1")
    assert (kept.next_at, kept.headers) == (now(), {"List-Unsubscribe": "<https://x.example/u>"})


def test_a_message_of_a_deed_that_is_undone_never_was() -> None:
    def deed() -> None:
        with transaction.atomic():
            email()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        deed()
    assert not Message.objects.exists()


def test_the_same_key_is_one_message() -> None:
    first = email(key="reminder:1")
    assert email(key="reminder:1", text="Toinen").pk == first.pk
    assert email().pk != email().pk
    assert Message.objects.count() == 3


def test_the_same_key_at_the_same_moment_makes_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    first = email(key="reminder:1")
    with monkeypatch.context() as patched:
        patched.setattr(queueing._OF_KEY, "first", lambda **_: None)  # the other one was not there yet when this one looked
        assert email(key="reminder:1", text="Toinen").pk == first.pk
    assert Message.objects.count() == 1


def test_a_message_may_wait_for_its_hour_and_lose_its_worth() -> None:
    later = now() + timedelta(hours=2)
    message = email(not_before=later, valid_until=later + timedelta(hours=1))
    assert (message.next_at, message.valid_until) == (later, later + timedelta(hours=1))
    assert email(not_before=now() - timedelta(days=1)).next_at == now()


@pytest.mark.parametrize(
    "to", ["", "   ", "raili", "raili@", "@kuopio.fi", "rai li@kuopio.fi", "räili@kuopio.fi", "a@b..fi", "a@" + "x" * 70 + ".fi"]
)
def test_an_address_nobody_has_is_refused_at_the_door(to: str) -> None:
    with pytest.raises(BadMessage, match="address"):
        email(to=to)


def test_a_domain_with_its_own_letters_is_written_as_the_net_writes_it() -> None:
    assert email(to="info@hämeenlinna.example").to == "info@xn--hmeenlinna-q5a.example"


def test_line_breaks_do_not_get_into_headers() -> None:
    message = email(to="A\r\nBcc: c@d.fi <a@b.fi>", subject="Hei\r\nBcc: c@d.fi", headers={"X-A": "b\r\nBcc: c@d.fi"})
    assert "\n" not in message.to + message.subject + message.headers["X-A"]


@pytest.mark.parametrize("name", ["To", "bcc", "Subject", "Content-Type", "X A", "X:A", ""])
def test_headers_that_are_ours_or_no_headers_are_refused(name: str) -> None:
    with pytest.raises(BadMessage, match="header"):
        email(headers={name: "x"})


def test_an_empty_letter_is_refused() -> None:
    with pytest.raises(BadMessage, match="empty"):
        email(subject=" ", text="\n")


def test_a_number_is_kept_as_networks_write_it_and_parts_are_counted() -> None:
    message = send_sms(to="041 730 8168", text="ä" * 200, kind="test")
    assert (message.channel, message.to, message.parts) == ("sms", "+358417308168", 2)


@pytest.mark.parametrize(
    ("to", "text", "code"),
    [("112", "x", "number"), ("", "x", "number"), ("041 730 8168", " ", "empty"), ("041 730 8168", "a" * 1600, "long")],
)
def test_a_text_message_to_nobody_of_nothing_or_too_long_is_refused(to: str, text: str, code: str) -> None:
    with pytest.raises(BadMessage, match=code):
        send_sms(to=to, text=text, kind="test")


@pytest.mark.django_db(transaction=True)
def test_a_message_goes_at_once_only_when_its_kind_is_in_a_hurry(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    hurried, calm = email(kind="login_code"), email()
    for thread in threading.enumerate():
        if thread.name.endswith("(_send_alone)"):
            thread.join(10)
    assert [Message.objects.get(pk=one.pk).state for one in (hurried, calm)] == ["sent", "queued"]


def test_djangos_mail_is_queued_with_its_kind_and_without_our_marks(settings: object) -> None:
    settings.EMAIL_BACKEND = "mukana.outbox.backend.Queue"  # type: ignore[attr-defined]
    marks = {"X-Mukana-Kind": "alert", "X-Mukana-About": "x.Y:1", "X-Mukana-Valid-Until": "2026-11-23T10:00+02:00", "From": "x@y.fi"}
    letter = EmailMessage("Aihe", "Teksti", None, ["a@b.fi", "c@d.fi"], headers=marks, reply_to=["e@f.fi"])
    assert letter.send() == 1
    first = sent_to("a@b.fi").get()
    assert (first.kind, first.about, first.headers) == ("alert", "x.Y:1", {"Reply-To": "e@f.fi"})
    assert first.valid_until is not None
    assert Message.objects.count() == 2


def test_djangos_mail_to_nobody_fails_unless_told_to_be_silent(settings: object) -> None:
    settings.EMAIL_BACKEND = "mukana.outbox.backend.Queue"  # type: ignore[attr-defined]
    with pytest.raises(BadMessage):
        send_mail("Aihe", "Teksti", None, ["ei osoitetta"])
    assert get_connection(fail_silently=True).send_messages([EmailMessage("Aihe", "Teksti", None, ["ei"])]) == 0


@pytest.mark.django_db
def test_a_text_message_with_no_break_spaces_and_typographic_marks_leaves_in_the_short_alphabet() -> None:
    text = "Mari soittaa sinulle viimeistään pe\u00a027.11. klo\u202f14–15. ”Äiti” pääsee, soita 05\u00a0000\u00a01210…"
    message = send_sms(to="041 730 8168", text=text, kind="test")
    assert message.text == 'Mari soittaa sinulle viimeistään pe 27.11. klo 14-15. "Äiti" pääsee, soita 05 000 1210...'
    assert message.parts == 1
