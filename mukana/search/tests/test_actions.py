"""The index follows the directory, and staff's lexicon comes into force."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mukana.directory.actions.changes import record
from mukana.directory.models import Entry, Source, SourceRow
from mukana.lib.clock import now
from mukana.search import knowledge as knowledge_module
from mukana.search.actions import catch_up, note_unanswered, rebuild, save_lexicon
from mukana.search.index import places
from mukana.search.lexicon import LexiconError, default_text
from mukana.search.models import Unanswered, WordForm
from mukana.search.queries import position, search, suggest
from mukana.search.rules import SearchRequest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_index", "fresh_knowledge")]


@pytest.fixture
def fresh_knowledge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowledge_module, "_current", knowledge_module.Current())
    monkeypatch.setattr(knowledge_module, "LOOK_EVERY_S", 0.0)


def entry(name: str, summary: str = "", **facts: object) -> Entry:
    made = Entry.objects.create(kind="group", texts={"fi": {"name": name, "summary": summary}}, **facts)
    record([made.pk], "created", now())
    return made


def names(text: str) -> list[str]:
    ids = [hit.entry_id for hit in search(SearchRequest(text, now())).hits]
    held = {str(one.pk): str(one) for one in Entry.objects.filter(pk__in=ids)}
    return [held[one] for one in ids]


def test_before_the_first_build_a_search_is_empty_and_says_so() -> None:
    assert position() is None
    assert search(SearchRequest("jumppa", now())).total == 0
    assert suggest("ju") == []


def test_a_new_entry_is_found_and_a_withdrawn_one_is_not() -> None:
    made = entry("Tuolijumppa")
    assert catch_up() == 1
    assert names("tuolijumpassa") == ["Tuolijumppa"]
    Entry.objects.filter(pk=made.pk).update(status="withdrawn")
    record([made.pk], "removed", now())
    catch_up()
    assert names("tuolijumpassa") == []


def test_catching_up_twice_does_nothing_more() -> None:
    entry("Kuoro")
    catch_up()
    entry("Lukupiiri")
    assert catch_up() == 1
    assert catch_up() == 0
    assert names("lukupiiriin") == ["Lukupiiri"]


def test_a_changed_name_replaces_the_old_one() -> None:
    made = entry("Shakkikerho")
    catch_up()
    Entry.objects.filter(pk=made.pk).update(texts={"fi": {"name": "Kuoro"}})
    record([made.pk], "updated", now())
    catch_up()
    assert names("kuoroon") == ["Kuoro"]
    assert "Kuoro" not in names("shakki")


def test_a_rebuild_gives_the_same_answers_and_remembers_words() -> None:
    entry("Tuolijumppa")
    entry("Kumikanajumppa")
    catch_up()
    before = names("jumppa")
    assert rebuild() == 2
    assert names("jumppa") == before
    assert list(WordForm.objects.values_list("form", flat=True)) == ["kumikanajumppa"], "the other word is shipped"


def test_a_new_edition_of_the_lexicon_makes_a_new_index_and_new_answers() -> None:
    entry("Humppailta seurojentalolla")
    catch_up()
    assert names("pyörähtely") == []
    first = places.current()
    save_lexicon(default_text() + "\n[humppa_test] toiminta\nfi: pyörähtely, humppailta\n", by="test")
    catch_up()
    assert places.current() != first
    assert names("pyörähtely") == ["Humppailta seurojentalolla"]


def test_an_edition_with_a_mistake_is_refused() -> None:
    with pytest.raises(LexiconError):
        save_lexicon("[x] toimintaa\nfi: y", by="test")


def test_an_unanswered_question_is_counted_without_the_person() -> None:
    for _ in range(2):
        note_unanswered("Kvidditsh  puh. 0401234567 matti@example.fi")
    row = Unanswered.objects.get()
    assert (row.words, row.times) == ("kvidditsh puh.", 2)


def test_suggestions_begin_as_typed_and_lead_somewhere() -> None:
    entry("Vesijumppa", "Tahti on rauhallinen")
    catch_up()
    assert "vesijumppa" in [word.lower() for word in suggest("vesij")]
    assert suggest("") == []


def test_a_run_file_names_the_rows_of_the_source(tmp_path: Path) -> None:
    made = entry("Tuolijumppa")
    source = Source.objects.create(key="s", adapter="neutral", name="S")
    SourceRow.objects.create(source=source, row_id="d001", digest=b"0" * 16, kind="entry", entry=made, seen_at=now())
    catch_up()
    queries, run = tmp_path / "q.tsv", tmp_path / "run.txt"
    queries.write_text("qid\tkind\tquery\nt1\tinflected\ttuolijumpassa\n", encoding="utf-8")
    call_command("search", queries=queries, run=run)
    qid, document, score = run.read_text().split()
    assert (qid, document) == ("t1", "d001")
    assert float(score) > 0


def test_the_command_says_what_to_do_without_an_index() -> None:
    with pytest.raises(CommandError, match="reindex"):
        call_command("search", "jumppa")
