"""The lexicon text as blocks, so that one concept can be edited at a time.  Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

HEAD = re.compile(r"^\[([^\]\n]+)\]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One concept's lines as they stand; `start` and `end` are positions in the whole text."""

    id: str
    text: str
    start: int
    end: int

    @property
    def name(self) -> str:
        """The first word of the first line of words: what people call the concept."""
        return self.words.partition(":")[2].split(",")[0].strip() or self.id

    @property
    def words(self) -> str:
        """The first line of words, shown in lists."""
        lines = [line.strip() for line in self.text.splitlines()[1:] if line.strip()]
        return lines[0] if lines else ""


def blocks(text: str) -> list[TextBlock]:
    """Every block in order; what stands before the first head belongs to none."""
    heads = list(HEAD.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)][: len(heads)]
    return [
        TextBlock(head[1].strip(), text[head.start() : end].rstrip() + "\n", head.start(), end)
        for head, end in zip(heads, ends, strict=True)
    ]


def find(text: str, concept: str) -> TextBlock | None:
    """The block of a concept."""
    return next((block for block in blocks(text) if block.id == concept), None)


def matching(text: str, words: str) -> list[TextBlock]:
    """The blocks whose text holds all the words, ignoring case."""
    wanted = words.casefold().split()
    return [block for block in blocks(text) if all(word in block.text.casefold() for word in wanted)]


def replaced(text: str, concept: str, new: str) -> str:
    """The whole text with the concept's block replaced, removed (empty `new`) or, when it is not there, added last."""
    block, body = find(text, concept), new.strip()
    if block is None:
        return text.rstrip() + "\n\n" + body + "\n"
    return text[: block.start] + (body + "\n\n" if body else "") + text[block.end :]
