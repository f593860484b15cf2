"""What is told afterwards: a gateway's reports and returned e-mails."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from mukana.outbox import dsn, rules
from mukana.outbox.actions import send_email, send_sms
from mukana.outbox.actions.reporting import report, take_returned
from mukana.outbox.listeners import bounced
from mukana.outbox.models import Message
from mukana.outbox.rules import Bounce, Kind

pytestmark = pytest.mark.django_db


def returned(message: object, action: str = "failed", status: str = "5.1.1", original: str = "message/rfc822") -> bytes:
    """A notification as mail servers write them."""
    return f"""From: MAILER-DAEMON@mail.example
To: mukana@mukana.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="RAJA"

--RAJA
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--RAJA
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example
Arrival-Date: Sun, 22 Nov 2026 10:00:00 +0200

Final-Recipient: rfc822; raili@example.fi
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <raili@example.fi>: Recipient address rejected:
    User unknown

--RAJA
Content-Type: {original}

From: mukana@mukana.example
To: raili@example.fi
Message-ID: <{message}@mukana.example>
Subject: Hei

Terve!
--RAJA--
""".encode()


@pytest.fixture
def gone() -> Message:
    message = send_email(to="raili@example.fi", subject="Hei", text="Terve!", kind="test", about="directory.Entry:1")
    Message.objects.update(state="sent", next_at=None)
    return message


@pytest.mark.parametrize("original", ["message/rfc822", "text/rfc822-headers"])
def test_a_returned_letter_marks_its_message_and_upper_apps_hear_once(gone: Message, original: str) -> None:
    heard: list[Bounce] = []
    bounced.listen(heard.append)
    try:
        told, marked = take_returned(returned(gone.pk, original=original))
        assert (told and told.status, marked) == ("5.1.1", True)
        assert take_returned(returned(gone.pk))[1] is False
    finally:
        bounced.forget(heard.append)
    kept = Message.objects.get()
    assert (kept.state, kept.problem) == ("bounced", "returned")
    assert kept.problem_text.startswith("550 5.1.1 <raili@example.fi>")
    assert [(one.about, one.to) for one in heard] == [("directory.Entry:1", "raili@example.fi")]


def test_what_a_listener_cannot_do_undoes_the_marking(gone: Message) -> None:
    def fails(_: Bounce) -> None:
        raise OSError

    bounced.listen(fails)
    try:
        with pytest.raises(OSError):
            take_returned(returned(gone.pk))
    finally:
        bounced.forget(fails)
    assert Message.objects.get().state == "sent"


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("failed", "4.2.2"), ("delivered", "2.0.0")])
def test_a_delay_and_a_full_box_are_no_bounce(gone: Message, action: str, status: str) -> None:
    assert take_returned(returned(gone.pk, action, status))[1] is False
    assert Message.objects.get().state == "sent"


def test_letters_that_are_not_ours_or_not_notifications_change_nothing(gone: Message) -> None:
    assert take_returned(returned("0192aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee"))[1] is False
    assert take_returned(returned("muu")) == (dsn.read(returned("muu")), False)
    assert take_returned(b"Subject: Lomalla\n\nPalaan maanantaina.") == (None, False)


@given(st.binary(max_size=400))
def test_no_letter_breaks_the_reader(raw: bytes) -> None:
    told = dsn.read(raw + returned("x")[:200] + raw)
    assert told is None or isinstance(told.action, str)


def test_the_command_reads_a_pipe_and_a_mailbox(gone: Message, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def said(raw: bytes, *words: str) -> str:
        out = io.StringIO()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
        call_command("bounce", *words, stdout=out)
        return out.getvalue()

    assert "Ei ollut ilmoitus" in said(b"Subject: Lomalla\n\nHei")
    assert "Ei muuttanut mitään: delayed 4.4.1" in said(returned(gone.pk, "delayed", "4.4.1"))
    box = tmp_path / "box"
    box.write_bytes(b"From a@b Sun Nov 22 10:00:00 2026\n" + returned(gone.pk))
    assert "Merkittiin palautuneeksi" in said(b"", "--mbox", str(box))
    with pytest.raises(CommandError, match="ei ole"):
        said(b"", "--mbox", str(tmp_path / "puuttuu"))


def sent_sms(**facts: Any) -> Message:
    message = send_sms(to="041 730 8168", text="Hei", kind="picks")
    Message.objects.filter(pk=message.pk).update(state="sent", next_at=None, **facts)
    return message


def test_a_report_is_heard_by_the_gateways_name_or_ours_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_kinds", {"picks": Kind("picks", "Poiminnat", forget_to=True)})
    theirs, ours = sent_sms(provider_id="gw-9"), sent_sms()
    assert report("gw-9", "DELIVRD") == "delivered"
    assert report(str(ours.pk), "Undeliverable") == "bounced"
    assert report("gw-9", "failed") == ""
    states = {str(one.pk): (one.state, one.to) for one in Message.objects.all()}
    assert states == {str(theirs.pk): ("delivered", ""), str(ours.pk): ("bounced", "")}


def test_a_report_on_nobodys_message_or_in_strange_words_changes_nothing() -> None:
    message = sent_sms(provider_id="gw-9")
    assert [report(name, word) for name, word in (("", "delivered"), ("gw-8", "delivered"), ("gw-9", "buffered"))] == [""] * 3
    Message.objects.update(state="queued")
    assert report(str(message.pk), "delivered") == ""
