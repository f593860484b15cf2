"""What a page of suggestions shows: rows with sentences, other ways to the same, and what was left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from mukana.directory.labels import FORMS
from mukana.directory.models import Entry
from mukana.directory.queries.rows import Row, rows
from mukana.guidance.queries.facts import facts_of
from mukana.guidance.queries.suggesting import suggest
from mukana.guidance.rules.choosing import Suggestion
from mukana.guidance.rules.danger import acute
from mukana.guidance.rules.judging import judge
from mukana.guidance.rules.lacking import lacking
from mukana.guidance.rules.wish import Wish
from mukana.guidance.saying import heard_words, left_out_words, mark_words
from mukana.search.queries import index_stamp, topic_of

SHOWN = 6
OTHER_WAYS = 60  # entries of the same goals that are looked at


@dataclass(frozen=True, slots=True)
class OtherWay:
    """The same goal in another form."""

    label: str
    icon: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Shown:
    """One suggestion for people's eyes."""

    row: Row
    why: list[str]
    lacks: list[str]
    others: list[OtherWay]


@dataclass(frozen=True, slots=True)
class Page:
    """`heard`: conditions as they were understood; `left_out`: sentences; `acute`: show whom to ring first.

    `lack`: what kind of condition left nothing, "" when something was found; `topic`: what was asked for then.
    """

    shown: list[Shown]
    heard: list[str]
    left_out: list[str]
    acute: bool = False
    ids: list[UUID] = field(default_factory=list)
    lack: str = ""
    topic: str = ""

    @property
    def rows(self) -> list[Row]:
        """The rows alone."""
        return [one.row for one in self.shown]


def page_of(wish: Wish, now: datetime, most: int = SHOWN) -> Page:
    """Suggestions for a wish, ready to be read."""
    heard, chosen = suggest(wish, now, most)
    ids = [one.facts.id for one in chosen.suggestions]
    found = {str(row.entry.pk): row for row in rows(ids, now, distances={one.facts.id: one.facts.km for one in chosen.suggestions})}
    others = _others(heard.wish, chosen.suggestions, now)
    shown = [_shown(one, found[one.facts.id], others.get(one.facts.goal, [])) for one in chosen.suggestions if one.facts.id in found]
    counted = not acute(wish.text) and index_stamp() is not None  # who is in danger is told whom to ring
    lack = lacking(heard.wish, chosen) if counted else ""
    return Page(
        shown,
        heard_words(heard.wish),
        left_out_words(chosen.left_out),
        acute(wish.text),
        [one.row.entry.pk for one in shown],
        lack,
        topic_of(heard.search) if lack else "",
    )


def _shown(one: Suggestion, row: Row, others: Sequence[tuple[str, Entry]]) -> Shown:
    ways = {form: entry for form, entry in others if entry.pk != row.entry.pk and form != row.entry.form}
    return Shown(
        row,
        [mark_words(mark) for mark in one.judgement.why],
        [mark_words(mark) for mark in one.judgement.lacks],
        [OtherWay(str(FORMS[form].word), FORMS[form].icon, entry) for form, entry in ways.items()],
    )


def _others(wish: Wish, suggestions: Sequence[Suggestion], now: datetime) -> dict[str, list[tuple[str, Entry]]]:
    """Goal → the best entry of each form that breaks no condition."""
    goals = {one.facts.goal for one in suggestions if one.facts.goal}
    if not goals:
        return {}
    entries = {str(entry.pk): entry for entry in Entry.objects.public().filter(goal__in=goals).exclude(form="")[:OTHER_WAYS]}
    facts = facts_of(list(entries), now, kilometres={}, times=bool(wish.times))
    judged = {key: judge(wish, one) for key, one in facts.items()}
    ways: dict[str, dict[str, str]] = defaultdict(dict)
    for key in sorted(judged, key=lambda key: judged[key].share):
        if not judged[key].bars:
            ways[facts[key].goal][facts[key].form] = key
    return {goal: [(form, entries[ways[goal][form]]) for form in FORMS if form in ways[goal]] for goal in ways}
