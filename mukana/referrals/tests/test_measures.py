from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.referrals.actions import ending, measuring
from mukana.referrals.actions.forgetting import anonymise
from mukana.referrals.actions.permitting import Given, permit, unpermit
from mukana.referrals.models import Answer, Goal, Referral
from mukana.referrals.rules.codes import RESIDENT, Refused
from mukana.referrals.rules.measures import BASELINE, CONCERN, FOLLOW_UP, GOAL, ITEMS, MODES, SCALES, Change, Told, change, check_answer
from mukana.referrals.tests import make
from mukana.referrals.tests.make import Time

WHO = [UUID(int=number) for number in range(1, 9)]


def told(who: int, phase: str, value: int | None, item: str = "happy", *, ended: bool = False, words: UUID | None = None) -> Told:
    return Told(WHO[who], item, phase, value, words, ended)


def test_only_people_with_both_answers_count_for_change() -> None:
    answers = [
        told(0, BASELINE, 4), told(0, FOLLOW_UP, 6), told(1, BASELINE, 5), told(1, FOLLOW_UP, 4), told(2, BASELINE, 3),
        told(3, BASELINE, 1, ended=True), told(4, BASELINE, None), told(5, BASELINE, 7), told(5, FOLLOW_UP, 7),
        told(5, BASELINE, 2, "anxious"),
    ]  # fmt: skip
    assert change("happy", answers) == Change(pairs=3, total=100, better=1, same=1, worse=1, waiting=1, dropped=1, passed=1)


def test_the_latest_answer_is_the_one_compared_and_a_passed_one_changes_nothing() -> None:
    answers = [told(0, BASELINE, 4), told(0, FOLLOW_UP, 2), told(0, FOLLOW_UP, 9), told(0, FOLLOW_UP, None)]
    assert change("happy", answers).total == 500


def test_less_worry_is_better_and_several_goals_of_one_person_are_one_person() -> None:
    one, other = uuid4(), uuid4()
    assert change("concern", [told(0, BASELINE, 5, "concern", words=one), told(0, FOLLOW_UP, 2, "concern", words=one)]).better == 1
    goals = [
        told(0, BASELINE, -2, "goal", words=one), told(0, FOLLOW_UP, 1, "goal", words=one),
        told(0, BASELINE, 0, "goal", words=other), told(0, FOLLOW_UP, 0, "goal", words=other),
    ]  # fmt: skip
    assert change("goal", goals) == Change(pairs=1, total=150, better=1)


@given(st.lists(st.builds(Told, st.sampled_from(WHO), st.just("happy"), st.sampled_from((BASELINE, FOLLOW_UP)),
                          st.none() | st.integers(0, 10))))  # fmt: skip
def test_everybody_who_was_asked_is_counted_once(answers: list[Told]) -> None:
    found = change("happy", answers)
    assert found.pairs == found.better + found.same + found.worse
    assert found.pairs + found.waiting + found.dropped + found.passed == len({one.case for one in answers})
    assert abs(found.total) <= 1000 * found.pairs


@given(st.sampled_from(ITEMS), st.sampled_from(MODES), st.integers(-20, 20))
def test_answers_stay_on_their_scale_and_may_always_be_passed_over(item: str, mode: str, value: int) -> None:
    scale = next(one for one in SCALES if one.item == item)
    check_answer(item, BASELINE, mode, None)
    if scale.low <= value <= scale.high:
        check_answer(item, BASELINE, mode, value)
    else:
        with pytest.raises(Refused, match="off_scale"):
            check_answer(item, BASELINE, mode, value)


@pytest.mark.parametrize("wrong", [("nothing", BASELINE, "oral"), ("happy", "later", "oral"), ("happy", BASELINE, "mind")])
def test_unknown_questions_phases_and_ways_are_refused(wrong: tuple[str, str, str]) -> None:
    with pytest.raises(Refused, match="unknown_word"):
        check_answer(*wrong, None)


@pytest.fixture
def case(time: Time) -> Referral:
    found = make.talking()
    permit(found, [Given("measures")], make.deed())
    return found


