"""What is due is sent once; what may have gone is never sent again by itself; secrets are forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from mukana.lib import jobs
from mukana.lib.clock import now
from mukana.outbox import rules
from mukana.outbox.actions import deciding, send_email, send_sms, sending
from mukana.outbox.actions.privacy import tidy
from mukana.outbox.actions.sending import Tally, abandon, send_due, send_now, settle
from mukana.outbox.jobs import erase_what_has_served, send_messages
from mukana.outbox.listeners import bounced
from mukana.outbox.models import Message
from mukana.outbox.rules import Bounce, Kind, Outcome

pytestmark = pytest.mark.django_db
Clock = Callable[[str], None]


class Scripted:
    """Gives the outcomes it was told, then sends all."""

    name = "scripted"

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes, self.sent, self.closed = list(outcomes), [], 0  # type: ignore[var-annotated]

    def send(self, message: Message) -> Outcome:
        outcome = self.outcomes.pop(0) if self.outcomes else Outcome("sent", provider_id="gw-1")
        if outcome.code == "sent":
            self.sent.append(message.to)
        return outcome

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return lambda text: monkeypatch.setenv("MUKANA_NOW", text)


@pytest.fixture
def by(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Scripted]:
    """`by(Outcome(…), …)`: the sender of both channels."""

    def use(*outcomes: Outcome) -> Scripted:
        sender = Scripted(*outcomes)
        monkeypatch.setattr(sending, "sender_for", lambda *_: sender)
        return sender

    return use


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_kinds", dict(rules._kinds))
    rules.register(Kind("picks", "Poiminnat", forget_to=True), Kind("code", "Koodi", secret=True))


def email(**words: object) -> Message:
    return send_email(**{"to": "a@b.fi", "subject": "Hei", "text": "Terve!", "kind": "test", **words})  # type: ignore[arg-type]


def again(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def test_due_messages_go_once_on_both_channels(by: Callable[..., Scripted]) -> None:
    email()
    send_sms(to="041 730 8168", text="Hei", kind="test")
    email(not_before=now() + timedelta(hours=1))
    sender = by()
    assert send_due() == Tally(sent=2)
    assert send_due() == Tally()
    assert (sorted(sender.sent), sender.closed) == (["+358417308168", "a@b.fi"], 2)
    assert again(Message.objects.get(channel="sms")).provider_id == "gw-1"


def test_without_a_sender_a_message_waits_and_says_so() -> None:
    message = email()
    assert send_due() == Tally(failed=1)
    assert (again(message).state, again(message).problem, again(message).next_at) == ("failed", "no_sender", now() + timedelta(seconds=30))
    assert not send_now(message.pk)


def test_a_gateway_that_is_down_for_a_day_loses_and_doubles_nothing(by: Callable[..., Scripted], clock: Clock) -> None:
    down = Outcome("later", problem="unreachable", down=True)
    messages = [email(to=f"n{number}@b.fi") for number in range(5)]
    begun = now()
    by(*[down] * 10_000)
    for minute in range(0, 24 * 60, 10):
        clock((begun + timedelta(minutes=minute)).isoformat())
        send_due()
    assert Message.objects.filter(state="failed", next_at__isnull=False).count() + Message.objects.filter(state="queued").count() == 5
    sender = by()
    for minute in range(24 * 60, 27 * 60, 10):
        clock((begun + timedelta(minutes=minute)).isoformat())
        send_due()
    assert sorted(sender.sent) == sorted(message.to for message in messages)
    assert Message.objects.filter(state="sent").count() == 5


def test_a_gateway_that_asks_for_a_pause_gets_it_for_everybody(by: Callable[..., Scripted], clock: Clock) -> None:
    email()
    email()
    sender = by(Outcome("later", problem="busy", asked=timedelta(minutes=5), down=True))
    clock("2026-11-22T10:00")
    send_due()
    assert set(Message.objects.values_list("next_at", flat=True)) == {now() + timedelta(minutes=5)}
    clock("2026-11-22T10:05")
    assert (send_due().sent, len(sender.sent)) == (2, 2)


def test_a_broken_connection_leaves_it_unknown_and_nobody_sends_it_again(by: Callable[..., Scripted], clock: Clock) -> None:
    message = email()
    sender = by(Outcome("unknown", problem="broken_off"))
    assert send_due() == Tally(unknown=1)
    clock("2026-12-22T10:00")
    assert send_due() == Tally()
    assert (again(message).state, again(message).next_at, sender.sent) == ("unknown", None, [])


def test_a_worker_that_ended_while_sending_leaves_it_unknown(by: Callable[..., Scripted], clock: Clock) -> None:
    message = email()
    clock("2026-11-22T10:00")
    assert sending._claim(message.pk, now()) is not None
    assert abandon(now()) == 0
    sender = by()
    clock("2026-11-22T10:11")
    send_due()
    assert (again(message).state, again(message).problem, sender.sent) == ("unknown", "worker_ended", [])


def test_a_slow_worker_may_still_tell_what_came_of_it_but_not_after_a_person_decided(by: Callable[..., Scripted], clock: Clock) -> None:
    message, other = email(), email()
    clock("2026-11-22T10:00")
    claimed, second = sending._claim(message.pk, now()), sending._claim(other.pk, now())
    assert claimed
    assert second
    clock("2026-11-22T10:11")
    abandon(now())
    assert settle(claimed, Outcome("sent"), "smtp")
    assert again(message).state == "sent"
    deciding.retry(other, by="p")
    assert not settle(second, Outcome("bounced"), "smtp")
    assert again(other).state == "queued"


def test_only_one_of_two_gets_the_row() -> None:
    message = email()
    assert [sending._claim(message.pk, now()) is None for _ in range(2)] == [False, True]


def test_an_error_of_our_own_leaves_the_row_to_its_lease(by: Callable[..., Scripted], monkeypatch: pytest.MonkeyPatch) -> None:
    message = email()
    sender = by()
    monkeypatch.setattr(sender, "send", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        send_due()
    assert (again(message).state, sender.closed) == ("sending", 1)


def test_a_refused_address_is_a_bounce_that_upper_apps_hear_of(by: Callable[..., Scripted]) -> None:
    heard: list[Bounce] = []
    bounced.listen(heard.append)
    try:
        message = email(about="directory.Entry:1")
        by(Outcome("bounced", problem="no_receiver", said="550 no such user"))
        send_due()
    finally:
        bounced.forget(heard.append)
    assert (again(message).state, heard) == (
        "bounced", [Bounce(str(message.pk), "email", "a@b.fi", "test", "directory.Entry:1", "550 no such user")],
    )  # fmt: skip


def test_a_refused_letter_is_not_tried_again(by: Callable[..., Scripted], clock: Clock) -> None:
    message = email()
    by(Outcome("refused", problem="refused", said="554 spam"))
    send_due()
    assert (again(message).state, again(message).next_at, again(message).problem_text) == ("failed", None, "554 spam")


def test_a_message_is_given_up_after_four_days(by: Callable[..., Scripted], clock: Clock) -> None:
    message = email()
    Message.objects.update(queued_at=now() - timedelta(days=4))
    by(Outcome("later", problem="busy"))
    send_due()
    assert (again(message).problem, again(message).next_at) == ("given_up", None)


def test_a_code_that_came_too_late_is_not_sent(by: Callable[..., Scripted], clock: Clock) -> None:
    message = email(valid_until=now() + timedelta(minutes=5))
    sender = by()
    clock("2026-11-22T11:00")
    assert send_messages(now()) is None
    assert (again(message).state, again(message).problem, sender.sent) == ("failed", "expired", [])


def test_a_worker_asked_to_stop_leaves_the_rest_in_the_queue(by: Callable[..., Scripted], monkeypatch: pytest.MonkeyPatch) -> None:
    email()
    by()
    monkeypatch.setattr(sending, "stopping", lambda: True)
    assert send_due() == Tally()
    assert Message.objects.get().state == "queued"
    assert not jobs.stopping()


def test_a_secret_is_erased_when_it_has_left_but_not_while_somebody_must_decide(by: Callable[..., Scripted]) -> None:
    gone, unknown, refused = (email(kind="code") for _ in range(3))
    for age, message in enumerate((refused, unknown, gone)):
        Message.objects.filter(pk=message.pk).update(next_at=now() - timedelta(minutes=age))
    by(Outcome("sent"), Outcome("unknown"), Outcome("refused"))
    send_due()
    assert [(again(one).subject, again(one).text) for one in (gone, unknown, refused)] == [("", ""), ("Hei", "Terve!"), ("", "")]
    assert again(gone).to == "a@b.fi"


def test_what_the_demo_catches_can_be_read(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    message = email(kind="code")
    assert send_messages(now()) == "Viestejä: 1 lähti."
    assert (again(message).text, again(message).sender) == ("Terve!", "catcher")


def test_a_clients_number_is_erased_on_delivery(by: Callable[..., Scripted], settings: object, clock: Clock) -> None:
    by()
    first = send_sms(to="041 730 8168", text="Poimintasi", kind="picks")
    send_due()
    assert again(first).to == ""
    settings.SMS_REPORT_TOKEN = "x" * 20  # type: ignore[attr-defined]
    second = send_sms(to="041 730 8168", text="Poimintasi", kind="picks")
    send_due()
    assert again(second).to == "+358417308168"
    clock("2026-11-26T10:00")
    assert erase_what_has_served(now()) == "Tyhjennettiin 1 viestin salaisuudet."
    assert (again(second).to, erase_what_has_served(now())) == ("", None)


def test_secrets_that_never_left_are_erased_in_a_day(clock: Clock) -> None:
    clock("2026-11-22T10:00")
    late, open_ended = email(kind="code", valid_until=now() + timedelta(minutes=5)), email(kind="code")
    Message.objects.update(state="unknown", next_at=None)
    clock("2026-11-22T10:06")
    assert tidy(now()) == 1
    assert (again(late).text, again(open_ended).text) == ("", "Terve!")
    clock("2026-11-23T10:01")
    assert tidy(now()) == 1


def test_the_job_tells_what_came_of_it_and_writes_nothing_when_idle(by: Callable[..., Scripted]) -> None:
    assert send_messages(now()) is None
    email()
    email()
    email()
    by(Outcome("sent"), Outcome("refused"), Outcome("unknown"))
    assert send_messages(now()) == "Viestejä: 1 lähti, 1 ei lähtenyt, 1 jäi epäselväksi."


def test_a_person_sends_an_unknown_one_again_says_that_it_went_or_forgets_it(by: Callable[..., Scripted]) -> None:
    one, two, three = email(), email(), email()
    by(*[Outcome("unknown", problem="broken_off")] * 3)
    send_due()
    assert deciding.retry(one, by="p").state == "queued"
    assert deciding.it_went(two, by="p").state == "sent"
    forgotten = deciding.forget(three, by="p")
    assert (forgotten.state, forgotten.problem, forgotten.to, forgotten.text) == ("failed", "forgotten", "", "")
    assert deciding.forget(two, by="p").state == "sent"


@pytest.mark.parametrize(
    ("state", "more", "code"),
    [
        ("sending", {}, "going"),
        ("sent", {}, "gone"),
        ("unknown", {"to": "", "to_tag": ""}, "erased"),
        ("failed", {"text": "", "subject": ""}, "erased"),
    ],
)
def test_what_cannot_be_sent_again_is_refused(state: str, more: dict[str, str], code: str) -> None:
    message = email()
    Message.objects.update(state=state, **more)
    with pytest.raises(deciding.CannotDecide, match=code):
        deciding.retry(message, by="p")


def test_other_decisions_have_their_refusals(clock: Clock) -> None:
    message = email(valid_until=now() + timedelta(minutes=1))
    with pytest.raises(deciding.CannotDecide, match="gone"):
        deciding.it_went(message, by="p")
    clock("2026-11-22T11:00")
    with pytest.raises(deciding.CannotDecide, match="expired"):
        deciding.retry(message, by="p")
    Message.objects.update(state="sending")
    with pytest.raises(deciding.CannotDecide, match="going"):
        deciding.forget(message, by="p")
