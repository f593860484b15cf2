"""General descriptions (pohjakuvaukset): national texts that services build on.  Pure.

Their bodies are Draft.js documents inside strings, their classes old addresses.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from mukana.importers.ptv.shapes import codes, concept_uris
from mukana.importers.values import LANGUAGES, dicts, line
from mukana.lib.text import from_draft_js


@dataclass(frozen=True, slots=True)
class GeneralDescription:
    """`texts` is `{field: {language: plain text}}`; `codes` are PTV codes of all kinds."""

    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    charge_type: str = ""


def general_description(row: dict[str, Any]) -> GeneralDescription:
    """A general description out of its row, an empty one out of nothing."""
    if not row:
        return GeneralDescription()
    references = [codes(row.get(key)) for key in ("ServiceClass", "TargetGroup", "LifeEvent")]
    return GeneralDescription(
        texts={
            "summary": _texts(row.get("ShortDescription")),
            "description": _texts(row.get("BackgroundDescription")) | _texts(row.get("Description")),
            "join": _texts(row.get("UserInstructions")),
        },
        codes=tuple(code for found in references for code in found),
        concepts=concept_uris(row.get("OntologyTerm")),
        charge_type=line(row.get("ChargeType")),
    )


def _texts(items: object) -> dict[str, str]:
    found: dict[str, str] = {}
    for item in dicts(items):
        language, label = item.get("Lang"), item.get("Label")
        if language in LANGUAGES and isinstance(label, str):
            text = from_draft_js(label)
            if text:
                found.setdefault(str(language), text)
    return found
