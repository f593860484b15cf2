"""Reads the analysis strings of the Finnish transducer.  Pure.

"[Ln][Xp]vesi[X]ve[Sn][Ny]si[Bh][Bc][Ln][Xp]jumppa[X]jump[Sn][Nm]at" is the compound
vesi + jumppa.  Outside brackets stands the surface; [Xp]…[X] gives a base form,
[Xj]…[X] the base form of a derivation (its former base is a root), [Bc] ends a part,
"=" in a base form marks a lexicalised join.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NEXT_PART = "[Bc]"
_TOKEN = re.compile(r"\[[^\]]*\]|[^\[]+")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a word, in lower case."""

    surface: str
    base: str
    roots: tuple[str, ...] = ()
    kind: str = ""  # Voikko's class: n noun, t verb, l adjective, p prefix, ep place name …


@dataclass(slots=True)
class _Builder:
    """Collects one part while the tokens pass by."""

    base: str = ""
    surface: str = ""
    given: str = ""  # text inside the latest [Xp] or [Xj]
    text: str = ""  # surface text since then
    roots: tuple[str, ...] = ()
    kind: str = ""
    inside: str = ""

    def open(self, tag: str) -> None:
        """A base form begins; a derivation leaves the former one as a root."""
        if tag == "[Xj]" and self.given:
            self.roots += (self.base + self.given,)
        self.base += self.text
        self.surface += self.text
        self.text = self.given = ""
        self.inside = "base"

    def tag(self, tag: str) -> None:
        if tag in ("[Xp]", "[Xj]"):
            self.open(tag)
        elif tag in ("[Xr]", "[Xs]"):
            self.inside = "reference"
        elif tag == "[X]":
            self.inside = ""
        elif tag.startswith("[L"):
            self.kind = tag[2:-1]

    def add(self, text: str) -> None:
        if self.inside == "base":
            self.given += text
        elif not self.inside:
            self.text += text

    def finish(self) -> Part | None:
        surface = (self.surface + self.text).strip("-").lower()
        base = (self.base + self.given if self.given else surface).strip("-").lower()
        if not surface:
            return None
        return Part(surface, base, tuple(r.strip("-").lower() for r in self.roots), self.kind)


def parts_of(output: str) -> tuple[Part, ...]:
    """The parts of one analysis string, lexicalised joins opened."""
    builders = [_Builder()]
    for token in _TOKEN.findall(output):
        if token == _NEXT_PART:
            builders.append(_Builder())
        elif token.startswith("["):
            builders[-1].tag(token)
        else:
            builders[-1].add(token)
    parts = [part for builder in builders if (part := builder.finish()) is not None]
    return tuple(piece for part in parts for piece in _open_join(part))


def _open_join(part: Part) -> list[Part]:
    """vertais=tuki → vertais, tuki; the pieces before the last stand as in the base form."""
    if "=" not in part.base:
        roots = tuple(root.replace("=", "") for root in part.roots)
        return [Part(part.surface, part.base, roots, part.kind)]
    *before, last = part.base.split("=")
    roots = tuple(root.rpartition("=")[2] for root in part.roots)
    return [*(Part(piece, piece, (), "") for piece in before if piece), Part(last, last, roots, part.kind)]


def lemma_of(parts: tuple[Part, ...]) -> str:
    """Surface of every part but the last + base form of the last."""
    return "".join(part.surface for part in parts[:-1]) + parts[-1].base
