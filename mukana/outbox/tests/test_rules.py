"""Back-off, kinds and parts of text messages."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.lib.moments import ZONE
from mukana.outbox import rules
from mukana.outbox.rules import Kind, kind_of, kinds, next_try, register
from mukana.outbox.texting import is_basic, parts, plainer

NOON = datetime(2026, 11, 22, 12, tzinfo=ZONE)


def test_pauses_double_from_half_a_minute_to_two_hours() -> None:
    pauses = [next_try(tries, NOON, NOON) - NOON for tries in range(1, 12)]  # type: ignore[operator]
    assert pauses[:4] == [timedelta(seconds=30 * 2**power) for power in range(4)]
    assert pauses[-1] == timedelta(hours=2)


def test_a_message_is_given_up_after_four_days_or_when_it_is_worth_nothing() -> None:
    assert next_try(9, NOON, NOON + timedelta(days=4)) is None
    assert next_try(1, NOON, NOON, valid_until=NOON + timedelta(seconds=29)) is None


def test_a_pause_the_gateway_asked_for_is_kept_within_a_day() -> None:
    assert next_try(1, NOON, NOON, asked=timedelta(minutes=5)) == NOON + timedelta(minutes=5)
    assert next_try(1, NOON, NOON, asked=timedelta(days=30)) == NOON + timedelta(days=1)


@given(st.integers(0, 10_000), st.integers(0, 90 * 3600), st.integers(0, 10**6))
def test_a_next_try_is_always_later_and_never_past_the_end(tries: int, age: int, asked: int) -> None:
    now = NOON + timedelta(seconds=age)
    until = NOON + timedelta(days=2)
    found = next_try(tries, NOON, now, until, timedelta(seconds=asked))
    assert found is None or now < found <= until


def test_an_untold_kind_is_an_ordinary_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_kinds", {})
    register(Kind("b", "Toinen", secret=True), Kind("a", "Eka"))
    assert [kind.label for kind in kinds()] == ["Eka", "Toinen"]
    assert kind_of("b").secret
    assert kind_of("zzz") == Kind("zzz", "zzz")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1), ("a" * 160, 1), ("a" * 161, 2), ("ä" * 306, 2), ("ä" * 307, 3),
        ("€" * 80, 1), ("€" * 81, 2), ("đ" * 70, 1), ("đ" * 71, 2), ("🙂" * 35, 1), ("🙂" * 36, 2),
    ],
)  # fmt: skip
def test_parts_are_counted_as_networks_count(text: str, count: int) -> None:
    assert parts(text) == count


def test_no_sign_of_two_places_is_cut_in_two() -> None:
    assert parts("a" * 152 + "€" + "a" * 152) == 3  # 306 places, but the euro does not fit the end of the first part


def test_finnish_words_are_in_the_short_alphabet_and_sami_ones_are_not() -> None:
    assert is_basic("Äiti lähti Öölantiin: 5 €!")
    assert not is_basic("Sámegiella čálus")


@given(st.text(max_size=700))
def test_a_longer_text_never_has_fewer_parts(text: str) -> None:
    assert 1 <= parts(text) <= parts(text + "a" * 160)


@given(st.text(alphabet="åäöÅÄÖéabc 09\u00a0\u202f’‘”“„–—…\u2011", max_size=300))
def test_typographic_marks_become_plain_ones_and_every_letter_stays(text: str) -> None:
    plain = plainer(text)
    assert is_basic(plain)
    assert [sign for sign in plain if sign.isalnum()] == [sign for sign in text if sign.isalnum()]
    assert plainer(plain) == plain
