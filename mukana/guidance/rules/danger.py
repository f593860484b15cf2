"""Words of acute danger: whoever types them is first shown whom to ring.  Pure."""

from __future__ import annotations

from mukana.guidance.rules.patterns import pattern


def acute(text: str) -> bool:
    """Does the text speak of danger to life, or of violence?"""
    return bool(text) and pattern("danger.txt", "danger").found(text)
