"""I/O: columns that are sealed in the database: a copy of it tells nothing without the site's field keys."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact

from mukana.lib.blind import blind_columns, blinder
from mukana.lib.secretbox import SecretBox


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> SecretBox:
    return SecretBox(keys)


def box() -> SecretBox:
    """The site's box, with the keys of `MUKANA_FIELD_KEYS`."""
    return _box(tuple(settings.FIELD_KEYS))


class SealedText(models.TextField):  # type: ignore[type-arg]  # generic only in the stubs
    """Text that the database holds sealed; an empty one stays empty.  It can be neither searched nor ordered by."""

    @property
    def about(self) -> str:
        """What the text is bound to: its table and column."""
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value: Any) -> Any:
        """Seal on the way in."""
        return box().seal(str(value), self.about) if value else ""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Open on the way out."""
        return box().open(value, self.about) if value else ""

    def get_lookup(self, lookup_name: str) -> Any:
        """Two sealings of one text differ, so all that can be asked is whether there is one.  Raises FieldError."""
        if lookup_name != "exact":
            raise FieldError(f"{self.name} is sealed: it cannot be looked up by {lookup_name}")
        return _Empty


class _Empty(Exact):
    """`column=""`: is there nothing?"""

    def __init__(self, lhs: Any, rhs: Any) -> None:
        if rhs != "":
            raise FieldError("a sealed column is compared with the empty text only")
        super().__init__(lhs, rhs)


class SealedJSON(SealedText):
    """The same for small structures; an empty one is {}."""

    _pyi_private_set_type: Any  # what the stubs ask for: any structure goes in and out
    _pyi_private_get_type: Any

    def get_prep_value(self, value: Any) -> Any:
        """Seal as JSON."""
        return super().get_prep_value(json.dumps(value, ensure_ascii=False) if value else "")

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Open and read."""
        text = super().from_db_value(value, expression, connection)
        return json.loads(text) if text else {}

    def to_python(self, value: Any) -> Any:
        """Structures stay as they are."""
        return value


def sealed_columns() -> list[tuple[type[models.Model], SealedText]]:
    """Every sealed column of the site."""
    from django.apps import apps  # the apps are there only after start-up

    return [(model, field) for model in apps.get_models() for field in model._meta.concrete_fields if isinstance(field, SealedText)]


def reseal(batch: int = 500) -> int:
    """Seal anew with the first key whatever another one sealed, and what it is found by.  Gives how many rows; may be run again."""
    count = 0
    by_model: dict[type[models.Model], list[SealedText]] = {}
    for model, field in sealed_columns():
        by_model.setdefault(model, []).append(field)
    for model, fields in by_model.items():
        found_by = blind_columns(model)
        while rows := _older(model, fields, batch):
            for row in rows:
                for tag in found_by:
                    tag.pre_save(row, add=False)
            model._default_manager.bulk_update(rows, [field.name for field in (*fields, *found_by)])
            count += len(rows)
    return count


def _older(model: type[models.Model], fields: list[SealedText], batch: int) -> list[Any]:
    """Rows in which a text or its digest is of another key: asked of the database by the name in front."""
    from django.db import connection

    quote = connection.ops.quote_name
    fronts = {str(field.column): box().prefix for field in fields}
    fronts |= {str(field.column): blinder().prefix for field in blind_columns(model)}
    names = list(fronts)
    wrong = " OR ".join(f"({quote(name)} <> '' AND {quote(name)} NOT LIKE %s)" for name in names)
    pk = quote(str(model._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {pk} FROM {quote(model._meta.db_table)} WHERE {wrong} LIMIT %s",  # noqa: S608  # names of our own columns
            [*(f"{front}%" for front in fronts.values()), batch],
        )
        keys = [row[0] for row in cursor.fetchall()]
    return list(model._default_manager.filter(pk__in=keys))
