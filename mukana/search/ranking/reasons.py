"""Why an entry is shown, and which word forms to mark in its texts.  Pure."""

from __future__ import annotations

from mukana.search.asking.plan import Leaf, Plan
from mukana.search.rules import Reason

_MOST_REASONS = 4
_MARKED_FROM = 0.3  # weaker evidence is not marked in texts


class Explainer:
    """Explains the hits of one question.

    An entry's stored words are lines "form<TAB> term term … ", terms between blanks.  It is
    asked about a few dozen of its hundreds of terms, so the text is searched where it stands.
    """

    def __init__(self, plan: Plan) -> None:
        self._sought = [
            (slot.asked, [(f" {leaf.term} ", leaf) for leaf in slot.all_leaves if not leaf.field]) for slot in (*plan.slots, *plan.boosts)
        ]

    def explained(self, stored: bytes) -> tuple[tuple[Reason, ...], list[str]]:
        """(one reason for each thing asked that the entry answers, what must be answered first; word forms to mark)."""
        text = stored.decode()
        reasons: list[Reason] = []
        marks: list[str] = []
        for asked, sought in self._sought:
            reason: Reason | None = None
            for needle, leaf in sought:
                weak = leaf.weight < _MARKED_FROM
                if weak and (reason is not None or not asked):
                    break
                at = text.find(needle)
                if at < 0:
                    continue
                form = _form_at(text, at)
                if asked and reason is None:
                    reason = Reason(leaf.kind, asked, form if _own_word(leaf) else leaf.found)
                if not weak and form:
                    marks.append(form)
            if reason is not None and reason not in reasons:
                reasons.append(reason)
        return tuple(reasons[:_MOST_REASONS]), marks


def _form_at(text: str, at: int) -> str:
    """The word form on whose line a term stands."""
    start = text.rfind("\n", 0, at) + 1
    return text[start : text.index("\t", start)]


def _own_word(leaf: Leaf) -> bool:
    """Needs are answered by the concept's name; everything else shows the entry's own word."""
    return leaf.kind != "need" or not leaf.found
