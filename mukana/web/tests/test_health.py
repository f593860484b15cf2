"""`mukana health` says in words what somebody must do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mukana.audit.models import JobState
from mukana.lib.clock import now
from mukana.outbox.actions import send_email
from mukana.outbox.models import Message
from mukana.web.health import problems

pytestmark = pytest.mark.django_db


def told(word: str) -> list[str]:
    return [problem for problem in problems() if word in problem]


def test_a_job_that_keeps_failing_is_told_by_its_title() -> None:
    state = JobState.objects.create(name="outbox.send_messages", begun_at=now(), failures=2, problem="OSError: levy on täynnä")
    assert told("Taustatyö") == []
    JobState.objects.filter(pk=state.pk).update(failures=3)
    assert told("Taustatyö") == ["Taustatyö ”Viestien lähetys” ei ole onnistunut 3 kertaan: OSError: levy on täynnä"]


def test_messages_that_do_not_leave_are_told_but_not_those_that_wait_for_their_hour() -> None:
    for _ in range(3):
        send_email(to="a@b.fi", subject="Hei", text="Terve!", kind="test", not_before=now() + timedelta(days=2))
    first, second, _ = Message.objects.all()
    Message.objects.update(queued_at=now() - timedelta(hours=3))
    assert told("Viestejä") == []
    Message.objects.filter(pk=first.pk).update(next_at=now() - timedelta(hours=3))
    Message.objects.filter(pk=second.pk).update(state="failed", tries=4, next_at=now() + timedelta(minutes=30))
    assert told("Viestejä") == ["Viestejä on odottanut jonossa yli kaksi tuntia: 2. Katso sivu Lähetetyt viestit."]
