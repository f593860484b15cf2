"""Conversation cards: `data/cards/NN_code.toml`, each in fi, selkokieli, sv and en.  Pure; read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

LANGUAGES = ("fi", "fi-x-selko", "sv", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One language of a card: `ask` asks permission, `open` opens, `hand` says when it belongs to health care."""

    title: str
    ask: str
    open: tuple[str, ...]
    do: tuple[str, ...]
    dont: tuple[str, ...]
    hand: str


@dataclass(frozen=True, slots=True)
class Card:
    """One matter.  `search` finds suggestions for it; `phone` answers at once, "" when none is named."""

    code: str
    search: str
    phone: str
    texts: dict[str, Text]

    def text(self, language: str) -> tuple[str, Text]:
        """The text in a language, else in Finnish; and which language it is."""
        chosen = language if language in self.texts else "fi"
        return chosen, self.texts[chosen]


@cache
def cards() -> tuple[Card, ...]:
    """Every card in the order of its file."""
    folder = resources.files("mukana.guidance").joinpath("data", "cards")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return tuple(
        _card(file.name.removesuffix(".toml").partition("_")[2], tomllib.loads(file.read_text(encoding="utf-8"))) for file in files
    )


def card_of(code: str) -> Card | None:
    """The card of a code."""
    return next((card for card in cards() if card.code == code), None)


def _card(code: str, row: dict[str, Any]) -> Card:
    return Card(code, row["search"], row["phone"], {language: _text(row[language]) for language in LANGUAGES})


def _text(row: dict[str, Any]) -> Text:
    return Text(row["title"], row["ask"], tuple(row["open"]), tuple(row["do"]), tuple(row["dont"]), row["hand"])
