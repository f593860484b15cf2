"""Whatever moves the tables of referrals allow, their Tasks in FHIR go only where Gravity's graph goes."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.api.fhir.mapping.gravity import EDGES, OPEN, WITH_REASON, steps
from mukana.api.fhir.mapping.history import (
    ENDED_WELL,
    Event,
    Version,
    coordination_versions,
    last_change,
    placement_versions,
    support_versions,
)
from mukana.api.fhir.mapping.parts import BUSINESS
from mukana.lib.moments import ZONE
from mukana.lib.testing import shared_path
from mukana.referrals.rules.cases import CASE, PAUSE_REASONS, REDIRECT_REASONS
from mukana.referrals.rules.codes import DECLINE_REASONS, OUTCOMES
from mukana.referrals.rules.machine import Machine
from mukana.referrals.rules.placements import END_REASONS, PLACEMENT, RECALL_REASONS
from mukana.referrals.rules.support import REASONS, SUPPORT

START = datetime(2026, 11, 23, 9, tzinfo=ZONE)
REASON = {
    "declined": DECLINE_REASONS, "recalled": RECALL_REASONS, "ended": END_REASONS, "closed": OUTCOMES, "paused": PAUSE_REASONS,
    "sent": REDIRECT_REASONS,
}  # fmt: skip


@st.composite
def walks(draw: st.DrawFn, machine: Machine, reasons: tuple[str, ...] = ()) -> list[Event]:
    """A history that the machine allows, with what the clock only reminded of between."""
    state = draw(st.sampled_from(machine.start))
    events = [Event(1, "", state, START)]
    for _ in range(draw(st.integers(0, 14))):
        at = START + timedelta(hours=len(events))
        if draw(st.booleans()):
            events.append(Event(len(events) + 1, state, state, at, "system", "system", "system", "remind"))
        onward = machine.onward(state)
        if not onward:
            break
        move = draw(st.sampled_from(onward))
        reason = draw(st.sampled_from(reasons or REASON.get(move.target, ("other",)))) if move.reason else ""
        events.append(Event(len(events) + 1, state, move.target, at, draw(st.sampled_from(sorted(move.roles))), "p1", "phone", reason))
        state = move.target
    return events


def check_walk(versions: list[Version]) -> None:
    """Numbered from one, begun as requested, each step drawn in the graph, each stop explained."""
    assert [version.number for version in versions] == list(range(1, len(versions) + 1))
    assert [version.at for version in versions] == sorted(version.at for version in versions)
    assert not versions or versions[0].status == "requested"
    for before, after in pairwise(versions):
        assert before.status == after.status or (before.status, after.status) in EDGES
        assert before.status in OPEN
    assert all(bool(version.reason) == (version.status in WITH_REASON) for version in versions)


@given(walks(PLACEMENT))
def test_every_history_of_an_offer_is_a_walk_in_the_graph(events: list[Event]) -> None:
    versions = placement_versions(events)
    check_walk(versions)
    assert bool(versions) == any(event.target == "requested" for event in events)
    assert all(version.business in BUSINESS for version in versions)
    state, last = events[-1].target, versions[-1].status if versions else ""
    if versions:
        assert (last in OPEN) == (state in PLACEMENT.open)
    if state == "ended" and events[-1].reason not in ENDED_WELL:
        assert last == "failed"


@given(walks(SUPPORT, REASONS))
def test_every_history_of_coming_along_is_a_walk_in_the_graph(events: list[Event]) -> None:
    versions = support_versions(events)
    check_walk(versions)
    assert (versions[-1].status in OPEN) == (events[-1].target in SUPPORT.open)


@given(walks(CASE))
def test_every_history_of_a_case_is_walks_in_the_graph_one_after_another(events: list[Event]) -> None:
    rounds = coordination_versions(events)
    for versions in rounds:
        check_walk(versions)
    assert all(versions[-1].status not in OPEN for versions in rounds[:-1])
    assert bool(rounds) == any(event.target == "sent" or (event.source, event.target) == ("closed", "in_dialogue") for event in events)


def history(*states: str, reason: str = "other") -> list[Event]:
    pairs = zip(("", *states), states, strict=False)
    return [Event(n, source, target, START + timedelta(days=n), "link_worker", reason=reason) for n, (source, target) in enumerate(pairs)]


def told(versions: list[Version]) -> list[tuple[str, str]]:
    return [(version.status, version.business) for version in versions]


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (["proposed"], []),
        (["proposed", "recalled"], []),
        (["proposed", "requested"], [("requested", "2.0")]),
        (["proposed", "requested", "accepted"], [("requested", "2.0"), ("accepted", "3.0")]),
        (["proposed", "requested", "declined"], [("requested", "2.0"), ("rejected", "4.0")]),
        (["proposed", "requested", "recalled"], [("requested", "2.0"), ("cancelled", "5.2")]),
        (["proposed", "requested", "accepted", "recalled"], [("requested", "2.0"), ("accepted", "3.0"), ("cancelled", "6.0")]),
    ],
)
def test_the_beginning_of_an_offer(states: list[str], expected: list[Any]) -> None:
    assert told(placement_versions(history(*states))) == expected


def test_a_waiting_list_is_two_versions_and_leads_on_only_through_in_progress() -> None:
    versions = placement_versions(history("proposed", "requested", "waitlisted", "scheduled", "first_attended"))
    assert told(versions) == [
        ("requested", "2.0"),
        ("accepted", "3.0"),
        ("on-hold", "3.0"),
        ("in-progress", "5.1.1"),
        ("in-progress", "5.1.4"),
    ]
    assert versions[1].at == versions[2].at
    assert told(placement_versions(history("requested", "waitlisted", "declined")))[-1] == ("cancelled", "6.0")


def test_a_missed_or_cancelled_first_visit_is_booked_again_through_in_progress() -> None:
    states = ("requested", "accepted", "scheduled", "missed_first", "scheduled", "session_cancelled", "scheduled", "first_attended")
    assert [one[0] for one in told(placement_versions(history(*states)))] == [
        "requested", "accepted", "accepted", "on-hold", "in-progress", "on-hold", "in-progress", "in-progress",
    ]  # fmt: skip


def test_only_who_came_has_completed_anything() -> None:
    came = history("requested", "accepted", "scheduled", "first_attended", "ended", reason="ended_well")
    never = history("requested", "accepted", "scheduled", "missed_first", "ended", reason="moved_on")
    assert told(placement_versions(came))[-1] == ("completed", "7.0")
    assert told(placement_versions(never))[-1] == ("failed", "6.0")


def test_another_unit_and_another_opening_have_a_coordination_of_their_own() -> None:
    events = history("draft", "sent", "acknowledged", "sent", "acknowledged", "contacting", "in_dialogue", "closed", "in_dialogue")
    ends = [versions[-1].status for versions in coordination_versions(events)]
    assert ends == ["cancelled", "failed", "in-progress"]


def test_what_the_clock_only_reminded_of_is_no_change() -> None:
    events = [*history("sent"), Event(9, "sent", "sent", START + timedelta(days=9), "system", reason="remind")]
    assert last_change(events) == events[0].at
    assert last_change(events[1:]) is None


def test_out_of_an_end_there_is_no_way() -> None:
    with pytest.raises(ValueError, match="no way"):
        steps("completed", "in-progress")


def test_our_graph_and_words_are_those_that_were_published() -> None:
    published = json.loads(shared_path("schemas/gravity-bser-codes/referral-codes.json").read_text(encoding="utf-8"))
    drawn = {(a, b) for a, b in published["gravity_referral_task_status"]["transitions"] if a not in ("*", "draft")}
    assert drawn == EDGES
    assert [tuple(pair) for pair in published["bser_task_business_status"]] == list(BUSINESS.items())
