"""Why an entry is shown, and which word forms to mark in its texts.  Pure."""

from __future__ import annotations

from mukana.search.asking.plan import Leaf, Plan, Slot
from mukana.search.rules import Reason

_MOST_REASONS = 4
_MARKED_FROM = 0.3  # weaker evidence is not marked in texts
_SAYS_FROM = 0.2  # weaker evidence is no reason beside better


class Explainer:
    """Explains the hits of one question.

    An entry's stored words are lines "form<TAB> term term … ", terms between blanks.  It is
    asked about a few dozen of its hundreds of terms, so the text is searched where it stands.
    """

    def __init__(self, plan: Plan) -> None:
        self._sought = [
            (slot, [(f" {leaf.term} ", leaf) for leaf in slot.all_leaves if not leaf.field]) for slot in (*plan.slots, *plan.boosts)
        ]

    def explained(self, stored: bytes) -> tuple[tuple[Reason, ...], list[str]]:
        """(reasons, the best first and a place last, one for each thing asked; word forms to mark)."""
        text = stored.decode()
        found: list[tuple[bool, bool, float, Reason]] = []
        marks: list[str] = []
        for slot, sought in self._sought:
            reason: Reason | None = None
            for needle, leaf in sought:
                weak = leaf.weight < _MARKED_FROM
                if weak and (reason is not None or not slot.asked):
                    break
                at = text.find(needle)
                if at < 0:
                    continue
                form = _form_at(text, at)
                if slot.asked and reason is None:
                    reason = _reason(slot, leaf, form)
                    found.append((slot.place, leaf.weight < _SAYS_FROM, -leaf.weight * slot.weight, reason))
                if not weak and form:
                    marks.append(form)
        return _best(found), marks


def _best(found: list[tuple[bool, bool, float, Reason]]) -> tuple[Reason, ...]:
    """Best first; the same thing is said once, and faint evidence only where there is nothing better."""
    ordered = sorted(found, key=lambda row: row[:3])
    told = {(reason.kind, reason.found): reason for *_, reason in reversed(ordered)}
    sure = [reason for _, faint, _, reason in ordered if not faint and told[(reason.kind, reason.found)] is reason]
    return tuple(sure or [reason for *_, reason in ordered[:1]])[:_MOST_REASONS]


def _reason(slot: Slot, leaf: Leaf, form: str) -> Reason:
    """Needs are answered by the concept's name; everything else shows the entry's own word, a town with its capital."""
    if leaf.kind == "need" and leaf.found:
        return Reason(leaf.kind, slot.asked, leaf.found)
    return Reason(leaf.kind, slot.asked, form.capitalize() if slot.place else form)


def _form_at(text: str, at: int) -> str:
    """The word form on whose line a term stands."""
    start = text.rfind("\n", 0, at) + 1
    return text[start : text.index("\t", start)]
