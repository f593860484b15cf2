"""What time asks of the open data: the moments of the change feed, and the nightly dumps."""

from __future__ import annotations

from datetime import datetime

from mukana.api.dump.files import folder, write_exchange
from mukana.api.hsds.documents import prepare
from mukana.api.models import ServiceDocument
from mukana.api.moments import mark
from mukana.lib.clock import today
from mukana.lib.jobs import daily, every

PREPARING_S = 20.0  # of one round and language; other work waits meanwhile


@every(seconds=60, title="Avoimen datan muutoshetket")
def mark_moments(now: datetime) -> str | None:
    """Tell each minute how far the feed reaches, so that the moments readers are told are right to a minute."""
    mark()
    return None


@every(seconds=120, title="Avoimen datan palveluluettelot")
def prepare_services(now: datetime) -> str | None:
    """Make the lists of services ready, so that the first to ask does not wait: Finnish, and what else is asked for."""
    languages = {"fi", *ServiceDocument.objects.values_list("language", flat=True).distinct()}
    made = sum(prepare(language, today(), PREPARING_S) for language in sorted(languages))
    return f"Palveluluetteloihin tehtiin {made} kuvausta." if made else None


@daily(at="02.40", title="Avoimen datan tiedostot", per_node=True)
def write_dumps(now: datetime) -> str | None:
    """The files behind the open data page."""
    return f"Avoimen datan tiedostoissa on {write_exchange(folder())} tietuetta."
