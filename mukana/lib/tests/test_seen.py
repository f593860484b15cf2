"""What has come is remembered alike in memory and on the disk."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mukana.lib.seen import Seen


@given(st.lists(st.tuples(st.sampled_from("abcdefghij"), st.binary(min_size=16, max_size=16)), max_size=60), st.integers(1, 5))
def test_it_remembers_as_a_dictionary_does_whatever_has_been_put_aside(told: list[tuple[str, bytes]], in_memory: int) -> None:
    seen, expected = Seen(in_memory), dict[str, bytes]()
    for key, digest in told:
        seen.put(key, digest)
        expected[key] = digest
    assert {key: seen.get(key) for key in "abcdefghij"} == {key: expected.get(key) for key in "abcdefghij"}
    assert all((key in seen) == (key in expected) for key in "abcdefghij")
    seen.close()


def test_a_closed_one_has_forgotten() -> None:
    seen = Seen(1)
    for key in ("a", "b", "c\ud800"):
        seen.put(key, b"x")
    assert seen.get("c\ud800") == b"x"
    seen.close()
    assert "a" not in seen
