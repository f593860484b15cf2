"""`{% load audit %}{% trail entry %}`: the history of one record, for any page whose reader may see it."""

from __future__ import annotations

from typing import Any

from django import template

from mukana.audit import queries

register = template.Library()


@register.inclusion_tag("audit/trail.html")
def trail(thing: object, most: int = 20) -> dict[str, Any]:
    """What has been done to the record, the newest first."""
    return {"deeds": queries.trail(thing, most)}
