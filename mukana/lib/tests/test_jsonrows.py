import contextlib
import io
import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.lib.jsonrows import BadRow, Row, raw_lines, rows
from mukana.lib.streams import StreamError, open_source
from mukana.lib.testing import shared_path

OBJECTS = st.lists(
    st.dictionaries(st.text(max_size=5), st.integers(-(10**18), 10**18) | st.text(max_size=8) | st.none(), max_size=4), max_size=6
)


def read(data: bytes | str, **options: int) -> list[Row]:
    return list(rows(io.BytesIO(data.encode() if isinstance(data, str) else data), **options))


def objects(data: bytes | str) -> list[Any]:
    return [value for _, value in read(data)]


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}\n{"a": 2.5}\n',
        '\ufeff{"a": 1}\n\n{"a": 2.5}',
        '[{"a": 1}, {"a": 2.5}]',
        '[\n {"a": 1},\n {"a": 2.5}\n]\n',
        '{"meta": {"count": 2, "data": []}, "data": [{"a": 1}, {"a": 2.5}]}',
        '{\n  "pageNumber": 1,\n  "itemList": [{"a": 1}, {"a": 2.5}]\n}',
        '{"next": "x", "items": [{"a": 1}, {"a": 2.5}], "license": "y"}',
    ],
)
def test_rows_come_out_of_every_wrapping(text: str) -> None:
    assert objects(text) == [{"a": 1}, {"a": 2.5}]


def test_one_object_alone_is_one_row() -> None:
    assert objects('{"a": {"data": [1]}}') == [{"a": {"data": [1]}}]
    assert objects('{\n "name": "x",\n "list": [1]\n}\n') == [{"name": "x", "list": [1]}]


def test_nothing_gives_no_rows() -> None:
    assert objects("") == objects("\n \n") == objects("[]") == objects('{"data": []}') == []


@given(OBJECTS)
def test_lines_arrays_and_pages_give_the_same_rows(values: list[dict[str, Any]]) -> None:
    lines = "\n".join(json.dumps(value) for value in values) + "\n"
    assert objects(json.dumps(values)) == values
    assert objects(json.dumps({"meta": {}, "data": values})) == values
    if len(values) != 1 or not set(values[0]) & {"data", "items", "rows"}:
        assert objects(lines) == values


def test_a_bad_line_is_told_by_its_number_and_the_rest_goes_on() -> None:
    found = read('{"a": 1}\n{"a": \n[1]\n{"a": NaN}\n{"a": 4}\n')
    assert [(n, v.reason if isinstance(v, BadRow) else v) for n, v in found] == [
        (1, {"a": 1}), (2, "bad_json"), (3, "not_an_object"), (4, "bad_json"), (5, {"a": 4})]  # fmt: skip


def test_a_line_in_another_encoding_is_a_bad_row() -> None:
    found = read(b'{"a": 1}\n{"a": "\xe4"}\n{"a": 3}')
    assert found[1] == (2, BadRow("bad_encoding", "not UTF-8 at byte 8"))
    assert len(found) == 3


def test_a_line_over_the_limit_is_not_loaded_and_the_rest_goes_on() -> None:
    data = '{"a": 1}\n{"a": "' + "x" * 300_000 + '"}\n{"a": 3}\n'
    assert read(data, max_row_bytes=1000)[1:] == [(2, BadRow("too_large", "over 1000 bytes")), (3, {"a": 3})]


def test_an_array_broken_in_the_middle_keeps_the_rows_before() -> None:
    found = read('[{"a": 1}, {"a": 2}, {"a": ]')
    assert [n for n, _ in found] == [1, 2, 3]
    assert isinstance(found[2][1], BadRow)
    assert found[2][1].reason == "bad_json"
    cut = read('{"data": [{"a": 1}, {"a"')
    assert cut[0] == (1, {"a": 1})
    assert isinstance(cut[1][1], BadRow)


def test_a_row_of_an_array_over_the_limit_ends_the_reading() -> None:
    big = '[{"a": 1}, {"b": "' + "x" * 900_000 + '"}, {"a": 3}]'
    assert read(big, max_row_bytes=100_000) == [(1, {"a": 1}), (2, BadRow("too_large", "over 100000 bytes"))]
    assert len(read("[" + ",".join(['{"a": "' + "x" * 5000 + '"}'] * 500) + "]", max_row_bytes=10_000)) == 500


@pytest.mark.parametrize("text", ['{"a": ' * 100_000, "[" * 200_000])
def test_endless_nesting_is_a_bad_row(text: str) -> None:
    assert isinstance(objects(text)[-1], BadRow)
    assert isinstance(objects(text + "\n{}\n")[0], BadRow)


def test_other_encodings_are_refused_with_advice() -> None:
    for data in ('[{"a": "ä"}]'.encode("utf-16"), '[{"a": "ä"}]'.encode("utf-16-le"), '[{"a": "ä"}]'.encode("latin-1")):
        with pytest.raises(StreamError, match="UTF-8") as refused:
            read(data)
        assert refused.value.code == "encoding"


def test_a_web_page_is_told_to_be_one() -> None:
    with pytest.raises(StreamError, match="not_json"):
        read("<!DOCTYPE html><p>Huoltokatko")


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reading(data: bytes) -> None:
    with contextlib.suppress(StreamError):
        assert all(isinstance(value, dict | BadRow) for value in objects(data))


def test_a_long_first_line_of_json_lines_is_read() -> None:
    values = [{"a": "x" * 400_000}, {"a": "y"}]
    assert objects("\n".join(json.dumps(value) for value in values)) == values


def test_lines_are_read_over_a_hundred_thousand_a_second() -> None:
    data = io.BufferedReader(io.BytesIO(b'{"id": 1, "name": "Kevyt jumppa"}\n' * 200_000))  # type: ignore[arg-type]
    started = time.perf_counter()
    assert sum(1 for _ in raw_lines(data)) == 200_000
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("lipas/lipas_v1_sports_places_sample.json", 802),
        ("ptv/ptv_general_descriptions.json", 458),
        ("ptv/ptv_v11_servicechannel_page_testdata.json", None),
        ("linkedevents/turku_2022_event_page.json", 1),
    ],
)
def test_real_files_give_all_their_rows(name: str, count: int | None) -> None:
    with open_source(shared_path(f"data/{name}")) as stream:
        found = list(rows(stream))
    assert not any(isinstance(value, BadRow) for _, value in found)
    assert len(found) == count or (count is None and len(found) > 1)
