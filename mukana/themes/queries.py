"""Which themes somebody may change."""

from __future__ import annotations

from mukana.accounts.models import Person
from mukana.accounts.queries import Everywhere, can
from mukana.themes.models import Theme


def themes_for(person: Person) -> list[Theme]:
    """Those within the person's reach."""
    return [theme for theme in Theme.objects.select_related("organisation__parent").defer("logo") if can(person, "themes.edit", theme)]


def reaches_all(person: Person) -> bool:
    """May the person decide of host names and of the look of the whole site?"""
    return can(person, "themes.edit", Everywhere())
