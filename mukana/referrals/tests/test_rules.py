from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.lib.holidays import is_working_day
from mukana.lib.moments import ZONE, as_local
from mukana.referrals.rules import cases, clocks, placements, sessions, support
from mukana.referrals.rules.attempts import Try, check_unreachable, daypart, next_try
from mukana.referrals.rules.clocks import ACTS, due, next_step, wd
from mukana.referrals.rules.codes import ERRANDS, QUEUES, ROLES, Refused
from mukana.referrals.rules.disclosure import COMPANION, EMERGENCY, PREVIEW, RECEIVER, STAFF, Facts, shown
from mukana.referrals.rules.machine import Machine
from mukana.referrals.rules.permitting import Grant, check_grant, granted, permitted
from mukana.referrals.rules.reaching import CALL, IN_PERSON, LETTER, SAFE_RULES, WAYS, Reach, check_voicemail, check_way, usable, way_for
from mukana.referrals.rules.writing import LENGTH, check_free_text, clean_reference, new_reference, tells_danger
from mukana.referrals.tests.invariants import refused

NOW = datetime(2026, 11, 23, 10, tzinfo=ZONE)  # a Monday
MACHINES = [
    (cases.CASE, cases.WATCHES),
    (placements.PLACEMENT, placements.WATCHES),
    (support.SUPPORT, support.WATCHES),
]
moments = st.datetimes(datetime(2024, 1, 1), datetime(2031, 12, 31)).map(as_local)


@pytest.mark.parametrize(("machine", "watches"), MACHINES, ids=lambda one: getattr(one, "name", ""))
def test_every_open_state_has_an_owner_and_a_clock_and_no_final_one_has(machine: Machine, watches: dict[str, clocks.Watch]) -> None:
    assert set(watches) == machine.open
    assert all(watch.owner in QUEUES for watch in watches.values())
    steps = [step for watch in watches.values() for step in watch.steps]
    assert {step.act for step in steps} <= set(ACTS)
    assert all(step.to in (*QUEUES, *ERRANDS, "silent", "expire", "") for step in steps)


@pytest.mark.parametrize("machine", [row[0] for row in MACHINES] + [sessions.SESSION], ids=lambda one: one.name)
def test_every_state_can_be_reached_and_every_open_one_left(machine: Machine) -> None:
    found = set(machine.start)
    while more := {target for source, target in machine.moves if source in found} - found:
        found |= more
    assert found == set(machine.states)
    assert all(machine.onward(state) for state in machine.open)
    assert all(move.roles <= set(ROLES) for move in machine.moves.values())


@pytest.mark.parametrize(("machine", "watches"), MACHINES, ids=lambda one: getattr(one, "name", ""))
@given(data=st.data(), start=moments)
def test_whatever_happens_only_tabled_moves_pass_and_no_open_object_lacks_owner_or_due_time(
    machine: Machine, watches: dict[str, clocks.Watch], data: st.DataObject, start: datetime
) -> None:
    state, moment = machine.start[0], start
    for _ in range(12):
        target = data.draw(st.sampled_from(machine.states))
        role = data.draw(st.sampled_from(ROLES))
        moment += timedelta(hours=data.draw(st.integers(0, 200)))
        try:
            machine.check(state, target, role, data.draw(st.sampled_from(["", "other"])))
        except Refused:
            continue
        assert role in machine.moves[state, target].roles
        state = target
        if state in machine.open:
            watch = watches[state]
            urgent = data.draw(st.booleans())
            limit = due(moment, watch.limit, urgent=urgent)
            assert watch.owner
            assert is_working_day(limit.date())
            assert next_step(watch, moment, data.draw(st.integers(0, 9)), urgent=urgent).at is not None


def test_the_clock_never_closes_declines_or_withdraws() -> None:
    final = {target for (_, target), move in cases.CASE.moves.items() if "system" in move.roles and target in cases.FINAL}
    assert final == set()
    declining = {target for (_, target), move in placements.PLACEMENT.moves.items() if "system" in move.roles}
    assert "declined" not in declining
    assert "ended" not in declining


@given(since=moments, amount=st.integers(0, 25), urgent=st.booleans())
def test_a_limit_ends_at_four_on_a_working_day_and_urgent_is_never_later(since: datetime, amount: int, urgent: bool) -> None:
    found = due(since, wd(amount), urgent=urgent)
    assert (found.hour, found.minute) == (16, 0)
    assert is_working_day(found.date())
    assert found.date() >= since.date()
    assert due(since, wd(amount), urgent=True) <= due(since, wd(amount))


