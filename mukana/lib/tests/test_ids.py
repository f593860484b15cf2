import time

from hypothesis import given
from hypothesis import strategies as st

from mukana.lib.ids import new_id, stable_id


def test_new_ids_sort_by_their_birth_and_are_version_seven() -> None:
    earlier = new_id()
    time.sleep(0.002)
    later = new_id()
    assert earlier < later
    assert (earlier.version, earlier.variant) == (7, "specified in RFC 4122")


def test_new_ids_do_not_repeat() -> None:
    assert len({new_id() for _ in range(2000)}) == 2000


@given(
    st.lists(st.text(alphabet="abc1", max_size=3), max_size=4),
    st.lists(st.text(alphabet="abc1", max_size=3), max_size=4),
)
def test_the_same_parts_and_only_they_give_the_same_stable_id(some: list[str], others: list[str]) -> None:
    same = some == others or "\x1f".join(some) == "\x1f".join(others)
    assert (stable_id(*some) == stable_id(*others)) is same
