"""Making, changing and swapping indexes."""

from __future__ import annotations

from pathlib import Path

import pytest

from mukana.lib.locks import Locked, named_lock
from mukana.search.analysis.analyser import analyse
from mukana.search.index import places, writing
from mukana.search.index.building import DocumentMaker, daypart
from mukana.search.index.cells import cell, cells
from mukana.search.index.reading import NoIndex, Reader
from mukana.search.index.terms import TermMaker
from mukana.search.ranking.finding import Finder
from mukana.search.tests.engine import document, found, knowledge, lexicon

SMALL = knowledge(lexicon("[walking] toiminta\nfi: kävely\n"))


def maker() -> DocumentMaker:
    return DocumentMaker(TermMaker(analyse, SMALL.tables))


def test_without_an_index_there_is_nothing_to_read(fresh_index: Path) -> None:
    with pytest.raises(NoIndex):
        Reader().opened()


def test_a_change_is_seen_by_a_reader_that_was_open(fresh_index: Path) -> None:
    writing.build([document("a", "Kävelyryhmä")], maker(), places.State(1, "x"))
    reader = Reader()
    assert found(Finder(reader.opened(), SMALL), "kävely") == ["a"]
    folder = places.current()
    assert folder is not None
    writing.change(folder, ["a"], [document("b", "Kävelykerho")], maker())
    assert found(Finder(reader.opened(), SMALL), "kävely") == ["b"]


def test_the_same_state_is_opened_once(fresh_index: Path) -> None:
    writing.build([document("a", "Kävelyryhmä")], maker(), places.State(1, "x"))
    reader = Reader()
    assert reader.opened() is reader.opened()


def test_the_old_index_answers_until_the_new_one_is_ready(fresh_index: Path) -> None:
    writing.build([document("a", "Kävelyryhmä")], maker(), places.State(1, "x"))
    before = places.current()

    def documents() -> object:
        assert places.current() == before
        yield document("b", "Kävelykerho")

    writing.build(documents(), maker(), places.State(2, "x"))  # type: ignore[arg-type]
    assert places.current() != before
    assert places.read_state(places.current() or fresh_index) == places.State(2, "x")


def test_only_the_latest_two_makings_are_kept(fresh_index: Path) -> None:
    for position in range(4):
        writing.build([document("a", "Kävelyryhmä")], maker(), places.State(position, "x"))
    assert sum(path.is_dir() for path in places.root().iterdir()) == 2


def test_there_is_one_writer(fresh_index: Path) -> None:
    with named_lock("search-index", fresh_index), pytest.raises(Locked), named_lock("search-index", fresh_index):
        pass


@pytest.mark.parametrize(("hour", "part"), [(0, "morning"), (11, "morning"), (12, "afternoon"), (15, "afternoon"), (16, "evening")])
def test_the_day_has_three_parts(hour: int, part: str) -> None:
    assert daypart(hour) == part


def test_cells_of_a_box_hold_its_points_and_a_huge_box_has_none() -> None:
    held = cells(62.8, 27.5, 63.0, 27.9)
    assert held is not None
    assert cell(62.89, 27.68) in held
    assert cells(59.0, 19.0, 70.0, 32.0) is None
