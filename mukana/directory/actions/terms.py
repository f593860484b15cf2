"""Keeping the vocabulary: our own terms as shipped, a source's keywords as they come."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from mukana.directory.models import EntryTerm, Term

Word = tuple[str, str]  # scheme, code
LONGEST = 200


class Vocabulary:
    """Finds terms by (scheme, code) and makes those that are missing; one per run."""

    def __init__(self) -> None:
        self._ids: dict[Word, int] = {(scheme, code): pk for scheme, code, pk in Term.objects.values_list("scheme", "code", "id")}

    def ids(self, words: Iterable[Word]) -> dict[Word, int]:
        """The primary keys of the words; unknown ones become terms named by their code."""
        wanted = {(scheme, code[:LONGEST]) for scheme, code in words if code}
        missing = sorted(wanted - self._ids.keys())
        if missing:
            rows = [Term(scheme=scheme, code=code, texts={"fi": {"name": code}}) for scheme, code in missing]
            Term.objects.bulk_create(rows, ignore_conflicts=True)
            for scheme, code, pk in Term.objects.filter(code__in=[code for _, code in missing]).values_list("scheme", "code", "id"):
                self._ids[scheme, code] = pk
        return {word: self._ids[word] for word in wanted}


def set_terms(words_of: dict[UUID, set[Word]], vocabulary: Vocabulary, *, fresh: set[UUID]) -> None:
    """Give each entry exactly these words.  `fresh` entries have none yet."""
    ids = vocabulary.ids({word for words in words_of.values() for word in words})
    stale = [entry for entry in words_of if entry not in fresh]
    if stale:
        EntryTerm.objects.filter(entry_id__in=stale).delete()
    links = [
        EntryTerm(entry_id=entry, term_id=ids[scheme, code[:LONGEST]])
        for entry, words in words_of.items()
        for scheme, code in sorted(words)
        if code
    ]
    EntryTerm.objects.bulk_create(links, ignore_conflicts=True, batch_size=2000)
