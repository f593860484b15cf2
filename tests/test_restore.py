"""What docs/running.md tells of backing up and restoring works, with the words it uses."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.sites import DEMO_DATA, SERVER_URL, Site


@pytest.mark.skipif(bool(SERVER_URL), reason="on PostgreSQL the database's own pg_dump does it")
def test_a_copy_taken_while_the_site_lives_brings_everything_back(site: Site, tmp_path: Path) -> None:
    site.imported("lipas", DEMO_DATA / "lipas.json")
    before = site.found("uimahalli")
    assert before
    copy = tmp_path / "restored"
    copy.mkdir()
    source, target = sqlite3.connect(site.folder / "mukana.sqlite3"), sqlite3.connect(copy / "mukana.sqlite3")
    source.backup(target)
    source.close()
    target.close()
    restored = Site(copy)
    restored.run("setup")
    restored.run("reindex")
    assert restored.found("uimahalli") == before
    assert restored.run("health") == "Kaikki kunnossa.\n"
