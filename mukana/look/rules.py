"""What a visitor may choose for the eyes and ears, and how a text variant is picked.  Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SELKO = "fi-x-selko"
PAGE_LANGUAGES = ("fi", "sv", "en")  # the site's own words exist in these
LANGUAGES = {  # code → own name, as its speakers write it
    "fi": "Suomi",
    "sv": "Svenska",
    "en": "English",
    "se": "Davvisámegiella",
    "smn": "Anarâškielâ",
    "sms": "Sääʹmǩiõll",
}
THEMES = ("vaalea", "tumma", "kontrasti")
TEXT_SIZES = ("suuri", "suurin")
YEAR = 365 * 24 * 3600  # seconds; how long a choice is remembered


@dataclass(frozen=True, slots=True)
class Picked:
    """One text variant.  `foreign` is the `lang` to mark when it is not the page's language, else ""."""

    value: Any
    language: str = ""
    foreign: str = ""

    def __bool__(self) -> bool:
        return bool(self.value)


def page_language(chosen: str) -> str:
    """The language of the site's own words: the choice where they exist in it, else Finnish."""
    return chosen if chosen in PAGE_LANGUAGES else "fi"


def text_languages(language: str, selko: bool) -> tuple[str, ...]:
    """The order in which variants of a text are tried: own language first, Finnish always among them.

    Selkokieli exists for Finnish only, so it goes right before Finnish.
    """
    finnish = (SELKO, "fi") if selko else ("fi",)
    if language == "fi":
        return finnish
    return (language, *finnish)


def pick(texts: Mapping[str, Mapping[str, Any]], field: str, order: Sequence[str], page: str = "fi") -> Picked:
    """The best variant of `field`: by `order`, then whatever exists.  Empty values do not count."""
    rest = sorted(code for code in texts if code not in order)
    for code in (*order, *rest):
        value = texts.get(code, {}).get(field)
        if value:
            primary = code.split("-")[0]
            return Picked(value, code, "" if primary == page else primary)
    return Picked("")