@pytest.mark.django_db
def test_nothing_is_asked_without_permission(time: Time) -> None:
    case = make.talking()
    with pytest.raises(Refused, match="no_permission_to_measure"):
        measuring.set_goal(case, GOAL, "Haluan kävellä torille", make.deed())
    row = permit(case, [Given("measures")], make.deed())[0]
    measuring.set_goal(case, GOAL, "Haluan kävellä torille", make.deed())
    unpermit(row, make.deed())
    with pytest.raises(Refused, match="no_permission_to_measure"):
        measuring.answer(case, {"happy": 4}, "oral", make.deed())


@pytest.mark.django_db
def test_the_first_figure_is_the_baseline_and_a_passed_question_leaves_the_next_one_first(case: Referral) -> None:
    goal = measuring.set_goal(case, GOAL, "Haluan kävellä torille", make.deed())
    measuring.answer(case, {str(goal.pk): -1, "happy": None}, "oral", make.deed())
    measuring.answer(case, {str(goal.pk): 1, "happy": 6}, "paper", make.deed())
    said = Answer.objects.order_by("at", "pk").values_list("item", "phase", "value", "mode")
    assert list(said) == [
        ("goal", BASELINE, -1, "oral"), ("happy", BASELINE, None, "oral"),
        ("goal", FOLLOW_UP, 1, "paper"), ("happy", BASELINE, 6, "paper"),
    ]  # fmt: skip


@pytest.mark.django_db
def test_the_same_form_twice_writes_once(case: Referral) -> None:
    first = measuring.set_goal(case, CONCERN, "Valvon yöt", make.deed(key="k1"))
    assert measuring.set_goal(case, CONCERN, "Valvon yöt", make.deed(key="k1")).pk == first.pk
    assert measuring.answer(case, {str(first.pk): 5}, "oral", make.deed(key="k2")) == 1
    assert measuring.answer(case, {str(first.pk): 5}, "oral", make.deed(key="k2")) == 0
    assert Goal.objects.count() == Answer.objects.count() == 1


@pytest.mark.django_db
def test_three_goals_at_a_time_are_enough_and_one_can_be_left(case: Referral) -> None:
    goals = [measuring.set_goal(case, GOAL, f"Tavoite {number}", make.deed()) for number in range(3)]
    with pytest.raises(Refused, match="goals_enough"):
        measuring.set_goal(case, GOAL, "Vielä yksi", make.deed())
    assert measuring.leave_goal(measuring.leave_goal(goals[0], make.deed()), make.deed()).left_at is not None
    measuring.set_goal(case, GOAL, "Vielä yksi", make.deed())
    with pytest.raises(Refused, match="unknown_word"):
        measuring.answer(case, {str(goals[0].pk): 1}, "oral", make.deed())


@pytest.mark.django_db
def test_own_words_are_needed_kept_free_of_identity_codes_and_nothing_is_asked_of_an_ended_case(case: Referral) -> None:
    for kind, words, code in ((GOAL, " ", "no_words"), (GOAL, "Olen 131052-308T", "identity_code"), ("wish", "x", "unknown_word")):
        with pytest.raises(Refused, match=code):
            measuring.set_goal(case, kind, words, make.deed())
    with pytest.raises(Refused, match="no_words"):
        measuring.answer(case, {"goal": 1}, "oral", make.deed())
    ending.withdraw(case, make.deed(RESIDENT))
    with pytest.raises(Refused, match="ended"):
        measuring.set_goal(case, GOAL, "Kävelen", make.deed())


@pytest.mark.django_db
def test_when_the_case_becomes_anonymous_the_words_go_and_the_figures_stay(case: Referral) -> None:
    goal = measuring.set_goal(case, GOAL, "Haluan kävellä torille Ainon kanssa", make.deed())
    measuring.answer(case, {str(goal.pk): -1}, "oral", make.deed())
    ending.withdraw(case, make.deed(RESIDENT))
    anonymise(Referral.objects.filter(pk=case.pk))
    goal.refresh_from_db()
    assert goal.words == ""
    assert Answer.objects.get().value == -1
