"""The word as concepts see it.  Pure."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text as the matcher sees it.  `names` are the terms that may equal a term of a label."""

    form: str
    lemmas: tuple[str, ...]
    heads: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", self.lemmas + self.foreign)
