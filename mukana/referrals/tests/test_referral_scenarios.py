"""The acceptance scenarios of the closed loop that need no page, as stories."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mukana.attendance.actions import mark
from mukana.directory.models import Entry
from mukana.lib.clock import now, today
from mukana.lib.moments import ZONE
from mukana.outbox.models import Message
from mukana.outbox.tests.boxes import saying
from mukana.referrals.actions import accompanying, answering, contacting, ending, glass, offering, supporting, visiting, working
from mukana.referrals.actions.errands import finish
from mukana.referrals.actions.permitting import Given
from mukana.referrals.actions.protecting import protect
from mukana.referrals.actions.telling import new_token
from mukana.referrals.actions.ticking import tick
from mukana.referrals.models import BreakGlass, Errand, Feedback, Letter, Permission, Placement, Referral, Support, Transition
from mukana.referrals.queries.access import looks
from mukana.referrals.queries.companions import candidates
from mukana.referrals.queries.unmet import unmet
from mukana.referrals.rules.codes import COORDINATOR, RECEIVER, RESIDENT, Deed
from mukana.referrals.tests import make
from mukana.referrals.tests.invariants import refused
from mukana.referrals.tests.make import AINO, REIJO, Time, deed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_lost")]


def test_2_nobody_is_referred_to_an_entry_that_has_not_been_confirmed_for_a_year(time: Time) -> None:
    case = make.talking()
    stale = make.group("Vanha ryhmä", reviewed_on=today() - timedelta(days=400))
    assert "vahvistettu" in str(refused("expired", offering.propose, case, stale, deed()).facts["why"])
    placement = offering.propose(case, make.group(), deed())
    make.allow(case, placement.entry)
    Entry.objects.filter(pk=placement.entry_id).update(status="withdrawn")
    refused("withdrawn", offering.request, Placement.objects.get(pk=placement.pk), deed())


def journey(time: Time, who: object, channel: str) -> Referral:
    """One whole case, every move by the given channel."""
    case, placement, session = make.scheduled(make.talking(who, channel=channel))  # type: ignore[arg-type]
    time.to(session.starts_at + timedelta(hours=2))
    mark(session.occurrence, placement.subject, "attended", how="phone" if channel == "paper" else "tap", by="p1")
    time.on(days=2)
    case = Referral.objects.get(pk=case.pk)
    working.follow_up(case, deed(channel=channel))
    for _ in range(3):
        working.followed_up(case, deed(channel=channel))
    return ending.close(case, "attending_regularly", deed(channel=channel))


def test_3_aino_with_a_landline_and_paper_goes_through_the_same_states_as_her_digital_twin(time: Time) -> None:
    aino = journey(time, AINO, "paper")
    time.to(make.MONDAY)
    reijo = journey(time, REIJO, "screen")

    def path(case: Referral) -> list[tuple[str, str, str]]:
        return [(row.thing, row.source, row.target) for row in Transition.objects.filter(referral=case)]

    assert path(aino) == path(reijo)
    letters = Letter.objects.filter(referral=aino)
    assert [letter.kind for letter in letters] == ["receipt", "plan", "first_session"]
    assert all("017 555 0100" in letter.text.replace("\u00a0", " ") for letter in letters)
    assert not Message.objects.filter(kind="referrals.resident", about=f"referrals.Referral:{aino.pk}").exists()
    assert Message.objects.filter(kind="referrals.resident", about=f"referrals.Referral:{reijo.pk}").count() == 3


def test_4_a_receiver_without_an_account_sees_no_name_before_the_yes_and_the_link_dies_with_it(time: Time) -> None:
    placement, token = make.requested(make.talking(AINO))
    before = answering.look(token).fields
    assert before == {"age_band": "75_84", "area": "Kuopio", "wish": "Kaipaan seuraa", "practical": ["walker"], "language": "fi"}
    assert not any(word in Message.objects.get(kind="referrals.offer").text for word in ("Aino", "Virtanen", "4567"))
    view = answering.accept(placement, answering.by_link(token))
    refused("answered", answering.look, token)
    _, fields = answering.see(view)
    assert (fields["name"], fields["phone"]) == ("Aino Virtanen", "+358171234567")
    assert looks(placement.referral.resident)[0].purpose == "receiver"

    other, _ = make.requested(make.talking(REIJO))
    answering.accept(other, Deed("p1", RECEIVER, "phone"))
    by_link, by_phone = (Transition.objects.get(thing_id=one.pk, target="accepted") for one in (placement, other))
    same = ("thing", "source", "target", "role", "reason")
    assert [getattr(by_link, name) for name in same] == [getattr(by_phone, name) for name in same]
    assert (by_link.channel, by_phone.channel) == ("link", "phone")
    assert saying("/tulija/", kind="referrals.offer").count() == 2


def test_5_a_no_is_no_dead_end(time: Time) -> None:
    case, placement = make.planned()
    answering.decline(placement, "full", Deed("link:x", RECEIVER, "link"), counter_proposal="Alkaa uudelleen 12.1.")
    errand = Errand.objects.get(kind="act_on_decline")
    assert (errand.owner, errand.words, errand.due_at.date()) == (
        "coordinator",
        "Alkaa uudelleen 12.1.",
        (now() + timedelta(days=2)).date(),
    )
    case.refresh_from_db()
    assert (case.state, case.owner_person, case.due_at.date()) == ("in_dialogue", make.mari(), (now() + timedelta(days=2)).date())
    assert unmet(today() - timedelta(days=7), today()) == {("297", "full"): 1}
    other, _ = make.requested(case, make.group("Tammikuun ryhmä"))
    assert other.state == "requested"
    refused("unknown_reason", answering.decline, other, "because", Deed("link:x", RECEIVER, "link"))


def test_6_silence_is_reminded_rung_and_recalled_over_epiphany_and_a_late_yes_is_refused(time: Time) -> None:
    time.to(datetime(2026, 12, 31, 9, tzinfo=ZONE))  # the Thursday before Epiphany week
    placement, token = make.requested()
    told = Message.objects.filter(kind="referrals.receiver")
    days = {}
    for _ in range(16):
        tick(time.on(days=1))
        placement.refresh_from_db()
        days.setdefault((placement.state, told.count(), Errand.objects.filter(kind="ring_receiver").count()), today().isoformat())
    assert days == {
        ("requested", 0, 0): "2027-01-01",
        ("requested", 1, 0): "2027-01-06",  # due on the 5th at 16, the clock ran on the 6th at 9
        ("requested", 1, 1): "2027-01-09",  # the 8th at 16
        ("recalled", 2, 1): "2027-01-13",  # the 12th at 16; the receiver is told
    }
    refused("recalled", answering.look, token)
    refused("recalled", answering.accept, placement, answering.by_link(token))


def test_7_an_unacknowledged_case_goes_to_the_deputy_and_the_lead_and_is_never_closed(time: Time) -> None:
    case = make.sent()
    receipt = Message.objects.get(kind="referrals.resident")
    assert "ma 30.11." in receipt.text.replace("\u00a0", " ")
    owners = []
    for _ in range(14):
        tick(time.on(days=1))
        case.refresh_from_db()
        owners.append(case.owner)
    assert owners[:6] == ["coordinator", "coordinator", "deputy", "deputy", "lead", "lead"]
    assert (case.state, case.owner_person.name) == ("sent", "Liisa Lead")
    assert case.due_at < now()
    assert Message.objects.filter(kind="referrals.staff").count() >= 3


def needs_company(time: Time) -> Support:
    who = make.variant(AINO, language="sv", gender_wish="woman", practical=("wheelchair",))
    given = (Given("referral"), Given("feedback"), Given("companion", ("name", "contact", "practical")))
    tuesday = make.MONDAY + timedelta(days=8, hours=1)
    make.scheduled(make.talking(who, wants_companion=True, permissions=given), at=tuesday)
    return Support.objects.get()


def test_8_a_companion_is_asked_one_at_a_time_replaced_and_sees_only_what_is_needed(time: Time) -> None:
    task = needs_company(time)
    fit = {"languages": ["sv"], "gender": "woman", "skills": ["wheelchair"]}
    ritva, backup = make.companion("Ritva Ek", **fit), make.companion("Berit Ås", **fit)
    gun = make.companion("Gun Berg", **fit)
    make.companion("Pekka", **{**fit, "gender": "man"})
    wrong = make.companion("Finska", gender="woman", skills=["wheelchair"])
    assert set(candidates(task)) == {ritva, backup, gun}
    assert refused("not_eligible", supporting.offer, task, wrong, deed("companions")).facts["obstacles"] == ["language"]
    supporting.offer(task, gun, deed("companions"))
    refused("same", supporting.offer, task, ritva, deed("companions"))
    tick(time.on(days=2))
    task.refresh_from_db()
    assert (task.state, task.owner) == ("needed", "companions")
    assert set(candidates(task)) == {ritva, backup}
    token = supporting.offer(task, ritva, deed("companions"), backup=backup)
    supporting.answer(token, yes=True)
    assert supporting.companion_view(token) == {
        "first_name": "Aino", "phone": "+358171234567", "practical": ["wheelchair"], "safe": ["no_voicemail"],
    }  # fmt: skip
    time.to(task.starts_at - timedelta(hours=20))
    task.refresh_from_db()
    supporting.release(task, "ill", Deed("link:x", "companion", "sms"))
    refused("not_yours", supporting.companion_view, token)
    assert set(Errand.objects.filter(done_at=None).values_list("kind", "owner")) >= {
        ("ring_resident", "link_worker"),
        ("find_companion", "companions"),
    }
    task.refresh_from_db()
    again = supporting.offer(task, backup, deed("companions"))
    supporting.answer(again, yes=True)
    time.to(task.starts_at + timedelta(hours=3))
    placement = task.placement
    mark(placement.sessions.get().occurrence, placement.subject, "attended", how="sms", by="p1")
    task.refresh_from_db()
    assert (task.state, task.visits) == ("accepted", 0)
    accompanying.was_along(task, Deed("link:x", "companion", "link"))
    assert (task.state, task.visits) == ("accompanied", 1)
    assert supporting.companion_view(again)["first_name"] == "Aino"
    time.on(days=8)
    refused("over", supporting.companion_view, again)


def test_9_a_missed_first_visit_is_a_call_and_the_second_one_a_talk(time: Time) -> None:
    _, placement, session = make.scheduled()
    time.to(session.starts_at + timedelta(hours=2))
    mark(session.occurrence, placement.subject, "missed", how="tap", by="link:x")
    placement.refresh_from_db()
    call = Errand.objects.get(kind="ring_resident")
    assert (placement.state, placement.missed, call.owner_person) == ("missed_first", 1, make.mari())
    assert call.due_at == placement.due_at
    finish(call, "transport", deed())
    starts = now() + timedelta(days=7)
    visiting.schedule(placement, visiting.When(starts, "Anneli"), deed())
    time.to(starts + timedelta(hours=2))
    visiting.settle(placement, "missed", Deed("p1", RECEIVER, "phone"))
    assert Errand.objects.filter(kind="talk", done_at=None).count() == 1
    refused("talk_first", visiting.schedule, placement, visiting.When(now() + timedelta(days=7), "Anneli"), deed())


def test_10_three_calls_on_one_day_are_not_three_days_and_a_call_back_reopens_the_same_case(time: Time) -> None:
    case = make.acknowledged(AINO)
    for hours in (0, 3, 4):
        time.on(hours=hours)
        contacting.attempt(case, "no_answer", deed(channel="phone"))
    refused("too_few_days", contacting.say_unreachable, case, deed())
    refused("no_voicemail", contacting.attempt, case, "left_message", deed(channel="phone"))
    refused("forbidden_channel", contacting.attempt, case, "no_answer", deed(channel="sms"))
    for _ in range(2):
        time.on(days=1)
        contacting.attempt(case, "no_answer", deed(channel="phone"))
    contacting.say_unreachable(case, deed())
    assert Letter.objects.filter(kind="not_reached").count() == 1
    assert Feedback.objects.filter(kind="not_reached", told="email").count() == 1
    refused("call_back_time", ending.close, case, "unreachable", deed())
    reference = case.reference
    time.on(days=10)
    contacting.called_back(case, deed(RESIDENT, "phone"))
    assert (case.state, case.reference) == ("in_dialogue", reference)


def test_10b_without_permission_the_referrer_hears_nothing(time: Time) -> None:
    case = make.acknowledged(AINO, permissions=(Given("referral"),))
    for _ in range(3):
        time.on(days=1, hours=5)
        contacting.attempt(case, "no_answer", deed(channel="phone"))
    contacting.say_unreachable(case, deed())
    assert not Feedback.objects.exists()
    assert not Message.objects.filter(kind="referrals.feedback").exists()


def test_11_address_protection_and_safe_contact_hold_in_everything_that_leaves(time: Time) -> None:
    case, placement, session = make.scheduled(make.talking(make.variant(AINO, phone="040 765 4321")))
    view = Placement.objects.get(pk=placement.pk)
    assert Letter.objects.exclude(text="").count() == 3
    protect(case.resident, deed(), protected=True, safe=["no_voicemail", "no_letter", "no_sms"])
    case.resident.refresh_from_db()
    assert case.resident.address == {}
    assert not Letter.objects.exclude(text="").exists()
    token, kept = new_token()
    Placement.objects.filter(pk=view.pk).update(view_digest=kept)
    _, fields = answering.see(token)
    assert not {"area", "address"} & set(fields)
    time.to(session.starts_at - timedelta(hours=3))
    letters, messages = Letter.objects.count(), Message.objects.filter(kind="referrals.resident").count()
    visiting.call_off(placement, "other", deed(RECEIVER, "phone"))
    assert (Letter.objects.count(), Message.objects.filter(kind="referrals.resident").count()) == (letters, messages)
    assert Errand.objects.filter(kind="ring_resident", due_at__date=today()).exists()
    everything = "".join([*Message.objects.values_list("text", flat=True), *(letter.text for letter in Letter.objects.all())])
    assert "Laiturikatu" not in everything


def test_12_a_withdrawal_by_phone_acts_everywhere_within_the_minute(time: Time) -> None:
    given = (Given("referral"), Given("feedback"), Given("companion", ("name",)))
    case, placement, _ = make.scheduled(make.talking(wants_companion=True, permissions=given))
    token, kept = new_token()
    Placement.objects.filter(pk=placement.pk).update(view_digest=kept)
    company = supporting.offer(Support.objects.get(), make.companion(), deed("companions"))
    supporting.answer(company, yes=True)
    time.to(datetime(2026, 11, 23, 16, 1, tzinfo=ZONE))
    ending.withdraw(case, Deed("p1", RESIDENT, "phone"))
    time.to(datetime(2026, 11, 23, 16, 2, tzinfo=ZONE))
    refused("withdrawn", answering.see, token)
    refused("withdrawn", supporting.companion_view, company)
    asked = Errand.objects.get(kind="deletion_confirmed", done_at=None)
    assert asked.due_at.date() == datetime(2026, 11, 30).date()
    leaving = list(Message.objects.filter(state="queued", about=f"referrals.Referral:{case.pk}"))
    assert {message.kind for message in leaving} == {"referrals.receiver", "referrals.companion", "referrals.feedback"}
    assert not any("Reijo" in message.text + message.subject for message in leaving)
    assert Feedback.objects.get(kind="withdrawn").outcome == ""
    assert not Permission.objects.filter(withdrawn_at=None).exists()
    answering.confirm_deletion(placement, deed(RECEIVER, "phone"))
    assert placement.deletion_confirmed_at == now()
    assert Transition.objects.filter(thing="case", target="withdrawn").count() == 1


def test_13_breaking_the_glass_shows_contacts_for_an_hour_and_is_reviewed(time: Time) -> None:
    officer = make.person("data_protection", "Outi Officer")
    case = make.sent(AINO)
    night = make.person("link_worker", "Yö Päivystys")
    refused("no_reason", glass.open_glass, case.resident, night, "siksi")
    opened = glass.open_glass(case.resident, night, "Puhelussa uhka hengelle, linja katkesi")
    assert Message.objects.get(kind="referrals.privacy").to == officer.email
    assert glass.contacts(opened, night) == {"name": "Aino Virtanen", "phone": "+358171234567", "safe": ["no_voicemail"]}
    refused("not_yours", glass.contacts, opened, officer)
    time.on(minutes=60)
    refused("closed", glass.contacts, opened, night)
    tick(time.on(days=2))
    opened.refresh_from_db()
    assert (opened.owner, opened.owner_person) == ("privacy", officer)  # nobody else can review it
    assert [look.purpose for look in looks(case.resident)] == ["break_glass", "glass.broken"]
    refused("second_person", glass.review, opened, "justified", night)
    refused("unknown_decision", glass.review, opened, "fine", officer)
    refused("no_reason", glass.review, opened, "justified", officer, hide_days=30)
    glass.review(opened, "justified", officer, hide_days=30, hide_reason="Tutkinta kesken")
    refused("done_already", glass.review, opened, "justified", officer)
    assert looks(case.resident) == []
    assert BreakGlass.objects.get().decision == "justified"


def test_the_clock_run_twice_does_nothing_twice(time: Time) -> None:
    make.sent()
    make.requested()
    moment = time.on(days=5)
    tick(moment)
    before = (Transition.objects.count(), Errand.objects.count(), Message.objects.count())
    tick(moment)
    assert (Transition.objects.count(), Errand.objects.count(), Message.objects.count()) == before


def test_the_coordinator_away_has_her_turns_at_the_deputy(time: Time) -> None:
    from mukana.referrals.models import Absence

    area = make.area()
    Absence.objects.create(person=area.coordinator, first=today(), last=today() + timedelta(days=7), cover=area.deputy)
    assert make.sent().owner_person == area.deputy


def test_coordinators_and_receivers_race_to_one_clear_outcome(time: Time) -> None:
    case = make.sent()
    twin = Referral.objects.get(pk=case.pk)
    working.acknowledge(case, make.mari(), deed(COORDINATOR))
    refused("same", working.acknowledge, twin, make.mari(), deed(COORDINATOR))
    placement, _ = make.requested(make.talking())
    other = Placement.objects.get(pk=placement.pk)
    answering.accept(placement, deed(RECEIVER, "phone"))
    refused("no_such_move", answering.decline, other, "full", deed(RECEIVER, "phone"))
