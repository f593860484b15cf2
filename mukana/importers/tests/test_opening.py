"""Reading from files and addresses: pages, limits, and trouble told in Finnish."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from mukana.importers import opening
from mukana.importers.adapter import SourceError
from mukana.importers.linkedevents.client import next_page
from mukana.lib.http import Fetched, FetchError
from mukana.lib.jsonrows import BadRow

FIRST = "https://le.example.fi/v1/event/"


def served(monkeypatch: pytest.MonkeyPatch, pages: dict[str, Any]) -> list[str]:
    """Answers instead of a network; gives the addresses that were asked."""
    asked: list[str] = []

    def fetch(url: str, **_: object) -> Fetched:
        asked.append(url)
        body = pages[url] if isinstance(pages[url], bytes) else json.dumps(pages[url]).encode()
        return Fetched(url, 200, {}, body)

    monkeypatch.setattr(opening, "fetch", fetch)
    return asked


def test_pages_are_followed_to_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    second = f"{FIRST}?page=2"
    asked = served(
        monkeypatch, {FIRST: {"meta": {"next": second}, "data": [{"id": 1}]}, second: {"meta": {"next": None}, "data": [{"id": 2}, 3]}}
    )
    found = list(opening.json_rows(FIRST, SourceError, next_page))
    assert [row if isinstance(row, dict) else row.reason for _, row in found] == [{"id": 1}, {"id": 2}, "not_an_object"]
    assert len(asked) == 2


def test_a_page_may_not_send_us_to_another_server(monkeypatch: pytest.MonkeyPatch) -> None:
    served(monkeypatch, {FIRST: {"meta": {"next": "http://169.254.169.254/"}, "data": []}})
    with pytest.raises(SourceError) as refused:
        list(opening.json_rows(FIRST, SourceError, next_page))
    assert refused.value.code == "other_host"


def test_an_answer_that_is_no_json_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    served(monkeypatch, {FIRST: b"<html>huolto</html>"})
    with pytest.raises(SourceError) as refused:
        list(opening.json_rows(FIRST, SourceError, next_page))
    assert refused.value.sentence.startswith("Palvelimen vastaus ei ole JSON-muotoa")


def test_a_server_that_fails_is_told_with_its_status(monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(url: str, **_: object) -> Fetched:
        raise FetchError("status", url, "503", 503)

    monkeypatch.setattr(opening, "fetch", fetch)
    with pytest.raises(SourceError) as refused:
        list(opening.json_rows(FIRST, SourceError, next_page))
    assert refused.value.sentence == f"Palvelin vastasi virheellä (503): {FIRST}"


@pytest.mark.parametrize(
    ("content", "code"), [("Ä".encode("cp1252") * 9, "encoding"), (b"\x1f\x8brikki", "broken_gzip"), (b"<html></html>", "not_json")]
)
def test_a_file_that_is_no_source_is_told(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "aineisto.json"
    path.write_bytes(content)
    with pytest.raises(SourceError) as refused:
        list(opening.json_rows(str(path), SourceError, next_page))
    assert refused.value.code == code


def test_a_broken_end_of_a_list_is_a_bad_row_after_the_good_ones(tmp_path: Path) -> None:
    path = tmp_path / "aineisto.json"
    path.write_text('[{"id": 1}, {"id": 2}, {"id": ', encoding="utf-8")
    found: list[object] = []
    with pytest.raises(SourceError, match="loppu jäi lukematta"):
        found.extend(row for _, row in opening.json_rows(str(path), SourceError, next_page))
    assert found[:2] == [{"id": 1}, {"id": 2}]
    assert isinstance(found[2], BadRow)


def test_a_folder_of_nothing_and_an_empty_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="Kansiossa ei ole"):
        opening.files_in(str(tmp_path), SourceError)
    with pytest.raises(SourceError, match="Kansiossa ei ole"), opening.opened(str(tmp_path), SourceError):
        pass
    (tmp_path / "a.json").touch()
    with pytest.raises(SourceError, match="on kansio"), opening.opened(str(tmp_path), SourceError):
        pass
    with pytest.raises(SourceError, match="tyhjä"), opening.opened(str(tmp_path / "a.json"), SourceError):
        pass


def test_a_packed_file_is_unpacked_on_the_way(tmp_path: Path) -> None:
    path = tmp_path / "aineisto.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"id": 1}\n{"id": 2}\n'))
    assert len(list(opening.json_rows(str(path), SourceError, next_page))) == 2


def test_a_folder_is_its_readable_files_by_name(tmp_path: Path) -> None:
    for name in ("b.json", "a.jsonl", "lue.txt"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    assert [Path(file).name for file in opening.files_in(str(tmp_path), SourceError)] == ["a.jsonl", "b.json"]


def test_the_same_object_has_the_same_digest_in_any_order_of_keys() -> None:
    assert opening.digest_source({"a": 1, "b": 2}) == opening.digest_source({"b": 2, "a": 1})
    assert opening.digest_source({"a": "\ud800"}) != b""


def test_a_row_a_thousand_brackets_deep_still_has_a_digest() -> None:
    deep: Any = 1
    for _ in range(5000):
        deep = [deep]
    assert opening.digest_source({"a": deep}) == b"a"
