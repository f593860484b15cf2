"""Is the site able to serve?  Each problem is one Finnish sentence with what to do."""

from __future__ import annotations

import shutil

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from mukana.directory.models import Change
from mukana.search.queries import position

LEAST_FREE_BYTES = 200_000_000
MOST_BEHIND = 1000


def problems() -> list[str]:
    """What is wrong now; empty when all is well."""
    try:
        return [*_database(), *_index(), *_disk()]
    except DatabaseError as error:
        return [f"Tietokantaan ei saa yhteyttä: {error}"]


def _database() -> list[str]:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return ["Tietokannan rakenne on vanha. Aja: mukana setup"]
    return []


def _index() -> list[str]:
    at = position()
    if at is None:
        return ["Hakuhakemisto puuttuu. Aja: mukana reindex"]
    behind = Change.objects.filter(seq__gt=at).count()
    if behind > MOST_BEHIND:
        return [f"Haku on {behind} muutosta jäljessä. Onko taustatyö käynnissä: mukana work"]
    return []


def _disk() -> list[str]:
    free = shutil.disk_usage(settings.DATA).free
    return [] if free > LEAST_FREE_BYTES else [f"Levytilaa on jäljellä vain {free // 1_000_000} megatavua."]