@given(since=moments, urgent=st.booleans(), which=st.sampled_from(MACHINES), data=st.data())
def test_steps_come_in_order_and_never_end(
    since: datetime, urgent: bool, which: tuple[Machine, dict[str, clocks.Watch]], data: st.DataObject
) -> None:
    watch = which[1][data.draw(st.sampled_from(sorted(which[1])))]
    times = [next_step(watch, since, done, urgent=urgent).at for done in range(len(watch.steps) + 4)]
    assert all(one <= other for one, other in pairwise(times))
    assert times[-1] > times[len(watch.steps)]


def test_three_working_days_over_independence_day_christmas_and_epiphany() -> None:
    assert due(datetime(2026, 12, 22, 9, tzinfo=ZONE), wd(3)).date() == date(2026, 12, 29)  # eve and two holidays between
    assert due(datetime(2026, 12, 31, 9, tzinfo=ZONE), wd(2)).date() == date(2027, 1, 5)
    assert due(datetime(2027, 1, 5, 9, tzinfo=ZONE), wd(1)).date() == date(2027, 1, 7)


def test_urgent_halves_upwards_unless_said_otherwise() -> None:
    assert [wd(n).of(True) for n in (1, 2, 3, 10)] == [1, 1, 2, 5]
    assert cases.WATCHES["acknowledged"].limit.of(True) == 1


def test_three_attempts_on_one_day_are_not_three_days() -> None:
    one_day = [Try(NOW + timedelta(hours=hours), "phone", "no_answer") for hours in (0, 3, 7)]
    refused("too_few_days", check_unreachable, one_day)
    refused("too_few_attempts", check_unreachable, one_day[:2])
    mornings = [Try(NOW + timedelta(days=n), "phone", "no_answer") for n in range(3)]
    refused("one_way_only", check_unreachable, mornings)
    check_unreachable([*mornings[:2], Try(NOW + timedelta(days=2), "sms", "no_answer")])
    check_unreachable([*mornings[:2], Try(NOW + timedelta(days=20), "sms", "no_answer")])
    refused("too_few_attempts", check_unreachable, [*mornings[:2], Try(NOW + timedelta(days=30), "sms", "no_answer")])
    refused("too_few_attempts", check_unreachable, [])
    check_unreachable([*mornings[:2], Try(NOW + timedelta(days=2, hours=8), "phone", "busy")])


def test_the_next_try_is_another_part_of_the_next_working_day() -> None:
    friday = datetime(2026, 11, 27, 10, tzinfo=ZONE)
    proposed = next_try([Try(friday, "phone", "no_answer")], friday)
    assert (proposed.date(), daypart(proposed)) == (date(2026, 11, 30), "afternoon")
    assert daypart(next_try([], friday)) == "morning"


REACHES = st.builds(
    Reach, preferred=st.sampled_from(WAYS), has_mobile=st.booleans(), has_phone=st.booleans(), has_email=st.booleans(),
    has_address=st.booleans(), safe=st.frozensets(st.sampled_from(SAFE_RULES)), protected=st.booleans(),
)  # fmt: skip


@given(REACHES, st.booleans())
def test_no_forbidden_or_missing_channel_is_ever_chosen(reach: Reach, urgent: bool) -> None:
    way = way_for(reach, urgent=urgent)
    assert f"no_{way}" not in reach.safe
    assert way == IN_PERSON or {"sms": reach.has_mobile, "email": reach.has_email, "letter": reach.has_address}.get(way, True)
    assert not (way == LETTER and reach.protected)
    check_way(reach, way)
    for other in set(WAYS) - set(usable(reach)):
        refused("forbidden_channel", check_way, reach, other)


def test_a_call_is_for_the_urgent_and_no_message_is_left_where_that_is_forbidden() -> None:
    aino = Reach("letter", has_phone=True, has_address=True, safe=frozenset({"no_voicemail"}))
    assert (way_for(aino), way_for(aino, urgent=True)) == (LETTER, CALL)
    refused("no_voicemail", check_voicemail, aino, "left_message")
    check_voicemail(aino, "no_answer")


VALUES = {
    "age_band": "75_84", "area": "Kuopio", "wish": "seuraa", "practical": ["walker"], "language": "fi", "name": "Aino Virtanen",
    "first_name": "Aino", "phone": "+358401234567", "email": "a@example.fi", "safe": "ei vastaajaan", "address": "Laiturikatu 1",
}  # fmt: skip
GROUPS = st.frozensets(st.sampled_from(["area", "wish", "practical", "language", "name", "contact", "pick_up"]))


@given(GROUPS, st.booleans(), st.frozensets(st.sampled_from(SAFE_RULES)))
def test_nobody_sees_more_than_is_permitted_and_a_preview_never_a_name(
    groups: frozenset[str], protected: bool, safe: frozenset[str]
) -> None:
    facts = Facts(VALUES, protected, safe)
    seen = {audience: shown(audience, facts, groups) for audience in (PREVIEW, RECEIVER, COMPANION, EMERGENCY, STAFF)}
    assert not {"name", "first_name", "phone", "email", "address"} & set(seen[PREVIEW])
    assert "name" not in seen[RECEIVER] or "name" in groups
    assert "phone" not in seen[RECEIVER] or "contact" in groups
    assert not {"wish", "name", "email"} & set(seen[COMPANION])
    if protected:
        assert not any({"address", "area"} & set(fields) for fields in seen.values())
    if "no_email" in safe:
        assert "email" not in seen[RECEIVER] | seen[EMERGENCY]


