"""Two processes at the same time: nobody fails, nothing comes twice, nothing waits for ever."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sites import DEMO_DATA, Site, fetch, finished
from tests.supply import row, write

PAGES = ("/", "/haku/?q=vesijumppa", "/haku/?q=kuoro kuopio", "/haku/?q=xyzzyqwv", "/haku/", "/tietolahteet/", "/haku/ehdota/?q=ves")


@pytest.fixture
def supply(tmp_path: Path) -> Path:
    """Three thousand rows, two hundred and fifty series."""
    return write(tmp_path / "supply.jsonl", map(row, range(3000)))


def test_the_same_file_twice_at_once_comes_in_once(site: Site, supply: Path) -> None:
    both = [site.start("import", "neutral", str(supply)) for _ in range(2)]
    said = [finished(process) for process in both]
    assert sorted("uusia 3041" in words for words in said) == [False, True], said
    assert sorted("ennallaan 3041" in words for words in said) == [False, True], said
    assert site.count("Entry.objects.count()") == 250
    assert site.count("Occurrence.objects.count()") == 3000
    assert len(set(site.found("", limit=300))) == 250


def test_two_sources_at_once_both_come_in(site: Site, supply: Path) -> None:
    started = [site.start("import", "neutral", str(supply)), site.start("import", "lipas", str(DEMO_DATA / "lipas.json"))]
    started.append(site.start("import", "ptv", str(DEMO_DATA / "mikkeli")))
    for process in started:
        finished(process)
    assert site.count("ImportRun.objects.filter(problem='', rejected_count=0).count()") == 3
    assert site.run("health") == "Kaikki kunnossa.\n"
    assert site.found("uimahalli")
    assert site.found("keskusteluryhmä")


def test_pages_answer_while_an_import_runs(site: Site, supply: Path) -> None:
    with site.served() as port:
        importing = site.start("import", "neutral", str(supply))
        answers = list(asked_until_ended(port, importing))
        finished(importing)
        assert {status for status, _, _ in answers} == {200}, answers
        assert max(seconds for _, seconds, _ in answers) < 20
        assert "Ryhmä" in fetch(port, "/haku/?q=keskusteluryhmä")[1]
    assert "Traceback" not in site.log
    assert "locked" not in site.log


def test_searches_answer_while_the_index_is_made_anew(site: Site) -> None:
    site.imported("lipas", DEMO_DATA / "lipas.json")
    with site.served() as port:
        wanted = fetch(port, "/haku/?q=uimahalli")[1].count("/kohde/")
        assert wanted
        for process in [site.start("reindex"), site.start("reindex")]:
            while process.poll() is None:
                status, page = fetch(port, "/haku/?q=uimahalli")
                assert (status, page.count("/kohde/")) == (200, wanted)
            finished(process)
    assert "Traceback" not in site.log


def test_changes_reach_the_index_once_whoever_brings_them(site: Site, supply: Path) -> None:
    workers = [site.start("work", "--once") for _ in range(3)]
    site.imported("neutral", supply)
    workers += [site.start("work", "--once") for _ in range(3)]
    for process in workers:
        finished(process)
    everything = site.found("", limit=600)
    assert len(everything) == len(set(everything)) == 250


def test_a_killed_import_goes_on_where_it_was(site: Site, tmp_path: Path) -> None:
    rows = write(tmp_path / "rows.jsonl", map(row, range(8_000)))
    first = site.start("import", "neutral", str(rows))
    until = time.monotonic() + 60
    while site.count("SourceRow.objects.count()") < 1000 and time.monotonic() < until:
        time.sleep(0.05)
    first.kill()
    first.communicate()
    kept = site.count("SourceRow.objects.exclude(kind='series').count()")
    assert 0 < kept < 8_041
    again = site.imported("neutral", rows)
    assert (again["unchanged"], again["created"], again["updated"]) == (kept, 8_041 - kept, 0)
    assert site.count("Entry.objects.count()") == 667
    assert site.count("Occurrence.objects.count()") == 8_000
    assert len(set(site.found("", limit=2000))) == 667


def asked_until_ended(port: int, process: Any) -> Iterator[tuple[int, float, str]]:
    """Pages one after another as long as the process runs: status, seconds, address."""
    while process.poll() is None:
        for path in PAGES:
            begun = time.monotonic()
            status, _ = fetch(port, path)
            yield status, time.monotonic() - begun, path
