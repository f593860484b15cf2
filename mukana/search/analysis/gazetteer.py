"""Municipality names in their case forms, read before the morphology.

Rare names get wrong base forms from the morphology, and only a list knows that
"Varkaudessa" is a place to filter by.  Data: data/municipality_forms.tsv.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from mukana.organisations.reference import municipalities

_DATA = Path(__file__).parent / "data" / "municipality_forms.tsv"


@cache
def _forms() -> dict[str, str]:
    """Case form → name in lower case."""
    forms: dict[str, str] = {}
    for line in _DATA.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, _, written = line.partition("\t")
            forms.update(dict.fromkeys(written.split(), name.lower()))
    return forms


@cache
def _codes() -> dict[str, str]:
    """Name in lower case, Finnish or Swedish → municipality code."""
    facts = municipalities().values()
    codes = {item.name_sv.lower(): item.code for item in facts}
    return codes | {item.name_fi.lower(): item.code for item in facts}


def base_form(word: str) -> str:
    """Name of the municipality `word` is a case form of, in lower case; "" for none."""
    return _forms().get(word, "")


def municipality_code(word: str) -> str:
    """Code of the municipality a word in lower case names in some case form; "" for none."""
    return _codes().get(base_form(word) or word, "")
