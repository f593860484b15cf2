"""Writing the index: whole makings and small changes, one writer at a time."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import tantivy

from mukana.lib.collecting import rarely_collecting
from mukana.search.index import places
from mukana.search.index.building import DocumentMaker
from mukana.search.index.document import SearchDocument
from mukana.search.index.schema import register, schema

_HEAP = 64_000_000
_SMALL_HEAP = 15_000_000
_HANDED = 200  # documents handed to the writer's thread at a time: it is woken for many instead of for each


def build(documents: Iterable[SearchDocument], maker: DocumentMaker, state: places.State) -> int:
    """Makes a whole index and swaps it in; the old one answers until then.  Gives the count.

    The caller holds the lock "search-index".
    """
    folder = places.new_folder()
    count = fill(folder, documents, maker)
    finish(folder, state)
    return count


def fill(folder: Path, documents: Iterable[SearchDocument], maker: DocumentMaker) -> int:
    """Makes an index in an empty folder that answers nobody yet.  Gives the count."""
    writer = register(tantivy.Index(schema(), path=str(folder))).writer(_HEAP, 1)
    count = 0
    with rarely_collecting():
        left = iter(documents)
        while made := [maker.make(document) for document in islice(left, _HANDED)]:
            for one in made:
                writer.add_document(one)
            count += len(made)
    writer.commit()
    writer.wait_merging_threads()
    return count


def finish(folder: Path, state: places.State) -> None:
    """Makes a filled index the answering one."""
    places.write_state(folder, state)
    places.swap_in(folder)


def change(folder: Path, gone: Iterable[str], documents: Iterable[SearchDocument], maker: DocumentMaker) -> None:
    """Takes away entries by id and puts documents in their place.  The caller holds the lock "search-index"."""
    index = register(tantivy.Index(schema(), path=str(folder)))
    writer = index.writer(_SMALL_HEAP, 1)
    for entry_id in gone:
        writer.delete_documents_by_term("id", entry_id)
    for document in documents:
        writer.delete_documents_by_term("id", document.entry_id)
        writer.add_document(maker.make(document))
    writer.commit()
    writer.wait_merging_threads()
