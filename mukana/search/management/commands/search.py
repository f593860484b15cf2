"""`mukana search`: one question to the terminal, or a file of questions to a run file.

A question file has a heading line and then `qid<TAB>kind<TAB>text` or `qid<TAB>text`.
A run file has lines `qid document score`; a document is the id its source gave it,
or the entry's own id where no source did (--ids entry: always the entry's own).
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from mukana.directory.models import Entry, Occurrence, SourceRow
from mukana.lib.clock import now
from mukana.search.queries import position, search
from mukana.search.rules import SearchRequest, SearchResult

_RUN_DEPTH = 100


class Command(BaseCommand):
    help = "Hae: mukana search TEKSTI [--json] [--limit N] | --queries TIEDOSTO.tsv --run TULOS"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", nargs="*")
        parser.add_argument("--json", action="store_true", help="Tulosta JSON")
        parser.add_argument("--limit", type=int, default=10, help="Kuinka monta osumaa, vähintään 1")
        parser.add_argument("--queries", type=Path, help="Kysymykset, yksi rivillä: tunnus, laji, teksti")
        parser.add_argument("--run", type=Path, help="Tiedosto, johon osumat kirjoitetaan")
        parser.add_argument("--ids", choices=("row", "entry"), default="row", help="Lähteen vai kohteen tunnus")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["limit"] < 1:
            raise CommandError("Kohdassa --limit pitää olla vähintään 1.")
        if position() is None:
            raise CommandError("Hakuhakemisto puuttuu. Aja: mukana reindex")
        if options["queries"]:
            if not options["run"] or not options["run"].parent.is_dir():
                raise CommandError("Anna myös --run TIEDOSTO, jonka kansio on olemassa.")
            self._run(options["queries"], options["run"], options["ids"])
            return
        result = _ask(" ".join(options["text"]), options["limit"])
        if options["json"]:
            self.stdout.write(json.dumps(_document(result), ensure_ascii=False))
        else:
            self._print(result)

    def _print(self, result: SearchResult) -> None:
        names = _names(hit.entry_id for hit in result.hits)
        for typed, used in result.corrected.items():
            self.stdout.write(f"Tarkoititko: {used} (kirjoitit {typed})")
        self.stdout.write(f"{result.total} osumaa")
        for rank, hit in enumerate(result.hits, 1):
            why = ", ".join(f"{reason.asked} → {reason.found}" for reason in hit.reasons)
            self.stdout.write(f"{rank:3}. {names.get(hit.entry_id, hit.entry_id)}" + (f"  ({why})" if why else ""))

    def _run(self, queries: Path, run: Path, ids: str) -> None:
        asked = _questions(queries)
        with run.open("w", encoding="utf-8") as out:
            for qid, text in asked:
                hits = _ask(text, _RUN_DEPTH).hits
                rows = _row_ids(hit.entry_id for hit in hits) if ids == "row" else {}
                for hit in hits:
                    out.write(f"{qid} {rows.get(hit.entry_id, hit.entry_id)} {hit.score:.6f}\n")
        self.stdout.write(f"{len(asked)} kysymystä: {run}")


def _questions(path: Path) -> list[tuple[str, str]]:
    """(id, text) of each line after the heading.  Raises CommandError for a file that is no list of questions."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"Kysymystiedostoa ei voi lukea: {path}") from error
    found: list[tuple[str, str]] = []
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if line.strip() and len(cells) < 2:
            raise CommandError(f"Rivillä {number} pitää olla tunnus ja teksti sarkaimella erotettuina: {path}")
        if line.strip():
            found.append((cells[0], cells[-1]))
    return found


def _ask(text: str, limit: int) -> SearchResult:
    return search(SearchRequest(text, now(), limit=limit))


def _document(result: SearchResult) -> dict[str, Any]:
    names = _names(hit.entry_id for hit in result.hits)
    hits = [
        {
            "id": hit.entry_id,
            "name": names.get(hit.entry_id, ""),
            "score": round(hit.score, 4),
            "reasons": [[reason.kind, reason.asked, reason.found] for reason in hit.reasons],
        }
        for hit in result.hits
    ]
    return {"total": result.total, "corrected": result.corrected, "understood": result.understood, "hits": hits}


def _names(ids: Iterable[str]) -> dict[str, str]:
    return {str(entry.pk): str(entry) for entry in Entry.objects.filter(pk__in=list(ids))}


def _row_ids(ids: Iterable[str]) -> dict[str, str]:
    """The row of each entry, of a series the row of its next date (else the one seen last)."""
    entries = [UUID(one) for one in ids]
    rows = SourceRow.objects.filter(entry__in=entries, kind="entry").order_by("seen_at", "source_id", "row_id")
    ahead = Occurrence.objects.filter(entry__in=entries, starts_at__gte=now()).exclude(row_id="").order_by("-starts_at", "row_id")
    pairs = (found.values_list("entry_id", "row_id") for found in (rows, ahead))
    return {str(entry): row for entry, row in chain.from_iterable(pairs)}
