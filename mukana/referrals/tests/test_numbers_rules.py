from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from mukana.referrals.rules.measures import Change
from mukana.referrals.rules.numbers import (
    AGREED,
    FIRST,
    FOURTH,
    NO,
    OFFERED,
    OPEN,
    PLACED,
    REACHED,
    SAID_NO,
    STAGES,
    THIRD_MONTH,
    YES,
    Facts,
    FirstVisits,
    People,
    Unmet,
    published,
)
from mukana.referrals.rules.numbers_data import as_data, from_data
from mukana.referrals.rules.publishing import joined

people = st.builds(
    People, st.sampled_from(("297", "749", "140")), st.integers(1, 4), st.sampled_from(STAGES[1:]),
    st.sampled_from((OPEN, "withdrawn", "no_suitable_service")), st.integers(1, 12), st.booleans(), st.booleans(),
)  # fmt: skip
unmet = st.builds(
    Unmet, st.sampled_from(("297", "749")), st.sampled_from(("dance", "other")), st.sampled_from(("full", "price", "silent")),
    st.sampled_from(("2026-11-02", "2026-11-16")), st.integers(1, 9),
)  # fmt: skip
visits = st.builds(
    FirstVisits, st.sampled_from(("297", "749")), st.sampled_from(("with", "without")), st.sampled_from(("came", "missed")),
    st.integers(1, 30),
)  # fmt: skip
facts = st.builds(
    Facts, st.lists(people, max_size=12).map(tuple), st.just({}), st.just({"yes.yes": 30, "no.no": 20}),
    st.lists(unmet, max_size=8).map(tuple), st.lists(unmet, max_size=6).map(tuple), st.lists(visits, max_size=6).map(tuple),
    st.just({"happy": Change(7, 350, 5, 1, 1)}), st.integers(0, 40), st.integers(0, 40),
)  # fmt: skip


def cohort() -> Facts:
    """The cohort of the design: 100 offered, 80 agreed, 70 reached, 60 placed, 45 came once, 30 four times."""
    ends = ((AGREED, "declined_by_resident", 10), (REACHED, "no_suitable_service", 10), (PLACED, "withdrawn", 15), (FIRST, OPEN, 15))
    told = [People("297", 4, OFFERED, SAID_NO, 20)]
    told += [People("297", 4, stage, end, number, digital=number == 15, companion=number == 10) for stage, end, number in ends]
    told += [People("297", 4, FOURTH, "too_early", 10, True, True), People("297", 4, THIRD_MONTH, "", 20, False, False)]
    return Facts(tuple(told), {"297": {"acknowledged": {1: 60, 4: 20}, "contact": {3: 63, 9: 7}, "session": {20: 4}}},
                 {"yes.yes": 20, "yes.no": 10, "no.yes": 20, "no.no": 10})  # fmt: skip


def test_a_known_cohort_is_told_exactly() -> None:
    numbers = published(cohort())
    assert numbers.ladders.whole.came == {
        "offered": 100, "agreed": 80, "reached": 70, "placed": 60, "first_visit": 45, "fourth_visit": 30, "third_month": 20,
    }  # fmt: skip
    assert numbers.reasons.at(REACHED, "no_suitable_service") == 10
    assert numbers.parity.sent == 50
    assert numbers.parity.closed == 50
    assert numbers.parity.told == 67
    assert numbers.parity.dead_ends == 12


def test_half_and_nine_tenths_of_waiting_are_told_where_enough_people_have_waited() -> None:
    acknowledged, contact, session = published(cohort()).waits[""]
    assert (acknowledged.median, acknowledged.most) == (1, 4)
    assert (contact.median, contact.most) == (3, 3)
    assert (session.median, session.most) == (None, None)


def test_waiting_of_an_area_is_not_told_where_its_people_are_not() -> None:
    few = People("749", 4, AGREED, OPEN, 3, True, False)
    told = published(replace(cohort(), people=(*cohort().people, few), waits={"749": {"acknowledged": {1: 3}}}))
    assert {wait.median for wait in told.waits["749"]} == {None}


def test_a_mean_is_of_five_or_more_and_its_halves_do_not_tell_of_a_few() -> None:
    some = published(replace(cohort(), changes={"happy": Change(7, 350, 5, 1, 1, waiting=6, dropped=2), "goal": Change(4, 400, 4)})).changes
    happy, goal = some
    assert (happy.pairs, happy.mean) == (7, 5)
    assert set(happy.split.values()) == {None}
    assert happy.without == {"waiting": 6, "dropped": None, "passed": None}
    assert (goal.pairs, goal.mean) == (None, None)


def test_a_newcomer_s_answer_is_not_the_difference_of_two_means() -> None:
    def told(earlier: Facts, later: Facts) -> list[tuple[int | None, int | None]]:
        seen = joined({}, published(earlier).shown)
        return [(one.pairs, one.mean) for one in published(later, seen).changes]

    def of(**facts: int) -> Facts:
        return Facts(changes={"happy": Change(**facts)})

    twelve = of(pairs=12, total=1200)
    assert told(twelve, of(pairs=13, total=1900)) == [(None, None)]
    assert told(twelve, of(pairs=17, total=1700)) == [(17, 10)]
    assert told(twelve, twelve) == [(12, 10)]
    assert told(twelve, of(pairs=12, total=1900)) == [(12, None)]  # somebody answered anew


def test_a_year_without_anybody_tells_nothing_and_breaks_nothing() -> None:
    numbers = published(Facts())
    assert set(numbers.ladders.whole.came.values()) == {None}
    assert numbers.unmet.weeks == {}
    assert numbers.parity.dead_ends is None
    assert numbers.strengths == {"guided": None, "given": None, "referred": None}


@settings(max_examples=25, deadline=None)
@given(facts)
def test_no_count_from_one_to_four_is_in_a_publication(told: Facts) -> None:
    numbers = published(told)
    ladders = [numbers.ladders.whole, *(one for groups in numbers.ladders.by.values() for one in groups.values())]
    shown = [count for one in ladders for count in (*one.came.values(), *one.left.values())]
    lacks = (numbers.unmet, numbers.lacked)
    for table in (numbers.reasons, *numbers.company.values(), *(table for one in lacks for table in (one.reasons, one.topics))):
        shown += [count for key, count in table.shown.items() if key != ("", "") or table.rows]
    shown += [*(count for one in lacks for count in one.weeks.values()), *numbers.strengths.values()]
    assert all(count is None or count == 0 or count >= 5 for count in shown)
    assert set(numbers.ladders.by["digital"]) <= {YES, NO}


@given(facts)
def test_facts_are_kept_as_they_were(told: Facts) -> None:
    assert from_data(as_data(told)) == told
