"""The measures give the known answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.search.evaluation import Score, mean, score
from mukana.search.rules import loggable

GRADES = {"a": 3, "b": 2, "c": 1, "d": 0}


def test_the_ideal_order_scores_one() -> None:
    assert score(["a", "b", "c", "d"], GRADES) == Score(1.0, 1.0, 1.0)


def test_a_hand_counted_order() -> None:
    # gains 0, 7/log2(3), 0, 3/log2(5) over 7 + 3/log2(3) + 1/log2(4)
    made = score(["d", "a", "x", "b"], GRADES)
    assert made.ndcg == pytest.approx((7 / 1.584963 + 3 / 2.321928) / (7 + 3 / 1.584963 + 0.5), rel=1e-5)
    assert made.recall == 1.0
    assert made.mrr == 0.5


def test_where_nothing_is_good_somewhat_counts_as_relevant() -> None:
    assert score(["c"], {"c": 1}) == Score(1.0, 1.0, 1.0)
    assert score(["c"], {}) == Score(0.0, 0.0, 0.0)


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 3), max_size=12), st.lists(st.text(max_size=3), max_size=30, unique=True))
def test_measures_stay_between_zero_and_one(grades: dict[str, int], ranked: list[str]) -> None:
    made = mean([score(ranked, grades)])
    assert all(0 <= value <= 1 + 1e-9 for value in (made.ndcg, made.recall, made.mrr))


@given(st.text(max_size=300))
def test_what_is_kept_of_a_question_has_no_digits_and_no_address(words: str) -> None:
    kept = loggable(words)
    assert len(kept) <= 80
    assert "@" not in kept
    assert not any(letter.isdigit() for letter in kept)
