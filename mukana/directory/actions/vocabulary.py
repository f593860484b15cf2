"""Bringing the shipped vocabularies and goals into the database."""

from __future__ import annotations

from collections.abc import Iterator

from mukana.directory.models import Goal, Term
from mukana.directory.terms import rows_of, terms


def load_vocabulary() -> int:
    """Write our own terms, the PTV service classes and the goals; the same again changes nothing.  Gives the count of terms."""
    rows = [*_own(), *_service_classes()]
    Term.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["scheme", "code"], update_fields=["texts", "parent", "uris", "order"], batch_size=500
    )
    goals = [Goal(code=row["code"], texts=_texts(row)) for row in rows_of("goals.tsv")]
    Goal.objects.bulk_create(goals, update_conflicts=True, unique_fields=["code"], update_fields=["texts"])
    return len(rows)


def _own() -> Iterator[Term]:
    for order, term in enumerate(terms()):
        texts = {language: {"name": label} for language, label in term.labels.items() if label}
        yield Term(scheme=term.scheme, code=term.code, texts=texts, parent=term.theme, uris=sorted(term.koko_uris), order=order)


def _service_classes() -> Iterator[Term]:
    for order, row in enumerate(rows_of("ptvl_service_classes.tsv")):
        if row["uri"]:  # without one: a withdrawn class under a code that was given anew
            yield Term(
                scheme="service_class", code=row["notation"], texts=_texts(row), parent=row["broader"], uris=[row["uri"]], order=order
            )


def _texts(row: dict[str, str]) -> dict[str, dict[str, str]]:
    return {language: {"name": row[language]} for language in ("fi", "sv", "en") if row.get(language)}
