"""Saving and removing a theme; pages know of it at once on this machine."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from mukana.audit.actions import record
from mukana.lib.clock import now
from mukana.themes.models import Theme
from mukana.themes.snapshot import write


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture for the header; an empty one takes the old one away."""

    data: bytes = b""
    width: int = 0


@transaction.atomic
def save(theme: Theme, *, by: str, logo: Logo | None = None) -> Theme:
    """Keep what was decided; without a logo the old one stays."""
    theme.saved_at = now()
    if logo is not None:
        theme.logo, theme.logo_width = logo.data, logo.width
    if theme.everywhere:
        Theme.objects.filter(everywhere=True).exclude(pk=theme.pk).update(everywhere=False)
    theme.save()
    record("theme.saved", f"themes.Theme:{theme.pk}", by=by)
    transaction.on_commit(write)
    return theme


@transaction.atomic
def remove(theme: Theme, *, by: str) -> None:
    """Take the theme away; its addresses have the site's own look from then on."""
    record("theme.removed", f"themes.Theme:{theme.pk}", by=by)
    theme.delete()
    transaction.on_commit(write)
