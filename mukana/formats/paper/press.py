"""The press: our own sheets and letters, and the typesetter's own serif for names in other alphabets; nothing else.

Nothing comes from the system or the network, so a sheet looks the same wherever it is pressed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any
from unicodedata import category, normalize

from mukana.formats.paper.parts import Form, Letter

FOLDER = Path(__file__).parent
_DRAWING = "drawing"


def letters(found: Sequence[Letter], *, author: str, title: str) -> bytes:
    """The letters in one PDF, each on a page of its own.  Raises ValueError when there are none."""
    if not found:
        raise ValueError("no letters")
    return _press("letters", author, title, found[0].language, {"letters": [asdict(letter) for letter in found]})


def form(made: Form, *, author: str) -> bytes:
    """A blank form as PDF."""
    return _press("form", author, made.title, made.language, {"form": asdict(made)})


def _press(sheet: str, author: str, title: str, language: str, facts: dict[str, Any]) -> bytes:
    import typst  # few print, and the library takes 30 MB

    data = json.dumps(_drawn({"author": author, "title": title, "language": language, **facts}), ensure_ascii=False)
    return typst.compile(
        str(FOLDER / f"{sheet}.typ"), root=str(FOLDER), font_paths=_fonts(), ignore_system_fonts=True,
        sys_inputs={"data": data}, format="pdf", pdf_standards=["ua-1"],  # for those who listen to a page
    )  # fmt: skip


def _drawn(value: Any) -> Any:
    """The same with every text in letters that we have: a sheet with a letter nobody can draw would not be PDF/UA."""
    if isinstance(value, dict):
        return {name: one if name == _DRAWING else _drawn(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_drawn(one) for one in value]
    return in_our_letters(value) if isinstance(value, str) else value


def in_our_letters(text: str) -> str:
    """The text as it can be set: composed; a strange letter loses its marks, what is left strange becomes "?".

    Marks go from letters of other alphabets, too, where they are not of the letter itself (the stress of a Russian word).
    """
    found = []
    foreign = False
    for sign in normalize("NFC", text):
        if foreign and category(sign)[0] == "M":
            continue
        foreign = sign in _letters("others")
        found.append(_letter(sign))
    return "".join(found)


def unprintable(text: str) -> str:
    """The signs of a text that no letter of ours can show, each once: somebody has to be asked for another spelling."""
    return "".join(dict.fromkeys(sign for sign in normalize("NFC", text) if sign != "?" and _letter(sign) == "?"))


def _letter(sign: str) -> str:
    if sign in _letters() or sign in _letters("others"):
        return sign
    if sign.isspace():
        return "\n" if sign == "\n" else " "
    plain = "".join(part for part in normalize("NFKD", sign) if part in _letters())
    return plain or ("" if category(sign)[0] in "CM" else "?")


@lru_cache(maxsize=2)
def _letters(name: str = "letters") -> frozenset[str]:
    """What our own letters show; "others": what Libertinus Serif of the typst package does besides."""
    return frozenset((FOLDER / "fonts" / f"{name}.txt").read_text(encoding="utf-8").strip("\n"))


@lru_cache(maxsize=1)
def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FOLDER / "fonts")])
