"""The same rows give the same answers on every site, whatever its database.

Where the run has a PostgreSQL, one of the sites is on it; else both are on SQLite.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sites import DEMO_DATA, Site, copied, ready_site
from tests.supply import row, write

QUESTIONS = (
    "vesijumppa", "uimahallista", "kuntosali kuopio", "ulkona kävelyä", "yksinäinen", "ryhmiä ikäihmisille", "nuorille", "luontopolku",
    "keskusteluryhmä", "vertaistukea omaishoitajalle", "mielenterveys", "päihteet", "ruoka-apua", "lapsiperhe", "tanssia", "jäähalli",
    "simmhall", "library", "uimahali", "kirjasto", "esteetön", "maksuton", "tänään", "frisbeegolf", "pyöräily", "neuvonta",
    "kuoro", "vesijumppa talo 7", "",
)  # fmt: skip


def filled(site: Site) -> Site:
    site.imported("lipas", DEMO_DATA / "lipas.json")
    site.imported("ptv", DEMO_DATA / "mikkeli")
    site.imported("neutral", write(site.folder / "series.jsonl", map(row, range(600))))
    site.run("reindex")
    return site


@pytest.fixture(scope="module")
def answers(empty_model: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The best hundred answers with their scores to every question, from either site."""
    folder = tmp_path_factory.mktemp("sites")
    asked = folder / "questions.tsv"
    asked.write_text("qid\tkind\ttext\n" + "".join(f"q{n}\t-\t{text}\n" for n, text in enumerate(QUESTIONS)), encoding="utf-8")
    with copied(empty_model, folder / "configured") as configured:
        sites = filled(ready_site(folder / "embedded", "")), filled(configured)
        for site in sites:
            site.run("search", "--queries", str(asked), "--run", str(site.folder / "run"))
        yield tuple((site.folder / "run").read_text(encoding="utf-8") for site in sites)  # type: ignore[misc]  # two


def test_two_sites_give_the_same_ids_in_the_same_order_with_the_same_scores(answers: tuple[str, str]) -> None:
    embedded, configured = answers
    assert embedded.splitlines() == configured.splitlines()


def test_nearly_every_question_is_answered(answers: tuple[str, str]) -> None:
    assert len({line.split()[0] for line in answers[0].splitlines()}) >= len(QUESTIONS) - 3
