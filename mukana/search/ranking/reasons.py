"""Why an entry is shown, and which word forms to mark in its texts.  Pure."""

from __future__ import annotations

from collections.abc import Iterable

from mukana.search.asking.plan import Leaf, Plan, Slot
from mukana.search.rules import Reason

_MOST_REASONS = 4
_MARKED_FROM = 0.3  # weaker evidence is not marked in texts


class Forms:
    """The words stored with an entry: lines "form<TAB> term term … ", terms between blanks.

    A hit is asked about a few dozen of its hundreds of terms, so the text is searched
    where it stands instead of being taken apart.
    """

    def __init__(self, stored: bytes) -> None:
        self._text = stored.decode()

    def get(self, term: str) -> str:
        """The first word form of the entry that has the term, or ""."""
        at = self._text.find(f" {term} ")
        if at < 0:
            return ""
        start = self._text.rfind("\n", 0, at) + 1
        return self._text[start : self._text.index("\t", start)]


def reasons_of(plan: Plan, forms: Forms) -> tuple[Reason, ...]:
    """One reason for each thing asked that the entry's words answer, what must be answered first."""
    reasons: list[Reason] = []
    for slot in (*plan.slots, *plan.boosts):
        reason = _reason(slot, forms)
        if reason is not None and reason not in reasons:
            reasons.append(reason)
    return tuple(reasons[:_MOST_REASONS])


def marked(plan: Plan, forms: Forms) -> Iterable[str]:
    """Word forms of the entry to mark."""
    for slot in (*plan.slots, *plan.boosts):
        for leaf in slot.all_leaves:
            if leaf.weight < _MARKED_FROM:
                break
            if not leaf.field and (form := forms.get(leaf.term)):
                yield form


def _reason(slot: Slot, forms: Forms) -> Reason | None:
    if not slot.asked:
        return None
    for leaf in slot.all_leaves:
        if not leaf.field and (form := forms.get(leaf.term)):
            return Reason(leaf.kind, slot.asked, form if _own_word(leaf) else leaf.found)
    return None


def _own_word(leaf: Leaf) -> bool:
    """Needs are answered by the concept's name; everything else shows the entry's own word."""
    return leaf.kind != "need" or not leaf.found
