"""What a letter and a form are made of: plain words in, nothing of how it looks."""

from __future__ import annotations

from dataclasses import dataclass

Rows = tuple[tuple[str, str], ...]  # a word, and what is said of it


@dataclass(frozen=True, slots=True)
class Call:
    """The framed number: why to ring, the number, when somebody answers."""

    before: str
    number: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with what stands under it."""

    title: str
    paragraphs: tuple[str, ...] = ()
    facts: Rows = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter; `address` is what shows in the envelope's window, `foot` the two corners below."""

    language: str
    title: str
    paragraphs: tuple[str, ...]
    address: tuple[str, ...] = ()
    place: str = ""
    side: tuple[str, ...] = ()
    facts: Rows = ()
    after: tuple[str, ...] = ()
    call: Call | None = None
    parts: tuple[Part, ...] = ()
    foot: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Question:
    """Boxes to tick when there are choices, else so many lines to write on."""

    title: str
    choices: tuple[str, ...] = ()
    hint: str = ""
    lines: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Section:
    """Questions under a heading."""

    title: str
    questions: tuple[Question, ...]
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """A square code with what it is for; `drawing` is an SVG."""

    title: str
    drawing: str
    alt: str
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form to fill in by hand."""

    language: str
    title: str
    paragraphs: tuple[str, ...]
    parts: tuple[Section, ...]
    place: str = ""
    side: tuple[str, ...] = ()
    call: Call | None = None
    code: Code | None = None
    foot: str = ""
