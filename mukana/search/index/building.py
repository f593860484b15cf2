"""SearchDocument → the document tantivy stores."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import tantivy

from mukana.search.analysis.words import folded, words_of
from mukana.search.index.cells import cell
from mukana.search.index.document import SearchDocument
from mukana.search.index.schema import NEVER
from mukana.search.index.terms import ANYWHERE, TermMaker, Told, place_term

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_DAYS = 400  # days ahead that filters by date can see
_NOON, _EVENING = 12, 16
_REMOTE = ("remote_together", "video_home")
_WHOLE_AREA = ("koko ", "valtakunnal", "kaikki kun")  # what sources write in place of a municipality


class DocumentMaker:
    """Makes index documents; one per build, because it remembers words."""

    def __init__(self, terms: TermMaker) -> None:
        self._terms = terms
        self._labels: dict[str, list[Told]] = {}
        self._names: dict[str, Told] = {}
        self._municipalities: dict[str, str] = {"": ""}

    def make(self, document: SearchDocument) -> tantivy.Document:
        """The tantivy document of one entry."""
        fields: dict[str, object] = {"id": document.entry_id}
        words: list[Told] = []
        zones = {
            "title": document.title,
            "summary": document.summary,
            "body": document.body,
        }
        for zone, texts in zones.items():
            fields[zone] = self._texts(texts, words)
        leaning = self._terms.leaning((document.title.get("fi", ""), document.summary.get("fi", "")))
        fields["labels"] = f"{self._label_terms(document.labels, words)} {leaning}"
        fields["place"] = self._place(document, words)
        fields["organisation"] = self._name(document.organisation, words)
        fields["forms"] = " ".join([one.spellings for one in words])
        fields["words"] = "\n".join([one.lines for one in words if one.lines]).encode()
        fields["phrases"] = [f"{folded(title)}|{title}" for title in document.title.values()]
        fields |= _codes(document) | _numbers(document) | _times(document.occurrences)
        return tantivy.Document(**fields)

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


def _codes(document: SearchDocument) -> dict[str, object]:
    """Only what there is: an index is filled with most entries having no form, no price, no condition."""
    lists = {
        "form": document.form and [document.form],
        "municipality": document.municipality and [document.municipality],
        "organisation_id": document.organisation_id and [document.organisation_id],
        "topics": document.topics,
        "audiences": document.audiences,
        "features": document.features,
        "accessibility": document.accessibility,
        "languages": document.languages,
        "text_language": document.title,
        "price": ["free"] if document.free else [],
    }
    return {"kind": document.kind} | {name: list(codes) for name, codes in lists.items() if codes}


def _numbers(document: SearchDocument) -> dict[str, object]:
    last = NEVER if document.last_end is None else int(document.last_end.timestamp())
    point: dict[str, object] = {}
    if document.lat is not None and document.lon is not None:
        point = {"lat": document.lat, "lon": document.lon, "cell": cell(document.lat, document.lon)}
    return {"last_end": last, "late_on": _day(document.late_on), "expires_on": _day(document.expires_on), **point}


def _day(day: date | None) -> int:
    return NEVER if day is None else day.toordinal()


def _times(starts: Iterable[datetime]) -> dict[str, object]:
    """Weekday and daypart alone and together, days as ordinals, the next start."""
    ordered = sorted(starts)
    if not ordered:
        return {"next_start": NEVER}
    days = dict.fromkeys([start.toordinal() for start in ordered])
    pairs = {(start.weekday(), daypart(start.hour)) for start in ordered}
    return {
        "weekday": sorted({WEEKDAYS[day] for day, _ in pairs}),
        "daypart": sorted({part for _, part in pairs}),
        "times": sorted([f"{WEEKDAYS[day]}.{part}" for day, part in pairs]),
        "days": list(days)[:MOST_DAYS],
        "next_start": int(ordered[0].timestamp()),
    }


def daypart(hour: int) -> str:
    """morning before 12, afternoon before 16, then evening."""
    if hour < _NOON:
        return "morning"
    return "afternoon" if hour < _EVENING else "evening"
