"""What an answer by text message means: it is read against the questions that are open to the sender."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mukana.attendance.rules import from_sms
from mukana.referrals.rules.codes import SMS_REASONS
from mukana.referrals.rules.support import AWAY, CAME, STAYED

MARK, OFFER, COMPANY, WHY, ALONG = "mark", "offer", "company", "why", "along"
KINDS = (MARK, OFFER, COMPANY, WHY, ALONG)
YES, NO = "yes", "no"
_YES = frozenset({"kyllä", "kylla", "joo", "ja", "yes", "ok"})
_NO = frozenset({"ei", "en", "nej", "no"})
_SHORT = {"k": YES, "e": NO}
_ALONG = {"k": CAME, "tuli": CAME, "kom": CAME, "e": AWAY, "p": STAYED, "en": STAYED, "perui": STAYED}


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the sender has been asked and that is still open; `key` tells it apart."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Meant:
    """A question that the words answer, and the answer."""

    question: Question
    answer: str


def answer_to(kind: str, text: str) -> str:
    """The answer that the words give to a question of the kind; "" when they give none.

    A mark: attended, missed or excused.  An offer and a companion: yes or no; a single letter is enough for a companion,
    but binds nobody to receive.  Why: the reason whose number it is.  Along: the companion came, did not, or I was not there.
    """
    words = text.casefold().split()
    first = words[0].strip(".,!?") if words else ""
    if kind == MARK:
        return from_sms(text)
    if kind == WHY:
        return SMS_REASONS.get(int(first), "") if first.isascii() and first.isdigit() and len(first) == 1 else ""
    if kind == ALONG and first in _ALONG:
        return _ALONG[first]
    said = YES if first in _YES else NO if first in _NO else ""
    if kind == ALONG:
        return {YES: CAME, NO: AWAY}.get(said, "")
    return said or (_SHORT.get(first, "") if kind == COMPANY else "")


def meant(questions: Iterable[Question], text: str) -> list[Meant]:
    """Every open question that the words could answer; only one alone is acted upon."""
    told = ((question, answer_to(question.kind, text)) for question in questions)
    return [Meant(question, answer) for question, answer in told if answer]
