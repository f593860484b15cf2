"""`mukana suggest`: one need to the terminal, or a file of vignettes to a run file.

A vignette is a JSON line: qid, text, age, municipality, language and constraints (remote_only, free_only, step_free,
needs_companion, times).  A run file has lines `qid document score`; a document is the id its source gave it.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from mukana.directory.models import Entry, SourceRow
from mukana.guidance.queries.suggesting import suggest
from mukana.guidance.rules.choosing import Chosen
from mukana.guidance.rules.vignette import wish_of
from mukana.guidance.rules.wish import Wish
from mukana.guidance.saying import left_out_words, mark_words
from mukana.lib.clock import now
from mukana.search.queries import position


class Command(BaseCommand):
    help = "Ehdota: mukana suggest TEKSTI [--json] | --vignettes TIEDOSTO.jsonl --run TULOS"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", nargs="*")
        parser.add_argument("--json", action="store_true", help="Tulosta JSON")
        parser.add_argument("--municipality", default="", help="Kunnan nimi tai numero")
        parser.add_argument("--age", type=int, help="Ikä")
        parser.add_argument("--vignettes", type=Path, help="Tarpeet, yksi JSON-rivillä")
        parser.add_argument("--run", type=Path, help="Tiedosto, johon ehdotukset kirjoitetaan")

    def handle(self, *args: Any, **options: Any) -> None:
        if position() is None:
            raise CommandError("Hakuhakemisto puuttuu. Aja: mukana reindex")
        if options["vignettes"]:
            if not options["run"]:
                raise CommandError("Anna myös --run TIEDOSTO.")
            self._run(options["vignettes"], options["run"])
            return
        wish = Wish(text=" ".join(options["text"]), municipality=options["municipality"], age=options["age"])
        if not wish.text:
            raise CommandError("Kerro, mitä kaivataan: mukana suggest TEKSTI")
        _, chosen = suggest(wish, now())
        if options["json"]:
            self.stdout.write(json.dumps(_document(chosen), ensure_ascii=False))
        else:
            self._print(chosen)

    def _print(self, chosen: Chosen) -> None:
        for rank, one in enumerate(_document(chosen)["suggestions"], 1):
            self.stdout.write(f"{rank:3}. {one['name']}")
            for sign, sentences in (("+", one["why"]), ("-", one["lacks"])):
                self.stdout.write("".join(f"     {sign} {sentence}\n" for sentence in sentences), ending="")
        for sentence in left_out_words(chosen.left_out):
            self.stdout.write(f"Jätettiin pois: {sentence}")
        if not chosen.suggestions:
            self.stdout.write("Emme löytäneet mitään sopivaa.")

    def _run(self, vignettes: Path, run: Path) -> None:
        lines = [line for line in vignettes.read_text(encoding="utf-8").splitlines() if line.strip()]
        with run.open("w", encoding="utf-8") as out:
            for number, line in enumerate(lines, 1):
                row = _read(line, number)
                chosen = suggest(wish_of(row), now())[1]
                rows = _row_ids([one.facts.id for one in chosen.suggestions])
                for one in chosen.suggestions:
                    out.write(f"{row['qid']} {rows.get(one.facts.id, one.facts.id)} {one.score:.6f}\n")
        self.stdout.write(f"{len(lines)} tarvetta: {run}")


def _read(line: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as problem:
        raise CommandError(f"Rivi {number} ei ole JSONia.") from problem
    if not isinstance(row, dict) or not row.get("qid"):
        raise CommandError(f"Riviltä {number} puuttuu qid.")
    return row


def _document(chosen: Chosen) -> dict[str, Any]:
    names = {str(entry.pk): str(entry) for entry in Entry.objects.filter(pk__in=[one.facts.id for one in chosen.suggestions])}
    suggestions = [
        {
            "id": one.facts.id,
            "name": names.get(one.facts.id, ""),
            "score": round(one.score, 4),
            "why": [str(mark_words(mark)) for mark in one.judgement.why],
            "lacks": [str(mark_words(mark)) for mark in one.judgement.lacks],
        }
        for one in chosen.suggestions
    ]
    return {"suggestions": suggestions, "left_out": chosen.left_out}


def _row_ids(ids: list[str]) -> dict[str, str]:
    """The source's own id of each entry, the one seen last."""
    rows = SourceRow.objects.filter(entry__in=[UUID(one) for one in ids], kind="entry").order_by("seen_at", "source_id", "row_id")
    return {str(entry): row for entry, row in rows.values_list("entry_id", "row_id")}
