"""Making the whole index: in one process when it is small, else side by side on several cores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from mukana.lib.forks import cores, each_forked
from mukana.lib.rawrows import read_mapped
from mukana.search.asking.planning import Knowledge
from mukana.search.documents import Range, documents_within, ranges
from mukana.search.index import places, writing
from mukana.search.index.building import DocumentMaker
from mukana.search.index.joining import join
from mukana.search.index.terms import TermMaker
from mukana.search.word_forms import Remembered

WORTH = 5  # batches that are worth another process

Part = tuple[Path, Sequence[Range]]


def make_index(moment: datetime, held: Knowledge, state: places.State) -> int:
    """Makes an index of every published entry and swaps it in.  Gives the count."""
    remembered = Remembered()
    batches = ranges()
    processes = max(1, min(cores(), len(batches) // WORTH))
    folder = places.new_folder()
    makers: list[DocumentMaker] = []  # a process that has done its part ends with what it remembers; taking it apart takes longer

    def fill(part: Part) -> tuple[int, dict[str, str]]:
        """In a process of its own it only tells of new words; they are saved together."""
        maker = DocumentMaker(TermMaker(remembered.analyse, held.tables))
        makers.append(maker)
        if processes > 1:
            read_mapped()
        return writing.fill(part[0], documents_within(part[1], moment), maker), remembered.new

    count = _side_by_side(folder, batches, processes, fill, remembered) if processes > 1 else fill((folder, batches))[0]
    remembered.save()
    writing.finish(folder, state)
    return count


def _side_by_side(
    folder: Path,
    batches: Sequence[Range],
    processes: int,
    fill: Callable[[Part], tuple[int, dict[str, str]]],
    remembered: Remembered,
) -> int:
    """The first process takes the first entries, so that equally good entries keep their order."""
    parts = [
        (folder / f"part{number}", batches[number * len(batches) // processes : (number + 1) * len(batches) // processes])
        for number in range(processes)
    ]
    for part, _ in parts:
        part.mkdir()
    done = each_forked(fill, parts)
    for _, new in done:
        remembered.learn(new)
    join(folder, [part for part, _ in parts])
    return sum(count for count, _ in done)