def test_permissions_stand_per_receiver_until_withdrawn_or_over() -> None:
    grants = [
        Grant("receiver", frozenset({"name"}), NOW, "e1"),
        Grant("receiver", frozenset({"contact"}), NOW + timedelta(hours=1), "e1", valid_to=NOW + timedelta(days=1)),
        Grant("feedback", frozenset(), NOW, withdrawn_at=NOW),
    ]
    assert granted(grants, "receiver", NOW, "e1") == {"contact"}  # the newest one decides
    assert granted(grants, "receiver", NOW + timedelta(days=2), "e1") == {"name"}
    assert granted(grants, "receiver", NOW, "e2") == frozenset()
    assert not permitted(grants, "feedback", NOW)
    refused("unknown_permission", check_grant, "all", [], "oral", "")
    refused("unknown_field", check_grant, "receiver", ["diagnosis"], "oral", "e1")
    refused("no_receiver", check_grant, "receiver", ["name"], "oral", "")


def test_identity_codes_are_refused_and_danger_is_seen() -> None:
    refused("identity_code", check_free_text, "Tunnus 131052-308T kuten ennen")
    refused("too_long", check_free_text, "a" * 501)
    assert check_free_text("  Kaipaan seuraa ") == "Kaipaan seuraa"
    assert tells_danger("Ajattelen itsemurhaa")
    assert not tells_danger("Kaipaan seuraa ja kahvia")


@pytest.mark.parametrize("turn", range(20))
def test_a_reference_can_be_read_aloud_and_typed_back(turn: int) -> None:
    made = new_reference()
    assert len(made) == LENGTH
    assert not set(made) & set("01OILSBQGUZ")
    assert clean_reference(f" {made[:5].lower()}-{made[5:]} ") == made
    assert clean_reference("liian lyhyt") == ""


def test_an_unreachable_case_is_not_closed_before_the_time_to_call_back_is_over() -> None:
    refused("call_back_time", cases.check_unreachable_over, "unreachable", NOW + timedelta(days=3), NOW, "unreachable")
    cases.check_unreachable_over("unreachable", NOW, NOW, "unreachable")
    refused("unknown_outcome", cases.check_close, "active", "cured", follow_ups_left=0)
    refused("not_closable", cases.check_close, "contacting", "own_path_found", follow_ups_left=0)
    refused("unknown_outcome", cases.check_close, "unreachable", "own_path_found", follow_ups_left=0)
    refused("follow_up_left", cases.check_close, "follow_up", "attending_regularly", follow_ups_left=2)
    cases.check_close("draft", "duplicate", follow_ups_left=0)
    cases.check_close("active", "own_path_found", follow_ups_left=0)


def test_limits_of_pausing_redirecting_and_reopening() -> None:
    refused("pause_too_long", cases.check_pause, NOW.date() + timedelta(days=91), NOW.date())
    refused("pause_too_long", cases.check_pause, NOW.date(), NOW.date())
    cases.check_pause(NOW.date() + timedelta(days=90), NOW.date())
    refused("redirected_enough", cases.check_redirect, 2)
    cases.check_redirect(1)
    refused("too_old_to_reopen", cases.check_reopen, NOW - timedelta(days=366), NOW)
    cases.check_reopen(NOW - timedelta(days=365), NOW)


def test_a_first_session_lies_ahead_near_enough_and_somebody_named_meets() -> None:
    check = sessions.check_schedule
    refused("past", check, NOW, "Anneli", NOW, NOW, group_starts=None)
    refused("no_host", check, NOW + timedelta(days=2), " ", NOW, NOW, group_starts=None)
    far = NOW + timedelta(days=50)
    refused("too_far_ahead", check, far, "Anneli", NOW, NOW, group_starts=None)
    check(far, "Anneli", NOW, NOW, group_starts=far)
    check(NOW + timedelta(days=5), "Anneli", NOW, NOW, group_starts=None)
    assert sessions.by_phone(NOW + timedelta(hours=23), NOW)


def test_reasons_are_codes_and_the_third_booking_waits_for_a_talk() -> None:
    refused("unknown_reason", placements.check_reason, "declined", "bad mood")
    placements.check_reason("declined", "full")
    placements.check_reason("accepted", "")
    refused("talk_first", placements.check_rebooking, 2)
    placements.check_rebooking(1)
