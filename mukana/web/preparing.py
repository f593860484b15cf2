"""Making the database ready, by one process at a time."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command

from mukana.directory.actions.vocabulary import load_vocabulary
from mukana.lib.locks import named_lock
from mukana.organisations.actions import load_municipalities

LONGEST_WAIT_S = 600


def migrate() -> None:
    """Bring the tables to this version."""
    with named_lock("setup", settings.DATA / "locks", LONGEST_WAIT_S):
        call_command("migrate", verbosity=0)


def prepare() -> tuple[int, int]:
    """Tables, municipalities, vocabularies and static files.  Gives the counts of municipalities and terms."""
    with named_lock("setup", settings.DATA / "locks", LONGEST_WAIT_S):
        call_command("migrate", verbosity=0)
        municipalities, terms = load_municipalities(), load_vocabulary()
        call_command("collectstatic", interactive=False, verbosity=0)
        return municipalities, terms
