"""Making the database ready, by one process at a time."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from mukana.directory.actions.vocabulary import load_vocabulary
from mukana.lib.locks import named_lock
from mukana.organisations.actions import load_municipalities

LONGEST_WAIT_S = 600


def prepare() -> tuple[int, int]:
    """Tables, municipalities, vocabularies and static files.  Gives the counts of municipalities and terms."""
    with named_lock("setup", settings.DATA / "locks", LONGEST_WAIT_S):
        call_command("migrate", verbosity=0)
        municipalities, terms = load_municipalities(), load_vocabulary()
        _collect_static()
        return municipalities, terms


def _collect_static() -> None:
    """Gather and compress the static files, unless they are the same as last time."""
    stamp, wanted = Path(settings.STATIC_ROOT) / "stamp", _static_state()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(wanted)


def _static_state() -> str:
    """A digest of every static file's name, size and time."""
    state = blake2b(digest_size=16)
    for finder in get_finders():
        for name, storage in sorted(finder.list(ignore_patterns=[]), key=lambda found: found[0]):
            facts = Path(storage.path(name)).stat()
            state.update(f"{name}|{facts.st_size}|{facts.st_mtime_ns}\n".encode())
    return state.hexdigest()
