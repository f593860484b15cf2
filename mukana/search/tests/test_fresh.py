"""The needs and professionals' words that were once unseen are still answered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mukana.search.evaluation import mean
from mukana.search.tests.test_relevance import grades_of, listing, scores

FRESH = Path(__file__).parent / "judged" / "fresh"


@pytest.mark.parametrize(
    ("number", "need", "pro", "everything"), [("1", 0.79, 0.83, 0.81), ("2", 0.79, 0.83, 0.80), ("3", 0.70, 0.81, 0.76)]
)
def test_needs_and_professionals_words_do_not_sink(number: str, need: float, pro: float, everything: float, fresh_index: Path) -> None:
    folder = FRESH / number
    rows = [json.loads(line) for line in (folder / "listings.jsonl").read_text(encoding="utf-8").splitlines()]
    made = scores(map(listing, rows), folder / "queries.tsv", grades_of(folder / "qrels.tsv"))
    found = (mean(made["need"]).ndcg, mean(made["pro"]).ndcg, mean(one for kind in made.values() for one in kind).ndcg)
    assert all(got >= floor for got, floor in zip(found, (need, pro, everything), strict=True)), found
