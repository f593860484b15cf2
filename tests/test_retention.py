"""What is old is removed only by rules that somebody has confirmed, and never what is held."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from mukana.accounts.models import LoginLink, Person
from mukana.audit import rules
from mukana.audit.actions import retention
from mukana.audit.actions.retention import NotHeld, UnknownRule, confirm, hold, release, run
from mukana.audit.jobs import remove_what_is_old
from mukana.audit.models import LegalHold, RetentionConfirmation, Trace
from mukana.audit.queries import due_rows, rule_rows
from mukana.audit.rules import RetentionRule, retain
from mukana.directory.models import Feedback, Source
from mukana.importers.models import ImportRun, Upload, UploadPiece
from mukana.lib.clock import now
from mukana.outbox.actions import send_email
from mukana.outbox.models import Message

pytestmark = pytest.mark.django_db
Enter = Callable[[str], Client]
ADDRESS = "/tyopoyta/sailytys/"


def word(days: int, contact: str = "raili@example.fi") -> Feedback:
    moment = now() - timedelta(days=days)
    return Feedback.objects.create(text="Hei", contact=contact, sent_at=moment, due_on=moment.date())


def confirmed(code: str) -> RetentionRule:
    rule_rows(now())  # reads the rules of every app
    rule = rules.rule(code)
    assert rule is not None
    confirm(code, rule.version, by="p1")
    return rule


def test_nothing_is_removed_before_somebody_has_seen_it() -> None:
    word(2000)
    assert run(now()) == {}
    assert remove_what_is_old(now()) is None
    assert Feedback.objects.count() == 1


def test_a_confirmed_rule_removes_what_is_due_and_writes_down_how_much() -> None:
    word(3 * 365 + 1)
    kept = word(3 * 365 - 1)
    confirmed("directory.feedback")
    assert run(now()) == {"directory.feedback": 1}
    assert Feedback.objects.get() == kept
    state = RetentionConfirmation.objects.get()
    assert (state.due_then, state.removed_last, state.removed_ever, state.ran_at) == (1, 1, 1, now())
    assert [(trace.verb, trace.detail) for trace in Trace.objects.order_by("id")] == [
        ("retention.confirmed", {"due": 1}), ("retention.ran", {"count": 1}),
    ]  # fmt: skip
    assert run(now()) == {}


def test_a_contact_is_forgotten_and_the_word_stays() -> None:
    word(366)
    confirmed("directory.feedback_contact")
    assert remove_what_is_old(now()) == "Poistettiin tai tehtiin nimettömäksi 1 riviä."
    assert (Feedback.objects.get().contact, Feedback.objects.get().text) == ("", "Hei")


def test_more_than_a_batch_is_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    for _ in range(5):
        word(2000)
    confirmed("directory.feedback")
    assert run(now()) == {"directory.feedback": 5}


def test_a_changed_rule_has_to_be_confirmed_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    word(2000)
    rule = confirmed("directory.feedback")
    monkeypatch.setattr(rules, "_rules", dict(rules._rules))
    retain(RetentionRule(rule.code, rule.sentence, rule.model, timedelta(days=1), rule.date_field))
    assert run(now()) == {}
    with pytest.raises(UnknownRule):
        confirm(rule.code, rule.version, by="p1")
    with pytest.raises(UnknownRule):
        confirm("no.such", "x", by="p1")


def test_confirming_twice_is_once() -> None:
    confirmed("directory.feedback")
    confirmed("directory.feedback")
    assert (RetentionConfirmation.objects.count(), Trace.objects.count()) == (1, 1)


def test_what_is_held_stays_until_it_is_released() -> None:
    held = word(2000)
    word(2000)
    rule = confirmed("directory.feedback")
    placed = hold(f"directory.Feedback:{held.pk}", "Valitus vireillä", by="p1")
    assert run(now()) == {"directory.feedback": 1}
    assert Feedback.objects.get() == held
    release(placed, by="p1")
    release(placed, by="p1")
    assert due_rows(rule, now()).count() == 1
    assert list(Trace.objects.filter(verb__startswith="hold").values_list("verb", flat=True)) == ["hold.released", "hold.placed"]


@pytest.mark.parametrize("thing", ["", "directory.Feedback", "directory.Feedback:", "directory.Feedback:x", "no.Model:1", "x:1", "a.b.c:1"])
def test_a_record_that_is_not_there_cannot_be_held(thing: str) -> None:
    with pytest.raises(NotHeld, match="unknown"):
        hold(thing, "Miksi", by="p1")


def test_the_same_record_is_held_once() -> None:
    thing = f"directory.Feedback:{word(1).pk}"
    hold(thing, "Miksi", by="p1")
    with pytest.raises(NotHeld, match="held"):
        hold(thing, "Miksi", by="p1")


def test_every_apps_rules_do_what_their_sentences_say() -> None:
    long_ago = now() - timedelta(days=9000)
    person = Person.objects.create_person("a@b.fi", "A")
    LoginLink.objects.create(digest="x", person=person, made_at=long_ago, valid_until=long_ago)
    source = Source.objects.create(key="x", adapter="table", name="X")
    for days in (9001, 9000):
        ImportRun.objects.create(source=source, by="p", started_at=now() - timedelta(days=days), rejected=[{"row": 1}])
    upload = Upload.objects.create(source=source, name="a.csv", by="p", sent_at=long_ago)
    UploadPiece.objects.create(upload=upload, number=0, data=b"Nimi;Puhelin")
    send_email(to="a@b.fi", subject="Hei", text="Terve!", kind="test")
    Message.objects.update(queued_at=now() - timedelta(days=100), next_at=None, state="sent")
    for row in rule_rows(now()):
        confirm(row.rule.code, row.rule.version, by="p1")
    run(now())
    assert not LoginLink.objects.exists()
    assert [run.rejected for run in ImportRun.objects.all()] == [[]]
    assert not Upload.objects.exists()
    assert not UploadPiece.objects.exists()
    assert Message.objects.values_list("text", "to", "subject").get() == ("", "", "")
    assert Trace.objects.filter(verb="retention.ran").exists()


def test_the_command_tells_and_removes_unless_told_not_to() -> None:
    word(2000)
    out = io.StringIO()
    call_command("retention", stdout=out)
    assert "       1  Palautteet vastauksineen poistetaan kolmen vuoden kuluttua. (ei vahvistettu, ei poisteta)" in out.getvalue()
    confirmed("directory.feedback")
    call_command("retention", "--dry-run", stdout=out)
    assert Feedback.objects.count() == 1
    call_command("retention", stdout=out)
    assert "Poistettiin tai tehtiin nimettömäksi 1 riviä." in out.getvalue()


def test_the_page_tells_every_rule_and_confirms_one(enter: Enter) -> None:
    word(2000)
    client = enter("data_protection")
    page = client.get(ADDRESS).content.decode()
    assert "Palautteet vastauksineen poistetaan kolmen vuoden kuluttua." in page
    assert "Odottaa vahvistusta" in page
    rule = rules.rule("directory.feedback")
    assert rule is not None
    assert client.post(f"{ADDRESS}directory.feedback/", {"version": "vanha"}).status_code == 409
    assert client.post(f"{ADDRESS}directory.feedback/", {"version": rule.version}).status_code == 302
    assert "Käytössä" in client.get(ADDRESS).content.decode()


def test_a_hold_is_placed_and_released_on_the_page(enter: Enter) -> None:
    thing = f"directory.Feedback:{word(1).pk}"
    client = enter("data_protection")
    assert "Tällaista tietoa ei ole" in client.post(f"{ADDRESS}esta/", {"thing": "x:1", "reason": "Valitus"}).content.decode()
    assert client.post(f"{ADDRESS}esta/", {"thing": thing, "reason": ""}).status_code == 422
    assert client.post(f"{ADDRESS}esta/", {"thing": thing, "reason": "Valitus"}).status_code == 302
    assert "jo estetty" in client.post(f"{ADDRESS}esta/", {"thing": thing, "reason": "Valitus"}).content.decode()
    held = LegalHold.objects.get()
    assert "Valitus" in client.get(ADDRESS).content.decode()
    client.post(f"{ADDRESS}esta/{held.pk}/")
    assert "Minkään poistamista ei ole estetty." in client.get(ADDRESS).content.decode()
