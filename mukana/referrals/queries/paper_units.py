"""Units by the short code that stands on their paper forms."""

from __future__ import annotations

from mukana.guidance.models import Unit

LETTER = "Y"


def code_of(unit: Unit) -> str:
    """Short enough to type; not the key of the unit's link, which opens more."""
    return f"{LETTER}{unit.pk}"


def unit_of(code: str) -> Unit | None:
    """The unit in use that the code stands for, however it was typed; None when there is none."""
    typed = "".join(code.upper().split()).removeprefix(LETTER)
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
        return None
    return Unit.objects.select_related("municipality").filter(pk=int(typed), active=True).first()
