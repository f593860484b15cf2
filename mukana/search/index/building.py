"""SearchDocument → the document tantivy stores."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

import tantivy

from mukana.search.analysis.words import folded, words_of
from mukana.search.index.alike import first_sentence, told_alike
from mukana.search.index.cells import cell
from mukana.search.index.document import SearchDocument
from mukana.search.index.schema import NEVER, schema
from mukana.search.index.terms import ANYWHERE, TermMaker, Told, place_term

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_DAYS = 400  # days ahead that filters by date can see
_NOON, _EVENING = 12, 16
_REMOTE = ("remote_together", "video_home")
_WHOLE_AREA = ("koko ", "valtakunnal", "kaikki kun")  # what sources write in place of a municipality


class _Start(NamedTuple):
    """When something begins, as the index holds it."""

    second: int
    day: int
    weekday: str
    daypart: str
    time: str


class DocumentMaker:
    """Makes index documents; one per build, because it remembers words."""

    def __init__(self, terms: TermMaker) -> None:
        self._terms = terms
        self._schema = schema()
        self._labels: dict[str, list[Told]] = {}
        self._names: dict[str, Told] = {}
        self._municipalities: dict[str, str] = {"": ""}
        self._starts: dict[datetime, _Start] = {}

    def make(self, document: SearchDocument) -> tantivy.Document:
        """The tantivy document of one entry."""
        words: list[Told] = []
        title, summary = document.title, document.summary
        fields: dict[str, object] = {
            "id": document.entry_id,
            "title": self._texts(title, words),
            "summary": self._texts(summary, words),
            "body": self._texts(document.body, words),
        }
        begins = first_sentence(document.body.get("fi", ""))
        fields["labels"] = (
            f"{self._label_terms(document.labels, words)} {self._leanings(title.get('fi', ''), summary.get('fi', ''), begins)}"
        )
        fields["place"] = self._place(document, words)
        fields["organisation"] = self._name(document.organisation, words)
        fields["forms"] = " ".join([one.spellings for one in words])
        fields["words"] = b"\n".join([one.lines for one in words if one.lines])
        fields["phrases"] = [f"{folded(one)}|{one}" for one in title.values()]
        if alike := told_alike(summary.get("fi", ""), begins):
            fields["told_alike"] = alike
        _tell_codes(fields, document)
        _tell_numbers(fields, document)
        self._tell_times(fields, document.occurrences)
        return tantivy.Document.from_dict(fields, self._schema)

    def _leanings(self, title: str, summary: str, begins: str) -> str:
        """What the name and summary lean to, and what they do together with the beginning of the description."""
        shown = self._terms.leaning((title, summary))
        return f"{shown} {self._terms.leaning((title, summary, begins))}" if begins else shown

    def _tell_times(self, fields: dict[str, object], starts: Sequence[datetime]) -> None:
        """Weekday and daypart alone and together, days as ordinals, the next start."""
        if not starts:
            fields["next_start"] = NEVER
            return
        ordered = sorted([self._start(start) for start in starts])
        fields["next_start"] = ordered[0].second
        fields["days"] = list(dict.fromkeys([start.day for start in ordered]))[:MOST_DAYS]
        fields["weekday"] = sorted({start.weekday for start in ordered})
        fields["daypart"] = sorted({start.daypart for start in ordered})
        fields["times"] = sorted({start.time for start in ordered})

    def _start(self, start: datetime) -> _Start:
        """Many begin at the same time."""
        made = self._starts.get(start)
        if made is None:
            weekday, part = WEEKDAYS[start.weekday()], daypart(start.hour)
            made = _Start(int(start.timestamp()), start.toordinal(), weekday, part, f"{weekday}.{part}")
            self._starts[start] = made
        return made

    def _texts(self, texts: dict[str, str], words: list[Told]) -> str:
        made: list[str] = []
        for language, text in texts.items():
            if language.startswith("fi"):
                found = self._terms.zone(text)
                words += found
                made += [one.terms for one in found]
            else:
                made.append(self._terms.foreign(text, language))
        return " ".join(made)

    def _place(self, document: SearchDocument, words: list[Told]) -> str:
        """Where it is.  What is done at home or serves the whole area is anywhere, wherever its organiser sits."""
        if document.form in _REMOTE or document.municipality_name.lower().startswith(_WHOLE_AREA):
            return ANYWHERE
        names = self._name(f"{document.place} · {document.municipality_name}", words)
        return f"{names} {self._municipality(document.municipality_name)}"

    def _municipality(self, name: str) -> str:
        made = self._municipalities.get(name)
        if made is None:
            forms = words_of(name)
            lemmas = self._terms.word(forms[0]).word.lemmas if len(forms) == 1 else ()
            made = self._municipalities[name] = " ".join(dict.fromkeys(place_term(one) for one in (name, *lemmas)))
        return made

    def _label_terms(self, labels: tuple[str, ...], words: list[Told]) -> str:
        """Labels repeat from entry to entry; no name of several words goes on from one to the next."""
        first = len(words)
        for label in labels:
            made = self._labels.get(label)
            if made is None:
                made = self._labels[label] = self._terms.zone(label)
            words += made
        return " ".join([one.terms for one in words[first:]])

    def _name(self, text: str, words: list[Told]) -> str:
        """So do names of places and organisers, which tell of no concepts."""
        made = self._names.get(text)
        if made is None:
            made = self._names[text] = self._terms.names_only(text)
        words.append(made)
        return made.terms


def _tell_codes(fields: dict[str, object], document: SearchDocument) -> None:
    """Only what there is: an index is filled with most entries having no form, no price, no condition."""
    fields["kind"] = document.kind
    for name, code in (("form", document.form), ("municipality", document.municipality), ("organisation_id", document.organisation_id)):
        if code:
            fields[name] = code
    for name, codes in (
        ("topics", document.topics),
        ("audiences", document.audiences),
        ("features", document.features),
        ("accessibility", document.accessibility),
        ("languages", document.languages),
        ("text_language", document.title),
    ):
        if codes:
            fields[name] = list(codes)
    if document.free:
        fields["price"] = "free"


def _tell_numbers(fields: dict[str, object], document: SearchDocument) -> None:
    lat, lon = document.lat, document.lon
    fields["last_end"] = NEVER if document.last_end is None else int(document.last_end.timestamp())
    fields["late_on"], fields["expires_on"] = _day(document.late_on), _day(document.expires_on)
    if lat is not None and lon is not None:
        fields["lat"], fields["lon"], fields["cell"] = lat, lon, cell(lat, lon)


def _day(day: date | None) -> int:
    return NEVER if day is None else day.toordinal()


def daypart(hour: int) -> str:
    """morning before 12, afternoon before 16, then evening."""
    if hour < _NOON:
        return "morning"
    return "afternoon" if hour < _EVENING else "evening"
