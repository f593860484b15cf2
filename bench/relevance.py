"""How good the answers are: the judged questions over the demo region, each half as a whole."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from bench.measure import Measure
from bench.site import Site, new_site
from mukana.search.evaluation import Score, mean, score

JUDGED = Path("mukana/search/tests/judged")
TARGETS = (("nDCG@10", "ndcg", 0.67, 0.80), ("Recall@20", "recall", 0.67, 0.80), ("MRR", "mrr", 0.83, 0.92))


def run() -> list[Measure]:
    """The demo loaded, every question asked, scored by half."""
    with new_site() as site:
        site.command("load-demo", capture=True)
        return [measure for half in ("dev", "kept-aside") for measure in _half(site, half)]


def _half(site: Site, half: str) -> list[Measure]:
    run_file = site.folder / f"{half}.run"
    site.command("search", "--queries", str(JUDGED / half / "queries.tsv"), "--run", str(run_file), capture=True)
    result = scored(run_file.read_text(encoding="utf-8"), (JUDGED / half / "qrels.tsv").read_text(encoding="utf-8"))
    return [Measure(f"{name}, {half}", getattr(result, field), "", must, aim) for name, field, must, aim in TARGETS]


def scored(run: str, judgments: str) -> Score:
    """The mean over every judged question; one without an answer counts as zero."""
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for line in judgments.splitlines():
        question, _, document, grade = line.split()
        grades[question][document] = int(grade)
    ranked: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for line in run.splitlines():
        question, document, points = line.split()[:3]
        ranked[question].append((-float(points), document))
    return mean(score([document for _, document in sorted(ranked[question])], held) for question, held in grades.items())
