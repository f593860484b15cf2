"""Making, changing and ending lists for other sites."""

from __future__ import annotations

from secrets import token_hex

from django.db import transaction

from mukana.audit.actions import record
from mukana.embeds.models import Embed
from mukana.lib.clock import now


@transaction.atomic
def save(embed: Embed, *, by: str) -> Embed:
    """Keep what was decided; a new one gets its address."""
    embed.slug = embed.slug or token_hex(5)
    embed.saved_at = now()
    embed.save()
    record("embed.saved", f"embeds.Embed:{embed.pk}", by=by)
    return embed


@transaction.atomic
def end(embed: Embed, *, by: str) -> None:
    """Its address tells from then on that the list has ended."""
    record("embed.ended", f"embeds.Embed:{embed.pk}", by=by)
    embed.delete()
