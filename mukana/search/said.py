"""What the page reads from a question besides its subject: the days it speaks of, and whether it says anything.  Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from mukana.search.analysis.words import words_of

CODES = {
    "today": r"tänään|tänä päivänä|tänä iltana|idag|i dag|ikväll|i kväll|today|tonight",
    "tomorrow": r"huomenna|huomisiltana|imorgon|i morgon|tomorrow",
    "day_after": r"ylihuomenna|i övermorgon|day after tomorrow",
    "weekend": r"(?:tänä )?viikonloppuna|(?:i|på) helgen|this weekend|(?:at|on) the weekend",
    "this_week": r"tällä viikolla|den här veckan|this week",
    "next_week": r"ensi viikolla|nästa vecka|next week",
}
_DAYS = re.compile("|".join(rf"(?P<{code}>\b(?:{CODES[code]})\b)" for code in ("day_after", *(c for c in CODES if c != "day_after"))), re.I)
_RUN = re.compile(r"(.)\1{4,}")  # nobody's word has five of the same letter in a row


@dataclass(frozen=True, slots=True)
class SaidDays:
    """`code` of the days spoken of, "" for none; `rest` is the question without their words."""

    code: str
    rest: str


def said_days(text: str) -> SaidDays:
    """ "jumppa huomenna" → tomorrow, "jumppa"; the first of several counts."""
    found = _DAYS.search(text)
    return SaidDays((found and found.lastgroup) or "", " ".join(_DAYS.sub(" ", text).split()))


def span(code: str, today: date) -> tuple[date, date]:
    """The first and last of the days; a weekend that has begun goes on."""
    monday = today - timedelta(days=today.weekday())
    ahead = {"today": 0, "tomorrow": 1, "day_after": 2}
    if code in ahead:
        day = today + timedelta(days=ahead[code])
        return day, day
    if code == "weekend":
        return max(today, monday + timedelta(days=5)), monday + timedelta(days=6)
    return (today, monday + timedelta(days=6)) if code == "this_week" else (monday + timedelta(days=7), monday + timedelta(days=13))


def says_nothing(text: str) -> bool:
    """Is there a text without one word that could be looked for: only marks, numbers, pictures or a held-down key?"""
    words = [word for word in words_of(text) if not _is_noise(word)]
    return bool(text.strip()) and not words


def _is_noise(word: str) -> bool:
    return not any(map(str.isalpha, word)) or bool(_RUN.search(word)) or word in _QUERY_LANGUAGE


_QUERY_LANGUAGE = frozenset(("or", "and", "not", "select", "union", "script", "drop"))
