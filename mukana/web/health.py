"""Is the site able to serve?  Each problem is one Finnish sentence with what to do."""

from __future__ import annotations

import shutil
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from mukana.audit.queries import failing_jobs
from mukana.directory.models import Change
from mukana.lib.clock import now
from mukana.outbox.queries import waiting_since
from mukana.referrals.queries.unanswered import unanswered
from mukana.search.queries import position

LEAST_FREE_BYTES = 200_000_000
MOST_BEHIND = 1000
MOST_FAILURES = 3  # in a row; fewer may pass by themselves
LONGEST_WAIT = timedelta(hours=2)  # of a message whose time has come


def problems() -> list[str]:
    """What is wrong now; empty when all is well."""
    try:
        return [*_database(), *_index(), *_disk(), *_jobs(), *_messages(), *_areas()]
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


def _jobs() -> list[str]:
    return [
        f"Taustatyö ”{title}” ei ole onnistunut {state.failures} kertaan: {state.problem}" for title, state in failing_jobs(MOST_FAILURES)
    ]


def _areas() -> list[str]:
    return [
        f"Alueella {area} ei ole ketään, joka hoitaa lähetteitä (avoinna {count}). Nimeä ihmiset: työpöytä, Alueet."
        for area, count in unanswered()
    ]


def _messages() -> list[str]:
    moment = now()
    since = waiting_since(moment - LONGEST_WAIT)
    return [f"Viestejä on odottanut jonossa yli kaksi tuntia: {since}. Katso sivu Lähetetyt viestit."] if since else []
