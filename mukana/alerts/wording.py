"""A search in words: "”vesijumppa”, Kuopio, keskiviikko, Maksuton"."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mukana.directory.labels import KINDS
from mukana.directory.words import term_name
from mukana.search.chips import chips
from mukana.search.matching import Question


def described(question: Question) -> str:
    """What is looked for, in the language that is on."""
    language = get_language() or "fi"
    asked = question.asked
    said = f"”{asked.text}”" if asked.text else term_name("need", asked.need, language) if asked.need else ""
    kinds = [str(KINDS[code]) for code in asked.kinds if code in KINDS]
    labels = [str(chip.label) for chip in chips(asked, language, near=bool(question.place)) if chip.on]
    return ", ".join(dict.fromkeys(filter(None, (said, *kinds, *labels)))) or _("kaikki uudet kohteet")
