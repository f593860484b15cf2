"""Every code has its words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mukana.referrals import labels
from mukana.referrals.refusals import words_of
from mukana.referrals.rules import cases, codes, placements, reaching, sessions, support

VOCABULARIES = (
    (labels.CASE, cases.CASE.states), (labels.PLACEMENT, placements.PLACEMENT.states), (labels.SUPPORT, support.SUPPORT.states),
    (labels.SESSION, sessions.SESSION.states), (labels.NEEDS, codes.NEEDS), (labels.PRACTICAL, codes.PRACTICAL),
    (labels.AGE_BANDS, codes.AGE_BANDS), (labels.DECLINE_REASONS, codes.DECLINE_REASONS),
    (labels.RESIDENT_REASONS, codes.RESIDENT_REASONS), (labels.END_REASONS, placements.END_REASONS),
    (labels.RECALL_REASONS, placements.RECALL_REASONS), (labels.OUTCOMES, codes.OUTCOMES), (labels.PAUSE_REASONS, cases.PAUSE_REASONS),
    (labels.CANCEL_REASONS, cases.CANCEL_REASONS), (labels.ERROR_REASONS, cases.ERROR_REASONS),
    (labels.REDIRECT_REASONS, cases.REDIRECT_REASONS), (labels.ATTEMPTS, codes.ATTEMPT_RESULTS), (labels.ERRANDS, codes.ERRANDS),
    (labels.WAYS, reaching.WAYS), (labels.SAFE, reaching.SAFE_RULES), (labels.CHANNELS, codes.CHANNELS),
    (labels.ROLES, (*codes.ROLES, codes.DEPUTY, codes.LEAD)), (labels.PERMISSIONS, codes.PERMISSION_KINDS),
    (labels.FIELD_GROUPS, codes.FIELD_GROUPS), (labels.METHODS, codes.METHODS),
)  # fmt: skip
SAID_BY_THE_SITE_ONLY = {
    "unknown_decision", "unknown_field", "unknown_permission", "unknown_result", "unknown_word",
}  # fmt: skip  # no form can send them, the general sentence is enough


@pytest.mark.parametrize("number", range(len(VOCABULARIES)))
def test_every_code_of_a_vocabulary_has_words_and_no_words_stand_idle(number: int) -> None:
    words, known = VOCABULARIES[number]
    assert set(words) == set(known)


def test_every_refusal_has_a_sentence_of_its_own() -> None:
    folder = Path(labels.__file__).parent
    raised = {
        code
        for path in folder.rglob("*.py")
        if "tests" not in path.parts
        for code in re.findall(r'Refused\(\s*"([a-z_]+)"', path.read_text(encoding="utf-8"))
    }
    general = words_of(codes.Refused("never_heard_of"))
    facts = {"until": "1.1.2027", "latest": "1.1.2027", "left": 1, "limit": 5, "most": 3, "low": 0, "high": 6}
    silent = {code for code in raised - SAID_BY_THE_SITE_ONLY if words_of(codes.Refused(code, **facts)) == general}
    assert not silent


def test_many_towns_are_told_in_short() -> None:
    assert labels.in_short(["Iisalmi", "Kuopio"]) == "Iisalmi, Kuopio"
    assert labels.in_short(list("abcd")) == "a, b, c, d"
    assert labels.in_short(list("abcde")) == "a, b, c ja 2 muuta"
