"""What is kept how long: every end has its rule, and nothing personal outlives it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from mukana.audit.queries import due_rows, rule_rows
from mukana.audit.rules import rule
from mukana.lib.clock import now
from mukana.lib.sealed import SealedText
from mukana.outbox.models import Message
from mukana.referrals.actions import contacting, ending
from mukana.referrals.actions.glass import open_glass
from mukana.referrals.actions.referring import draft, refer_for
from mukana.referrals.models import Letter, Referral, Resident, Transition
from mukana.referrals.queries.chain import broken_link
from mukana.referrals.queries.finding import matching
from mukana.referrals.queries.funnel import funnel
from mukana.referrals.queries.texting import case_known_by
from mukana.referrals.rules.codes import COORDINATOR, PROXY, REFERRER, RESIDENT
from mukana.referrals.tests import make
from mukana.referrals.tests.invariants import refused
from mukana.referrals.tests.make import AINO, Time, deed

pytestmark = pytest.mark.django_db


def run(code: str) -> int:
    rule_rows(now())  # reads the rules of every app
    found = rule(code)
    assert found is not None
    assert callable(found.action)
    return found.action(due_rows(found, now()))


def personal() -> str:
    """Everything the sealed columns and the outbox hold, opened."""
    words = []
    for model in apps.get_app_config("referrals").get_models():
        names = [column.name for column in model._meta.concrete_fields if isinstance(column, SealedText)]
        words += [str(row) for row in model._default_manager.values_list(*names)] if names else []
    return "".join([*words, *map(str, Message.objects.values_list("to", "text", "subject"))])


def test_a_withdrawn_case_is_anonymous_after_thirty_days_and_still_counted(time: Time) -> None:
    case, _, _ = make.scheduled(make.talking(AINO))
    open_glass(case.resident, make.mari(), "Puhelussa uhka hengelle Aino Virtanen")
    ending.withdraw(case, deed(RESIDENT, "phone"))
    time.on(days=29)
    assert run("referrals.withdrawn") == 0
    assert "Virtanen" in personal()
    time.on(days=2)
    assert run("referrals.withdrawn") == 1
    assert run("referrals.withdrawn") == 0
    assert not any(word in personal() for word in ("Aino", "Virtanen", "171234567", "Laiturikatu", "Kaipaan"))
    case.refresh_from_db()
    assert broken_link(case) == 0
    assert funnel(case.sent_at.date(), case.sent_at.date()).placed == 1
    assert not Letter.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone, address, name_tag, phone_tag FROM referrals_resident")
        assert cursor.fetchall() == [("", "", "", "", "")]


def test_what_a_closed_case_was_found_by_goes_with_its_person_and_a_withdrawn_one_is_found_by_nobody_at_once(time: Time) -> None:
    closed, withdrawn = make.talking(), make.talking(AINO)
    ending.withdraw(withdrawn, deed(RESIDENT, "phone"))
    assert (matching("Aino Virtanen"), case_known_by("+358171234567", now())) == ([], None)
    ending.close(closed, "own_path_found", deed())
    assert len(matching("Räsänen Reijo")) == 1
    time.on(days=731)
    assert run("referrals.closed") == 1
    assert matching("Reijo Räsänen") == []
    assert set(Resident.objects.filter(pk=closed.resident_id).values_list("name_tag", "phone_tag")) == {("", "")}


def test_nothing_is_left_by_which_an_anonymous_case_could_be_told(time: Time) -> None:
    case, _, session = make.scheduled(make.talking(AINO, unit="Puijon terveysasema, Noora Hoitaja"))
    was = case.reference
    ending.close(Referral.objects.get(pk=case.pk), "duplicate", deed())
    time.on(days=731)
    assert run("referrals.closed") == 1
    case = Referral.objects.select_related("resident").get(pk=case.pk)
    assert (case.referrer_unit, case.reference == was, str(case.area)) == ("", False, "Kuopio")
    left = case.resident
    assert (left.age_band, left.municipality, left.practical, left.safe, left.language) == ("unknown", None, [], [], "fi")
    session.refresh_from_db()
    assert (session.host, session.bring) == ("", "")


def test_a_draft_goes_whole_after_a_fortnight(time: Time) -> None:
    draft(make.form(), deed(PROXY))
    time.on(days=15)
    assert run("referrals.drafts") == 1
    assert (Referral.objects.count(), Resident.objects.count(), Transition.objects.count()) == (0, 0, 0)


def test_what_a_resident_never_confirmed_goes_whole_and_nothing_sent_about_it_is_left(time: Time) -> None:
    refer_for(make.form(), deed(PROXY))
    asked = Message.objects.get(kind="referrals.resident")
    time.on(days=59)
    assert run("referrals.unconfirmed") == 0
    time.on(days=2)
    assert run("referrals.unconfirmed") == 1
    assert (Referral.objects.count(), Resident.objects.count(), Transition.objects.count()) == (0, 0, 0)
    asked.refresh_from_db()
    assert (asked.to, asked.text) == ("", "")


def test_the_coordinator_ends_what_was_never_confirmed_only_when_its_time_is_over_and_it_goes_too(time: Time) -> None:
    case = refer_for(make.form(), deed(PROXY))
    refused("call_back_time", ending.close, case, "unreachable", deed(COORDINATOR))
    refused("not_closable", ending.close, case, "own_path_found", deed(COORDINATOR))
    assert case.due_at is not None
    time.to(case.due_at)
    ending.close(case, "unreachable", deed(COORDINATOR))
    assert (case.state, case.outcome) == ("closed", "unreachable")
    time.on(days=60)
    assert run("referrals.unconfirmed") == 1
    assert Resident.objects.count() == 0


def test_a_resident_with_another_case_that_goes_on_keeps_what_it_needs(time: Time) -> None:
    old, going_on = make.sent(AINO), make.sent(AINO)
    Referral.objects.filter(pk=going_on.pk).update(resident=old.resident)
    ending.close(old, "duplicate", deed(COORDINATOR))
    time.on(days=731)
    assert run("referrals.closed") == 1
    assert Resident.objects.get(pk=old.resident_id).name == "Aino Virtanen"


def test_what_was_in_vain_is_kept_half_a_year_and_what_was_not_two_years(time: Time) -> None:
    vain = make.acknowledged(AINO)
    for hours in (0, 24, 29):
        time.on(hours=hours)
        contacting.attempt(vain, "no_answer", deed(channel="phone"))
    contacting.say_unreachable(vain, deed())
    time.to(vain.due_at)
    ending.close(vain, "unreachable", deed())
    ending.close(make.talking(), "own_path_found", deed())
    ending.cancel(make.sent(make.variant(AINO, name="Kolmas Ihminen")), "mistake", deed(REFERRER))
    time.on(days=184)
    assert (run("referrals.in_vain"), run("referrals.closed")) == (2, 0)
    time.on(days=600)
    assert (run("referrals.in_vain"), run("referrals.closed")) == (0, 1)
    assert Referral.objects.filter(anonymised_at=None).count() == 0
