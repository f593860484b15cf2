"""What somebody says they do not want: "ei halua istua puhumassa ryhmässä", "inte i vatten", "no video"."""

from __future__ import annotations

import re

from mukana.guidance.rules.patterns import codes, pattern

_CLAUSES = re.compile(r"[.!?;,\n]|\b(?:mutta|vaan|men|but)\b", re.IGNORECASE)
_NO = re.compile(r"\b(?:en|ei|eikä|enkä|eivät|inte|inga|ingen|not|no|don't|doesn't|won't|never)\b", re.IGNORECASE)
_ALONE = re.compile(r"\b(?:yksin\w*|ensam|alone|ilman|kaveria)\b", re.IGNORECASE)
_FILE = "wishes.txt"


def refused(text: str) -> frozenset[str]:
    """Codes of `wish.REFUSED` that the text turns down."""
    found: set[str] = set()
    for clause in filter(None, _CLAUSES.split(text)):
        if _NO.search(clause) and pattern(_FILE, "will").found(clause) and not _ALONE.search(clause):
            found |= {code for code, said in codes(_FILE, "refuse").items() if said.found(clause)}
    return frozenset(found)
