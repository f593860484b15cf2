"""In which language an answer is, and how a text is chosen in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mukana.look.rules import SELKO, pick, text_languages

LANGUAGES = ("fi", "sv", "en", "se", "smn", "sms", SELKO)


@dataclass(frozen=True, slots=True)
class Telling:
    """In which language and on which day."""

    language: str
    today: date

    def text(self, texts: Mapping[str, Mapping[str, Any]], field: str) -> str:
        """The text in this language, else in Finnish, else in any."""
        base = "fi" if self.language == SELKO else self.language
        return str(pick(texts, field, text_languages(base, selko=self.language == SELKO)).value)
