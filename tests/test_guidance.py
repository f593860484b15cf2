"""Suggestions for judged vignettes through the real commands: the shared smoke set, and our own on made-up listings."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from mukana.guidance import __file__ as guidance
from mukana.lib.testing import shared_path
from mukana.search import __file__ as search
from tests.sites import Site

OURS = Path(guidance).parent / "tests" / "judged"
LISTINGS = Path(search).parent / "tests" / "judged" / "independent" / "listings.jsonl"
FRESH = Path(search).parent / "tests" / "judged" / "fresh" / "3" / "listings.jsonl"


def suggested(site: Site, vignettes: Path, run: Path) -> dict[str, list[str]]:
    site.run("suggest", "--vignettes", str(vignettes), "--run", str(run))
    found: dict[str, list[str]] = defaultdict(list)
    for line in run.read_text(encoding="utf-8").splitlines():
        qid, docid, _ = line.split()
        found[qid].append(docid)
    return found


def ndcg(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    def gain(held: Sequence[int]) -> float:
        return sum((2.0**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(held[:5]))

    return gain([grades.get(one, 0) for one in ranked]) / gain(sorted(grades.values(), reverse=True))


def test_the_shared_vignettes_are_answered_without_breaking_a_condition(site: Site, tmp_path: Path) -> None:
    site.imported("table", shared_path("search-dev/listings.jsonl"))
    run = tmp_path / "run.txt"
    suggested(site, shared_path("guidance-dev/vignettes.jsonl"), run)
    names = ("guidance_eval.py", "qrels.tsv", "vignettes.jsonl", "violations.tsv")
    judge, qrels, vignettes, violations = (str(shared_path(f"guidance-dev/{name}")) for name in names)
    command = [sys.executable, judge, str(run), qrels, vignettes, str(shared_path("search-dev/listings.jsonl")), "--violations", violations]
    told = subprocess.run([*command, "--min-ndcg5", "0.70", "--max-violations", "0.05"], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize(("half", "floor"), [("dev", 0.85), ("kept-aside", 0.70)])
def test_our_own_vignettes_are_answered_well(site: Site, tmp_path: Path, half: str, floor: float) -> None:
    site.imported("table", LISTINGS)
    vignettes = OURS / f"{half}.jsonl"
    rows = [json.loads(line) for line in vignettes.read_text(encoding="utf-8").splitlines()]
    found = suggested(site, vignettes, tmp_path / "run.txt")
    scores = [ndcg(found[row["qid"]], row["grades"]) for row in rows]
    assert sum(scores) / len(scores) >= floor
    broken = [row["qid"] for row in rows if not found[row["qid"]] or set(found[row["qid"]][:5]) & set(row["breaks"])]
    assert len(broken) / len(rows) <= 0.05


def test_people_who_were_not_prepared_for_are_answered(site: Site, tmp_path: Path) -> None:
    """The odd ones have been looked at while the vocabulary was written, the even ones never: only theirs tell of strangers."""
    site.imported("table", FRESH)
    vignettes = OURS / "fresh" / "1" / "vignettes.jsonl"
    rows = [json.loads(line) for line in vignettes.read_text(encoding="utf-8").splitlines()]
    found = suggested(site, vignettes, tmp_path / "run.txt")
    for half, floor in ((1, 0.80), (0, 0.64)):
        scores = [ndcg(found[row["qid"]], row["grades"]) for row in rows if row["grades"] and int(row["qid"][1:]) % 2 == half]
        assert sum(scores) / len(scores) >= floor
    broken = [row["qid"] for row in rows if set(found[row["qid"]][:5]) & set(row["breaks"])]
    assert len(broken) / len(rows) <= 0.05
    nothing_fits = [len(found[row["qid"]]) for row in rows if not row["grades"]]
    assert sorted(nothing_fits)[len(nothing_fits) // 2] <= 2  # hardly anything for most whom nothing fits
