"""An index made side by side holds and answers the same as one made in one go."""

from __future__ import annotations

from pathlib import Path

import pytest

from mukana.directory.models import Entry
from mukana.lib.clock import now
from mukana.search import documents, knowledge, making
from mukana.search.analysis.analyser import analyse
from mukana.search.index import places, writing
from mukana.search.index.building import DocumentMaker
from mukana.search.index.joining import join
from mukana.search.index.reading import Reader
from mukana.search.index.terms import TermMaker
from mukana.search.models import WordForm
from mukana.search.queries import SearchRequest, search
from mukana.search.ranking.finding import Finder
from mukana.search.tests.engine import document, found, lexicon
from mukana.search.tests.engine import knowledge as words_of

SMALL = words_of(lexicon("[walking] toiminta\nfi: kävely\n"))
NAMES = ("Kävelyryhmä", "Tuolijumppa", "Sauvakävely", "Lukupiiri", "Kävelykerho", "Shakkikerho", "Kävelyretki")


def maker() -> DocumentMaker:
    return DocumentMaker(TermMaker(analyse, SMALL.tables))


def joined(folder: Path) -> Path:
    """One index of two, made of four entries."""
    parts = [folder / "part0", folder / "part1"]
    for part, ids in zip(parts, ("ab", "cd"), strict=True):
        part.mkdir()
        writing.fill(part, [document(one, f"Kävelyryhmä {one}") for one in ids], maker())
    join(folder, parts)
    return folder


def test_joined_parts_answer_as_one_and_leave_nothing_behind(fresh_index: Path) -> None:
    folder = joined(places.new_folder())
    writing.finish(folder, places.State(1, "x"))
    assert sorted(found(Finder(Reader().opened(), SMALL), "kävely")) == ["a", "b", "c", "d"]
    assert not [path for path in folder.iterdir() if path.is_dir()]


def test_a_joined_index_takes_changes(fresh_index: Path) -> None:
    folder = joined(places.new_folder())
    writing.finish(folder, places.State(1, "x"))
    writing.change(folder, ["a", "c"], [document("e", "Kävelykerho")], maker())
    assert sorted(found(Finder(Reader().opened(), SMALL), "kävely")) == ["b", "d", "e"]


@pytest.mark.django_db(transaction=True)
def test_side_by_side_gives_the_same_answers_in_the_same_order(fresh_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Entry.objects.bulk_create(Entry(kind="group", texts={"fi": {"name": name}}) for name in NAMES)
    held = knowledge.knowledge(fresh=True)
    assert making.make_index(now(), held, places.State(1, held.version)) == len(NAMES)
    alone = [hit.entry_id for hit in search(SearchRequest("kävely", now())).hits]
    words = set(WordForm.objects.values_list("form", flat=True))
    WordForm.objects.all().delete()
    monkeypatch.setattr(documents, "BATCH", 2)
    monkeypatch.setattr(making, "WORTH", 1)
    monkeypatch.setattr(making, "cores", lambda: 2)
    assert making.make_index(now(), held, places.State(2, held.version)) == len(NAMES)
    assert [hit.entry_id for hit in search(SearchRequest("kävely", now())).hits] == alone
    assert len(alone) == 4
    assert set(WordForm.objects.values_list("form", flat=True)) == words
