"""What staff want to know of messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from mukana.lib.blind import tags_of
from mukana.outbox.models import Message
from mukana.outbox.rules import FAILED, GIVE_UP_AFTER, SENDING, UNKNOWN, WAITING, kind_of, kinds

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to; empty words narrow nothing."""

    state: str = ""
    channel: str = ""
    kind: str = ""
    about: str = ""


def anything_to_do(moment: datetime) -> bool:
    """Whether a message is due, late, or left half sent."""
    waits = Q(state__in=WAITING, next_at__lte=moment) | Q(state__in=WAITING, next_at__isnull=False, valid_until__lt=moment)
    return Message.objects.filter(waits | Q(state=SENDING, lease_until__lt=moment)).exists()


def waiting_since(moment: datetime) -> int:
    """How many messages have waited for their first sending, or been tried in vain, since before the moment."""
    return (
        Message.objects.filter(state__in=WAITING, next_at__isnull=False, queued_at__lt=moment, next_at__lt=moment + GIVE_UP_AFTER)
        .filter(Q(tries__gt=0) | Q(next_at__lt=moment))
        .count()
    )


def listed(wanted: Wanted, page: int | str = 1) -> Page[Message]:
    """A page of messages, the newest first; their texts are not read.

    A whole address finds what was written to it, but not where it is somebody's own.
    """
    rows = Message.objects.defer("text", "headers")
    rows = rows.filter(state=wanted.state) if wanted.state else rows
    rows = rows.filter(channel=wanted.channel) if wanted.channel else rows
    rows = rows.filter(kind=wanted.kind) if wanted.kind else rows
    if words := wanted.about.strip():
        private = [kind.code for kind in kinds() if kind.masked]
        written = Q(to_tag__in=tags_of(Message, "to_tag", words)) & ~Q(kind__in=private)
        rows = rows.filter(Q(about__icontains=words) | written)
    return Paginator(rows, PER_PAGE).get_page(page)


def counts() -> dict[str, int]:
    """How many messages are in each state."""
    return dict(Message.objects.order_by().values_list("state").annotate(Count("id")))


def needing_a_person() -> int:
    """Messages of which a person must decide: those that may have gone, and those given up."""
    return Message.objects.filter(Q(state=UNKNOWN) | Q(state=FAILED, next_at__isnull=True), erased_at__isnull=True).count()


def kinds_seen() -> list[tuple[str, str]]:
    """Every kind there are messages of, as (code, label)."""
    codes = Message.objects.order_by("kind").values_list("kind", flat=True).distinct()
    return sorted(((code, kind_of(code).label) for code in codes), key=lambda pair: pair[1])
