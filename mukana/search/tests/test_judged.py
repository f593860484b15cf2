"""The judged questions stay whole: kinds, halves, grades and entries that exist."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

import mukana.directory

JUDGED = Path(__file__).parent / "judged"
DEMO = Path(mukana.directory.__file__).parent / "demo"
KINDS = {"inflected", "compound", "colloq", "need", "pro", "typo", "sv", "en", "place"}


def queries(half: str) -> list[tuple[str, str, str]]:
    lines = (JUDGED / half / "queries.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [(qid, kind, text) for qid, kind, text in (line.split("\t") for line in lines)]


def grades(half: str) -> list[tuple[str, str, int]]:
    lines = (JUDGED / half / "qrels.tsv").read_text(encoding="utf-8").splitlines()
    return [(qid, entry, int(grade)) for qid, _, entry, grade in (line.split() for line in lines)]


def demo_ids() -> set[str]:
    texts = (path.read_text(encoding="utf-8") for path in DEMO.glob("*-entries.jsonl"))
    return {json.loads(line)["id"] for text in texts for line in text.splitlines() if line.strip()}


@pytest.mark.parametrize("half", ["dev", "kept-aside"])
def test_each_half_has_every_kind_and_a_good_answer_for_every_question(half: str) -> None:
    asked = queries(half)
    assert set(Counter(kind for _, kind, _ in asked)) == KINDS
    assert {qid for qid, _, _ in asked} == {qid for qid, _, grade in grades(half) if grade == 3}


@pytest.mark.parametrize("half", ["dev", "kept-aside"])
def test_every_graded_entry_is_in_the_demo_and_graded_once(half: str) -> None:
    rows = grades(half)
    assert {entry for _, entry, _ in rows} <= demo_ids()
    assert len({(qid, entry) for qid, entry, _ in rows}) == len(rows)
    assert all(1 <= grade <= 3 for _, _, grade in rows)


def test_the_halves_share_no_question() -> None:
    dev, aside = queries("dev"), queries("kept-aside")
    assert len(dev) + len(aside) >= 100
    assert not {qid for qid, _, _ in dev} & {qid for qid, _, _ in aside}
    assert not {text for _, _, text in dev} & {text for _, _, text in aside}
