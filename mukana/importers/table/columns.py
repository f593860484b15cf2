"""Which column of a table means what: guessed from its header, set right once by a coordinator.  Pure.

The words of headers are in `headers.tsv`.  A mapping is `{column header: field}`;
fields in another language than Finnish carry it: `name:sv`.  `guess_mapping(headers)`
proposes one, `apply(mapping, row)` uses it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from importlib import resources

TRANSLATED = ("name", "summary", "description", "join", "getting_there")
LANGUAGE_WORDS = {
    "fi": "fi", "suomi": "fi", "suomeksi": "fi", "finska": "fi", "finnish": "fi",
    "sv": "sv", "se": "sv", "ruotsi": "sv", "ruotsiksi": "sv", "svenska": "sv", "swedish": "sv",
    "en": "en", "englanti": "en", "englanniksi": "en", "engelska": "en", "english": "en", "selko": "fi-x-selko", "selkokieli": "fi-x-selko",
}  # fmt: skip
MARKS = re.compile(r"[^\w]+|_")


def _rows() -> list[dict[str, str]]:
    with resources.files("mukana.importers.table").joinpath("headers.tsv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


# field → Finnish label for the page where a coordinator sets the columns.
FIELDS: dict[str, str] = {row["field"]: row["label"] for row in _rows()}
# A header without case, marks and language words → (field, language of the word).
KNOWN = {word: (row["field"], language) for row in _rows() for language in ("fi", "sv", "en") for word in row[language].split("|")}


def guess_mapping(headers: Iterable[str]) -> dict[str, str]:
    """`{header: field}` for the headers that are understood; each field once.

    A Swedish header tells that the column is Swedish; an English one only where the
    same field has a Finnish header too, as English headers often stand over Finnish text.
    """
    read = [(header, *_meaning(header)) for header in headers]
    finnish = {field for _, field, told, language in read if (told or language) == "fi"}
    mapping: dict[str, str] = {}
    for header, field, told, language in read:
        if not field:
            continue
        text_language = told or ("fi" if language == "en" and field not in finnish else language)
        found = field if text_language == "fi" or field not in TRANSLATED else f"{field}:{text_language}"
        if found not in mapping.values():
            mapping[header] = found
    return mapping


def is_field(field: str) -> bool:
    """May a coordinator give this field to a column?"""
    base, _, language = field.partition(":")
    return base in FIELDS and (not language or (base in TRANSLATED and language in set(LANGUAGE_WORDS.values())))


def apply(mapping: Mapping[str, str], row: Mapping[str, object]) -> dict[str, object]:
    """The row by fields; texts of two columns for one field follow each other as paragraphs."""
    found: dict[str, object] = {}
    for header, value in row.items():
        field = mapping.get(header, "")
        if not is_field(field) or value is None or value == "":
            continue
        before = found.get(field)
        found[field] = f"{before}\n\n{value}" if isinstance(before, str) and isinstance(value, str) else value
    return found


def _meaning(header: str) -> tuple[str, str, str]:
    """(field, language told in the header, language of its words); all "" when not understood."""
    words = MARKS.sub(" ", header.casefold()).split()
    told = [LANGUAGE_WORDS[word] for word in words if word in LANGUAGE_WORDS]
    rest = " ".join(word for word in words if word not in LANGUAGE_WORDS) or " ".join(words)
    field, language = KNOWN.get(rest, ("", ""))
    return field, told[0] if field and told else "", language
