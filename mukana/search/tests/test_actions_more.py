"""The index follows the feed, one writer at a time; questions without an answer are counted without the asker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.directory.actions import changes
from mukana.directory.models import Change, Entry
from mukana.lib.clock import now
from mukana.lib.locks import Locked
from mukana.search import actions
from mukana.search.actions import catch_up, note_unanswered, rebuild, save_lexicon
from mukana.search.index import places
from mukana.search.lexicon import LexiconError
from mukana.search.models import LexiconEdition, Unanswered, WordForm
from mukana.search.rules import LOGGED, loggable

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_index")]
LEXICON = "[dance] toiminta\nfi: tanssi\n"


def told(name: str = "Kerho") -> Entry:
    """A published entry and its change."""
    entry = Entry.objects.create(kind="group", texts={"fi": {"name": name}})
    changes.record([entry.pk], "created", now())
    return entry


def index() -> Path:
    folder = places.current()
    assert folder is not None
    return folder


@contextmanager
def _held(name: str, _folder: Path, _wait_seconds: float = 0.0) -> Iterator[None]:
    raise Locked(name, 1)
    yield


def test_the_first_catch_up_makes_the_index_and_a_second_writes_nothing() -> None:
    told()
    assert (catch_up(), catch_up()) == (1, 0)


def test_changes_are_taken_into_the_same_index_each_entry_once() -> None:
    entry = told()
    catch_up()
    folder = index()
    changes.record([entry.pk, entry.pk], "updated", now())
    told("Toinen")
    assert (catch_up(), index()) == (2, folder)
    assert places.read_state(folder).position == Change.objects.latest("seq").seq


def test_changes_are_taken_in_batches_and_a_feed_cut_short_meanwhile_ends_the_round(monkeypatch: pytest.MonkeyPatch) -> None:
    told()
    catch_up()
    monkeypatch.setattr(actions, "_BATCH", 1)
    told("Toinen")
    last = told("Kolmas")
    change = actions.writing.change

    def change_and_cut(*given: object) -> None:
        change(*given)  # type: ignore[arg-type]  # passed on as they came
        Change.objects.filter(entry_id=last.pk).delete()

    monkeypatch.setattr(actions.writing, "change", change_and_cut)
    assert catch_up() == 1


def test_many_changes_remember_the_words_they_analysed_and_few_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    told()
    catch_up()
    told("Sählykerho")
    assert catch_up() == 1
    assert not WordForm.objects.filter(form="sählykerho").exists()
    monkeypatch.setattr(actions, "_FEW", 0)
    told("Kaljaasikerho")
    assert catch_up() == 1
    assert WordForm.objects.filter(form="kaljaasikerho").exists()


def test_an_index_far_behind_or_ahead_of_the_feed_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    told()
    catch_up()
    first = index()
    monkeypatch.setattr(actions, "_MANY", 0)
    told("Toinen")
    assert catch_up() == 2
    second = index()
    Change.objects.all().delete()
    assert catch_up() == 2
    assert len({first, second, index()}) == 3


def test_rebuilding_writes_every_published_entry() -> None:
    told()
    told("Toinen")
    Entry.objects.create(kind="group", status="draft", texts={"fi": {"name": "Luonnos"}})
    assert rebuild() == 2


def test_a_busy_index_is_left_to_its_writer_unless_one_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "named_lock", _held)
    assert catch_up(wait=False) == 0
    with pytest.raises(Locked):
        catch_up()


def test_a_lexicon_with_mistakes_is_not_taken_into_use() -> None:
    with pytest.raises(LexiconError):
        save_lexicon("[tanssi", by="tiina")
    assert LexiconEdition.objects.count() == 0
    assert save_lexicon(LEXICON, by="tiina") == LexiconEdition.objects.get()


def test_a_question_without_an_answer_is_counted_by_day(monkeypatch: pytest.MonkeyPatch) -> None:
    note_unanswered("Sulkapallo")
    note_unanswered("sulkapallo ")
    monkeypatch.setenv("MUKANA_NOW", "2026-11-23T10:00")
    note_unanswered("sulkapallo")
    kept = list(Unanswered.objects.order_by("day").values_list("words", "day", "times"))
    assert kept == [("sulkapallo", date(2026, 11, 22), 2), ("sulkapallo", date(2026, 11, 23), 1)]


def test_a_question_that_could_tell_of_a_person_is_not_kept() -> None:
    note_unanswered("040 123 4567")
    note_unanswered("äitini on yksin ja " + "väsynyt " * 20)
    assert Unanswered.objects.count() == 0


@given(st.text())
def test_what_is_kept_of_a_question_has_no_digits_or_addresses_and_is_short(words: str) -> None:
    kept = loggable(words)
    assert len(kept) <= LOGGED
    assert "@" not in kept
    assert not any(letter in "0123456789" for letter in kept)
