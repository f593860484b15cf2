"""How long imports and sent tables are kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef

from mukana.audit.rules import RetentionRule, retain
from mukana.importers.models import ImportRun


def _with_refused_rows(rows: Any) -> Any:
    return rows.exclude(rejected=[])


def _without_refused_rows(rows: Any) -> int:
    return int(rows.update(rejected=[]))


def _not_the_last(rows: Any) -> Any:
    """The page of sources shows the last run of each, however old."""
    return rows.filter(Exists(ImportRun.objects.filter(source=OuterRef("source"), started_at__gt=OuterRef("started_at"))))


retain(
    RetentionRule(
        "importers.refused_rows",
        "Tuonnissa hylätyt rivit, joissa voi olla ihmisten nimiä, poistetaan 90 päivän kuluttua.",
        "importers.ImportRun",
        timedelta(days=90),
        "started_at",
        _without_refused_rows,
        _with_refused_rows,
    ),
    RetentionRule(
        "importers.runs",
        "Tieto tuontikerroista poistetaan kahden vuoden kuluttua, paitsi lähteen viimeisin.",
        "importers.ImportRun",
        timedelta(days=730),
        "started_at",
        narrow=_not_the_last,
    ),
    RetentionRule(
        "importers.tables",
        "Lähetetty taulukko sisältöineen poistetaan 30 päivän kuluttua.",
        "importers.Upload",
        timedelta(days=30),
        "sent_at",
    ),
)
