"""Where everything comes from, with the thanks each source asks for."""

from __future__ import annotations

from mukana.directory.models import Source, SourceRow


def sources() -> list[Source]:
    """All sources by name."""
    return list(Source.objects.order_by("name", "key"))


def credit_of(row: SourceRow) -> str:
    """The credit line of a row: its own, else its source's, else the source's name."""
    return row.attribution or row.source.attribution or row.source.name


def licence_of(row: SourceRow) -> str:
    """The licence of a row, else of its source."""
    return row.licence or row.source.licence
