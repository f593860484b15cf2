"""What the pages of keys need."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder

from mukana.accounts.queries import can

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """JSON for a `data-` attribute; the template escapes it."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.filter
def may_keep(person: Any, thing: Any) -> bool:
    """May the person open the page of the entry's state: `request.user|may_keep:entry`?"""
    return can(person, "entries.edit", thing) or can(person, "entries.confirm", thing)


@register.filter
def may_merge(person: Any, entry: Any) -> bool:
    """Does the entry stand for several, and may the person part them: `request.user|may_merge:entry`?"""
    return person.is_authenticated and can(person, "duplicates.decide") and entry.twins.exists()
