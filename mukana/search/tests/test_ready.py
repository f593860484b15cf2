"""Analyses shipped ready say what the morphology says, and cover the lexicon."""

from __future__ import annotations

from pathlib import Path

from mukana.search.analysis.analyser import VERSION, analyse
from mukana.search.analysis.reading import Analysis
from mukana.search.analysis.ready import ReadyAnalyser, packed, ready_words, write
from mukana.search.concepts.compiling import compile_lexicon
from mukana.search.lexicon import load

RENEW = "run `make analyses`"
EVERY = 40  # words of which one is looked at


def test_they_are_of_this_program_and_right() -> None:
    ready = ready_words()
    looked_at = sorted(ready)[::EVERY]
    assert len(looked_at) > 200, RENEW
    assert [word for word in looked_at if packed(analyse(word)) != ready[word]] == [], RENEW


def test_they_cover_the_words_of_the_lexicon() -> None:
    asked: set[str] = set()
    held = ReadyAnalyser()

    def noted(word: str) -> Analysis:
        asked.add(word)
        return held.analyse(word)

    compile_lexicon(load(), noted)
    missing = asked - ready_words().keys()
    assert len(missing) < len(asked) / 20, f"{len(missing)} words are missing: {RENEW}"


def test_a_file_of_another_version_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "analyses.tsv"
    write({"kuoro": packed(analyse("kuoro"))}, path)
    assert list(ready_words(path)) == ["kuoro"]
    path.write_text(path.read_text().replace(str(VERSION), "0", 1))
    assert ready_words(path) == {}
