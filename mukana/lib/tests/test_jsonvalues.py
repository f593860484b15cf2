import json
from collections.abc import Iterator
from typing import Any

import ijson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.lib.jsonvalues import MAX_DEPTH, values

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


def events(text: str) -> Iterator[tuple[str, Any]]:
    return iter(ijson.basic_parse(text.encode(), use_float=True))


@given(st.lists(JSON, max_size=4))
def test_items_are_what_was_written(items: list[Any]) -> None:
    assert list(values(events(json.dumps(items)))) == items
    assert list(values(events(json.dumps({"count": {"data": [9]}, "data": items, "next": [{}]})))) == items


@given(st.dictionaries(st.sampled_from(["name", "id"]), JSON))
def test_an_object_without_a_page_key_is_one_value(value: dict[str, Any]) -> None:
    assert list(values(events(json.dumps(value)))) == [value]


def test_a_page_key_without_a_list_is_not_a_page() -> None:
    assert list(values(events('{"data": {"items": []}}'))) == [{"data": {"items": []}}]


def test_the_depth_has_a_limit() -> None:
    deep = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert len(list(values(events(f"[{deep}]")))) == 1
    with pytest.raises(ValueError, match="nested"):
        list(values(events(f"[[{deep}]]")))
