"""Writing the index and what belongs to it.  The index can always be thrown away and made anew."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max

from mukana.directory.models import Change
from mukana.lib.clock import now, today
from mukana.lib.locks import Locked, named_lock
from mukana.search import knowledge
from mukana.search.analysis.ready import ReadyAnalyser
from mukana.search.asking.planning import Knowledge
from mukana.search.documents import documents
from mukana.search.index import places, writing
from mukana.search.index.building import DocumentMaker
from mukana.search.index.terms import TermMaker
from mukana.search.lexicon import from_text
from mukana.search.making import make_index
from mukana.search.models import LexiconEdition, Unanswered
from mukana.search.rules import loggable
from mukana.search.word_forms import Remembered

_WAIT_S = 3600.0  # a whole making of a large index
_BATCH = 2_000  # changes taken at a time
_FEW = 200  # changes that are analysed without reading the table of words
_MANY = 20_000  # changes behind: a new index is quicker


def catch_up(*, wait: bool = True) -> int:
    """Takes the directory's changes into the index; makes one when there is none.  Gives entries written.

    Returns 0 at once when another process is writing and `wait` is False.
    """
    try:
        with named_lock("search-index", Path(settings.INDEX_ROOT), _WAIT_S if wait else 0.0):
            return _catch_up(now())
    except Locked:
        if wait:
            raise
        return 0


def rebuild() -> int:
    """Makes the whole index anew; the old one answers until the new one is ready.  Gives its size."""
    with named_lock("search-index", Path(settings.INDEX_ROOT), _WAIT_S):
        return _rebuild(now(), knowledge.knowledge(fresh=True))


def _catch_up(moment: datetime) -> int:
    folder = places.current()
    newest = Change.objects.aggregate(newest=Max("seq"))["newest"] or 0
    state = places.read_state(folder) if folder else places.State()
    if folder and newest == state.position and state.lexicon == knowledge.version():
        return 0  # the usual case: nothing to read the lexicon for
    held = knowledge.knowledge(fresh=True)
    if folder is None or state.lexicon != held.version or newest - state.position > _MANY or newest < state.position:
        return _rebuild(moment, held)
    return _follow(folder, state, newest, moment, held) if newest > state.position else 0


def _follow(folder: Path, state: places.State, newest: int, moment: datetime, held: Knowledge) -> int:
    """Takes in the changes after the state's position, batch by batch."""
    remembered = Remembered() if newest - state.position > _FEW else None
    maker = DocumentMaker(TermMaker((remembered or ReadyAnalyser()).analyse, held.tables))
    written, position = 0, state.position
    while position < newest:
        rows = list(Change.objects.filter(seq__gt=position).order_by("seq").values_list("seq", "entry_id")[:_BATCH])
        if not rows:
            break
        ids = list(dict.fromkeys(entry for _, entry in rows))
        writing.change(folder, map(str, ids), documents(ids, moment), maker)
        position = rows[-1][0]
        places.write_state(folder, places.State(position, held.version))
        written += len(ids)
    if remembered:
        remembered.save()
    return written


def _rebuild(moment: datetime, held: Knowledge) -> int:
    position = Change.objects.aggregate(newest=Max("seq"))["newest"] or 0
    return make_index(moment, held, places.State(position, held.version))


def save_lexicon(text: str, *, by: str) -> LexiconEdition:
    """Takes a new edition of the lexicon into use.  Raises LexiconError when it does not parse."""
    from_text(text)
    return LexiconEdition.objects.create(text=text, saved_at=now(), saved_by=by)


@transaction.atomic
def note_unanswered(words: str) -> None:
    """Counts a question that found nothing, without anything about who asked."""
    kept = loggable(words)
    if kept:
        row, made = Unanswered.objects.get_or_create(words=kept, day=today())
        if not made:
            Unanswered.objects.filter(pk=row.pk).update(times=F("times") + 1)
