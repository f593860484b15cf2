"""May people be sent to an entry, and is what it tells still true: asked of one entry on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from mukana.directory.freshness import EXPIRED, Facts, Freshness, freshness
from mukana.directory.models import Entry, SourceRow
from mukana.lib.moments import as_local


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nobody is referred to an entry: a code and a sentence for the professional."""

    code: str
    why: str


def freshness_of(entry: Entry, today: date, seen_on: date | None = None) -> Freshness:
    """How fresh an entry is; `seen_on` is when its source's row was last seen."""
    return freshness(Facts(entry.kind, entry.reviewed_on, entry.doubted_on, seen_on), today)


def seen_on(rows: Iterable[SourceRow], entry: Entry) -> date | None:
    """The latest day when a fetch saw the entry's own row; what was made here was seen on the day it was made."""
    days = [as_local(row.seen_at).date() for row in rows if row.entry_id == entry.pk and row.absent_since is None]
    return max(days) if days else as_local(entry.created_at).date()


def referable(entry: Entry, today: date) -> Refusal | None:
    """The reason not to refer anybody to the entry; None when nothing stands in the way."""
    if entry.status == "withdrawn":
        return Refusal("withdrawn", _("Tätä ei enää järjestetä, joten tähän ei voi ohjata."))
    if entry.merged_into_id is not None:
        return Refusal("merged", _("Tämä on yhdistetty toiseen kohteeseen. Ohjaa sinne."))
    if entry.do_not_list:
        return Refusal("do_not_list", _("Järjestäjä ei halua olla luettelossa, joten tähän ei voi ohjata."))
    if entry.status != "published":
        return Refusal("draft", _("Tämä on vielä luonnos, joten tähän ei voi ohjata."))
    if freshness_of(entry, today).state == EXPIRED:
        return Refusal("expired", _("Tietoja ei ole vahvistettu vuoteen, joten tähän ei voi ohjata. Pyydä järjestäjältä vahvistus."))
    return None
