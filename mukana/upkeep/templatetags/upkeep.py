"""Tags of the pages that keep entries true: `{% load upkeep %}`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from mukana.directory import labels as hub
from mukana.directory.freshness import Freshness
from mukana.directory.labels import Label
from mukana.directory.models import Entry
from mukana.look.templatetags.look import fi_date
from mukana.upkeep import labels
from mukana.upkeep.labels import finding_words
from mukana.upkeep.queries import showing
from mukana.upkeep.rules.plain import findings

register = template.Library()


@register.filter
def fresh_label(state: str) -> Label:
    """The word, meaning and icon of a state of freshness."""
    return hub.FRESHNESS[state]


@register.filter
def fresh_kind(state: str) -> str:
    """How the look colours the state."""
    return hub.FRESHNESS_KINDS[state]


@register.filter
def fresh_words(fresh: Freshness) -> str:
    """Why the state is what it is, in sentences with days."""
    known = _("Vahvistettu viimeksi %(day)s.") % {"day": _last(fresh.known_on)} if fresh.known_on else ""
    why = str(labels.WHY_DUE.get(fresh.cause, ""))
    coming = ""
    if fresh.state in ("due", "late") and fresh.expires_on:
        coming = _("Ammattilaisten haku ei näytä tätä enää %(day)s alkaen.") % {"day": fi_date(fresh.expires_on)}
    elif fresh.state == "fresh" and fresh.due_on:
        coming = _("Kysymme seuraavan kerran %(day)s.") % {"day": _last(fresh.due_on)}
    return " ".join(part for part in (known, why, coming) if part)


def _last(day: date) -> str:
    """A day at the end of a sentence: the sentence brings the point."""
    return fi_date(day).removesuffix(".")


@register.filter
def reason_label(code: str) -> Label:
    """Why an entry is not seen, and what to do."""
    return labels.REASONS[code]


@register.filter
def cause_words(code: str) -> str | Promise:
    """What spoke against an entry."""
    return labels.CAUSES[code]


@register.filter
def step_words(code: str) -> str | Promise:
    """What is done next."""
    return labels.STEPS[code]


@register.filter
def result_words(code: str) -> str | Promise:
    """What came of a call."""
    return labels.RESULTS[code]


@register.filter
def door_words(code: str) -> str | Promise:
    """Through which door a change came."""
    return labels.DOORS[code]


@register.filter
def decision_label(code: str) -> Label:
    """What was decided of a proposed fact."""
    return labels.DECISIONS[code]


@register.filter
def fact_name(key: str) -> str:
    """The name of a fact."""
    return labels.fact_label(key)


@register.filter
def fact_shown(value: Any, key: str) -> str:
    """A fact's value in words: `{{ edit.before|fact_shown:edit.key }}`."""
    return showing.shown(key, value)


@register.filter
def stamp_words(stamp: dict[str, Any]) -> str:
    """Who confirmed, when and how."""
    return showing.stamp_words(stamp)


@register.filter
def easier(text: Any, key: str) -> list[str]:
    """What would be easier to read, in sentences; for Finnish only: `{{ field.value|easier:key }}`."""
    language = key.split(".")[1]
    if not language.startswith("fi") or not isinstance(text, str):
        return []
    return [finding_words(one.code, one.place, one.better) for one in findings(text, selko=language != "fi")]


@register.filter
def own_word(entry: Entry, key: str) -> str:
    """What the source says of a fact that the keeper tells otherwise; "" when there is nothing to tell."""
    word = entry.own.get(key)
    return showing.shown(key, word["source"]) if word else ""


@register.filter
def at(pairs: dict[str, Any], key: str) -> Any:
    """The value of a key that is not a plain word."""
    return pairs.get(key)


@register.filter
def texts_in(form: Any, language: str) -> list[tuple[str, BoundField]]:
    """The text fields of one language of an entry's form, each with its key."""
    fields: list[tuple[str, BoundField]] = form.texts(language)
    return fields
