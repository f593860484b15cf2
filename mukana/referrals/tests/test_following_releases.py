"""No two releases of a year tell of a few together, whatever came between them."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import combinations

from hypothesis import assume, given, settings

from mukana.lib.suppression import Unprotected
from mukana.referrals.rules.numbers import AGREED, FIRST, OPEN, Facts, FirstVisits, Numbers, People, published
from mukana.referrals.rules.publishing import (
    Publishing,
    Shown,
    earlier_as_data,
    earlier_from_data,
    joined,
    worth_it,
)
from mukana.referrals.tests.test_numbers_rules import cohort, facts


def people(number: int, area: str = "297", stage: str = AGREED) -> People:
    return People(area, 4, stage, OPEN, number, digital=True, companion=False)


def releases(*years: Facts) -> list[Numbers]:
    """One after another; one that cannot be protected beside the earlier ones is not given."""
    earlier: dict[str, dict[tuple[str, ...], list[int]]] = {}
    found = []
    for year in years:
        try:
            numbers = published(year, earlier)
        except Unprotected:
            continue
        found.append(numbers)
        earlier = joined(earlier_from_data(earlier_as_data(earlier)), numbers.shown)  # as it is kept between them
    return found


def more(one: Facts, other: Facts) -> Facts:
    """Everything of both: what comes in a week on top of what was."""
    told = {name.name: (*getattr(one, name.name), *getattr(other, name.name)) for name in fields(Facts) if name.type.startswith("tuple")}
    return replace(one, **told, guided=one.guided + other.guided, given=one.given + other.given)


def differences(one: Shown, other: Shown) -> set[int]:
    """What taking one release away from another gives."""
    return {abs(count - other[name][key]) for name, cells in one.items() for key, count in cells.items() if key in other.get(name, {})}


@settings(max_examples=40, deadline=None)
@given(facts, facts, facts)
def test_no_count_from_one_to_four_is_the_difference_of_two_releases(first: Facts, week: Facts, another: Facts) -> None:
    weeks = releases(first, more(first, week), more(more(first, week), another))
    for one, other in combinations(weeks, 2):
        assert not differences(counts(one), counts(other)) & {1, 2, 3, 4}


@settings(max_examples=25, deadline=None)
@given(facts, facts, facts)
def test_not_even_when_counts_fall_or_everything_is_another(first: Facts, second: Facts, third: Facts) -> None:
    for one, other in combinations(releases(first, second, third), 2):
        assert not differences(counts(one), counts(other)) & {1, 2, 3, 4}


def counts(numbers: Numbers) -> Shown:
    """The counts of a release; means and medians are no counts."""
    return {name: cells for name, cells in numbers.shown.items() if not name.startswith("waits.") and not name.endswith(".mean")}


@settings(max_examples=25, deadline=None)
@given(facts)
def test_the_same_people_are_told_the_same_again(told: Facts) -> None:
    one, other = releases(told, told)
    assert one == other


def test_a_newcomer_of_one_area_is_not_seen_although_five_came_to_all() -> None:
    before = (people(20, "297"), people(30, "749"))
    after = (people(21, "297"), people(34, "749"))
    one, other = releases(Facts(before), Facts(after))
    assert one.ladders.by["area"]["297"].came[AGREED] == 20
    assert other.ladders.whole.came[AGREED] == 55
    assert (other.ladders.by["area"]["297"].came[AGREED], other.ladders.by["area"]["749"].came[AGREED]) == (None, None)


def test_who_reached_a_stage_is_not_seen_although_five_came_to_the_year() -> None:
    one, other = releases(Facts((people(20), people(20, stage=FIRST))), Facts((people(24), people(21, stage=FIRST))))
    assert one.ladders.whole.came[FIRST] == 20
    assert (other.ladders.whole.came[AGREED], other.ladders.whole.came[FIRST]) == (45, None)


def test_a_count_is_compared_with_every_release_not_only_the_last() -> None:
    first, gap, third = releases(*(Facts((people(number, "297"), people(60, "749"))) for number in (20, 22, 23)))
    assert first.ladders.by["area"]["297"].came[AGREED] == 20
    assert gap.ladders.by["area"]["297"].came[AGREED] is None
    assert third.ladders.by["area"]["297"].came[AGREED] is None


def test_first_visits_with_a_companion_are_guarded_alike() -> None:
    def visits(came: int) -> Facts:
        return Facts(company=(FirstVisits("297", "with", "came", came), FirstVisits("297", "with", "missed", 10)))

    one, other, last = releases(visits(30), visits(31), visits(35))
    assert one.company["with"].at("", "came") == 30
    assert other.company["with"].at("", "came") is None
    assert last.company["with"].at("", "came") == 35


def test_a_median_is_not_told_again_of_a_few_more_or_changed_of_the_same() -> None:
    earlier = {"waits": {("12",): [4]}}
    assert Publishing(earlier).measure("waits", 12, 4) == 4
    assert Publishing(earlier).measure("waits", 12, 5) is None
    assert Publishing(earlier).measure("waits", 14, 4) is None
    assert Publishing(earlier).measure("waits", 17, 6) == 6
    assert Publishing(earlier).measure("waits", 17, None) is None


def test_a_release_that_would_hide_more_than_a_third_waits() -> None:
    before = published(cohort()).shown
    assert worth_it(before, before)
    assert worth_it({}, {})
    assert not worth_it(before, {})
    first = {"ladder.": {("came", "", stage): 20 for stage in "abc"}, "unmet.weeks": {(str(week),): 9 for week in range(30)}}
    assert not worth_it(first, {"unmet.weeks": first["unmet.weeks"]})  # how far people came is the whole's own third
    assert worth_it(first, {**first, "ladder.": {("came", "", stage): 20 for stage in "ab"}})


@given(facts)
def test_what_was_published_is_kept_as_it_was(told: Facts) -> None:
    assume(told.people)
    earlier = joined({}, published(told).shown)
    assert earlier_from_data(earlier_as_data(earlier)) == earlier
