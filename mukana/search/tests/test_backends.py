"""libvoikko and the mapped file give the same terms, so results do not depend on what is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from mukana.search.analysis.backend import mapped
from mukana.search.analysis.native import NotInstalled, Voikko
from mukana.search.analysis.reading import read
from mukana.search.analysis.words import words_of
from mukana.search.lexicon import load


@pytest.fixture(scope="module")
def native() -> Voikko:
    try:
        return Voikko()
    except NotInstalled:
        pytest.skip("libvoikko is not installed")


def word_list() -> list[str]:
    """Every eighth word of the lexicon and of this program's own Finnish texts."""
    texts = [label for label, language, _ in load().words() if language == "fi"]
    texts += [phrase for phrase, _ in load().phrases()]
    words = {word for text in texts for word in words_of(text) if word.isalpha()}
    return sorted(words)[::8]


def test_both_give_the_same_terms_for_a_long_word_list(native: Voikko) -> None:
    words = word_list()
    assert len(words) > 400
    differing = [word for word in words if read(word, native.lookup(word)) != read(word, mapped().lookup(word))]
    assert differing == []


def test_the_mapped_file_costs_little(data_folder: Path) -> None:
    path = next(data_folder.glob("finnish-*.fst")) if mapped() else None
    assert path is not None
    assert path.stat().st_size < 15_000_000


def test_odd_letters_are_simply_not_known(native: Voikko) -> None:
    for word in ("日本", "🙂", "", "מילה", "a" * 300):
        assert mapped().lookup(word) == []
        assert native.lookup(word) == []
