"""Lexicon text → blocks of lines, before anything is known about concepts.

# a note
[swimming] toiminta
fi: uinti, uida, uiminen
sanoo:
  haluan uimaan
  pääsisikö uimaan
vie: water_exercise 60, swimming_hall 40
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches

from mukana.search.lexicon.codes import KIND_WORDS
from mukana.search.lexicon.rules import Problem, tidy

KEYS = (
    *("fi", "sv", "en", "vihje", "sanoo", "vie"),
    *("läheisellä", "aihe", "kenelle", "piirre", "ehto", "paino", "poista"),
)
_HEAD = re.compile(r"\[(?P<id>[^\]]*)\]\s*(?P<kind>.*)")
_ID = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(slots=True)
class Block:
    """One concept as written: each value keeps the number of its line."""

    id: str
    kind: str  # stored kind, "" when the block only adds to a known concept
    line: int
    values: dict[str, list[tuple[str, int]]] = field(default_factory=dict)


class BlockReader:
    """Reads line by line and remembers which concept and which key are open."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.problems: list[Problem] = []
        self._key = ""

    def read(self, text: str) -> None:
        """Take in a whole text; never raises."""
        for number, raw in enumerate(text.replace("\ufeff", "").splitlines(), start=1):
            line = raw.split("#", 1)[0].rstrip()
            if not line.strip():
                continue
            if line.startswith("["):
                self._open(line, number)
            elif line[0].isspace():
                self._continue(line, number)
            else:
                self._key_line(line, number)

    def _open(self, line: str, number: int) -> None:
        self._key = ""
        match = _HEAD.fullmatch(line)
        identity = match["id"].strip() if match else ""
        if match is None or not _ID.fullmatch(identity):
            message = "Hakasulkeisiin kuuluu käsitteen tunnus pienin kirjaimin ilman ääkkösiä, esimerkiksi [swimming] toiminta."
            self._complain(number, message)
            identity = ""
        word = tidy(match["kind"]) if match else ""
        if word and word not in KIND_WORDS:
            self._complain(number, f"Laji ”{word}” on tuntematon. Lajit ovat: {', '.join(KIND_WORDS)}.")
        self.blocks.append(Block(identity, KIND_WORDS.get(word, ""), number))

    def _key_line(self, line: str, number: int) -> None:
        key, colon, rest = line.partition(":")
        key = key.strip().lower()
        if not colon or key not in KEYS:
            self._key = ""
            self._complain(number, _unknown_key(key if colon else line))
            return
        self._key = key
        self._add(rest, number)

    def _continue(self, line: str, number: int) -> None:
        if not self._key:
            self._complain(number, "Sisennetty rivi jatkaa edellistä kohtaa, mutta sellaista ei ole.")
            return
        self._add(line, number)

    def _add(self, rest: str, number: int) -> None:
        if not self.blocks:
            self._complain(number, "Ensin pitää olla käsitteen otsikko, esimerkiksi [swimming] toiminta.")
            return
        store = self.blocks[-1].values.setdefault(self._key, [])
        store.extend((word, number) for part in rest.split(",") if (word := tidy(part)))

    def _complain(self, line: int, message: str) -> None:
        self.problems.append(Problem(line, message))


def _unknown_key(word: str) -> str:
    near = get_close_matches(word, KEYS, n=1, cutoff=0.5)
    hint = f" Tarkoititko ”{near[0]}:”?" if near else ""
    return f"Riviä ”{tidy(word)[:40]}” ei ymmärretty.{hint} Rivi alkaa jollakin näistä ja kaksoispisteellä: {', '.join(KEYS)}."
