"""A vignette (one JSON line) as a wish.  Pure; whatever stands in it, a wish comes out."""

from __future__ import annotations

from collections.abc import Mapping

from mukana.guidance.rules.wish import TIMES, Wish

OLDEST = 120


def wish_of(row: Mapping[str, object]) -> Wish:
    """The wish; what is not understood is left out."""
    said = row.get("constraints")
    limits: Mapping[str, object] = said if isinstance(said, Mapping) else {}
    times = limits.get("times")
    age, language = row.get("age"), str(row.get("language") or "fi")
    return Wish(
        text=str(row.get("text") or ""),
        age=age if isinstance(age, int) and 0 <= age <= OLDEST else None,
        municipality=str(row.get("municipality") or ""),
        language=language,
        language_must=language in ("sv", "en"),
        remote=limits.get("remote_only") is True,
        free=limits.get("free_only") is True,
        step_free=limits.get("step_free") is True,
        companion=limits.get("needs_companion") is True,
        times=tuple(code for code in TIMES if isinstance(times, list) and code in times),
    )
