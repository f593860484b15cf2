"""What the search page was asked, and the address that asks the same with something changed.  Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from mukana.search.rules import Filters, SearchRequest
from mukana.search.said import span

PAGE_SIZE = 12
DEEPEST_PAGE = 50
REMOTE = ("remote_together", "video_home")
_READ_AS = {
    "weekday": "weekdays",
    "daypart": "dayparts",
    "form": "forms",
    "accessibility": "accessibility",
    "not_municipality": "not_municipalities",
}
Point = tuple[float, float]

# Address words ↔ fields that hold several codes.
LISTS = {
    "kunta": "municipalities",
    "paiva": "weekdays",
    "aika": "dayparts",
    "kohde": "audiences",
    "esteeton": "accessibility",
    "kieli": "languages",
    "muoto": "forms",
    "aihe": "topics",
    "laji": "kinds",
}
# Address words that stand for one feature each.
FEATURES = {
    "lapsi": "child_welcome",
    "paivamaksuton": "daytime_free",
    "kyyti": "ride",
    "katso": "may_watch",
    "istuen": "sitting",
    "saattaja": "support_person",
}
SORTS = ("osuvin", "lahin", "pian")
VIEWS = ("luettelo", "kartta")  # else both
READ = {
    "weekday": "paiva",
    "daypart": "aika",
    "price": "hinta",
    "form": "muoto",
    "accessibility": "esteeton",
    "municipality": "kunta",
    "dates": "milloin",
    "not_municipality": "eikunta",
}
"""Conditions that may be read from the words → the address word by which one is given up.  Pure."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as the page understands it.  `km` needs an origin to mean anything."""

    text: str = ""
    need: str = ""
    municipalities: tuple[str, ...] = ()
    km: int | None = None
    weekdays: tuple[str, ...] = ()
    dayparts: tuple[str, ...] = ()
    free: bool = False
    audiences: tuple[str, ...] = ()
    accessibility: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    starts_from: date | None = None
    starts_until: date | None = None
    sort: str = "osuvin"
    page: int = 1
    ignored: tuple[str, ...] = ()  # conditions that the words hold but the asker does not want
    everything: bool = False  # also what answers loosely
    view: str = ""
    professional: bool = False  # asked by somebody who is signed in; no word of the address
    not_municipalities: tuple[str, ...] = ()  # read from the words ("ei Kuopiossa"); no word of the address
    expired: bool = False  # a professional wants to see what nobody has confirmed for a year, too

    def pairs(self) -> list[tuple[str, str]]:
        """The address's parameters in a fixed order, without those that say nothing."""
        found: list[tuple[str, str]] = [("q", self.text), ("tarve", self.need)]
        for word, field in LISTS.items():
            found += [(word, code) for code in getattr(self, field)]
        found += [(word, "1") for word, feature in FEATURES.items() if feature in self.features]
        found += [
            ("km", str(self.km or "")),
            ("hinta", "maksuton" if self.free else ""),
            ("alkaen", self.starts_from.isoformat() if self.starts_from else ""),
            ("asti", self.starts_until.isoformat() if self.starts_until else ""),
            ("vanhat", "1" if self.expired else ""),
            *(("ilman", READ[slot]) for slot in self.ignored),
            ("kaikki", "1" if self.everything else ""),
            ("nakyma", self.view),
            ("jarjesta", self.sort if self.sort != "osuvin" else ""),
            ("sivu", str(self.page) if self.page > 1 else ""),
        ]
        return [(word, value) for word, value in found if value]

    def query(self) -> str:
        """ "?q=…", "?" when nothing is asked."""
        return "?" + urlencode(self.pairs())

    def but(self, **changes: Any) -> Asked:
        """The same question with something changed, from its first page."""
        return replace(self, **{"page": 1, **changes})

    def toggled(self, field: str, codes: Iterable[str]) -> Asked:
        """With these codes of a field put on, or all of them off when they are on."""
        mine: tuple[str, ...] = getattr(self, field)
        wanted = tuple(codes)
        if all(code in mine for code in wanted):
            return self.but(**{field: tuple(code for code in mine if code not in wanted)})
        return self.but(**{field: (*mine, *(code for code in wanted if code not in mine))})

    def unlimited(self) -> Asked:
        """The words and the need alone, without any condition."""
        return Asked(text=self.text, need=self.need, ignored=tuple(READ), professional=self.professional, expired=self.expired)

    @property
    def limited(self) -> bool:
        """Is there any condition besides the words?"""
        plain = replace(self, page=1, sort="osuvin", ignored=tuple(READ), everything=False, view="")
        return plain != self.unlimited()

    @property
    def best_only(self) -> bool:
        """Are only those shown that answer well?"""
        return bool(self.text or self.need) and not self.everything and self.page == 1 and self.sort == "osuvin"

    def as_read(self, understood: Mapping[str, str], today: date | None = None) -> Asked:
        """With the conditions that the words hold; what is chosen or given up stays as it is.  Days need `today`."""
        read = {slot: tuple(codes.split()) for slot, codes in understood.items() if slot not in self.ignored}
        found: dict[str, Any] = {field: read[slot] for slot, field in _READ_AS.items() if slot in read and not getattr(self, field)}
        if "dates" in read and today and not (self.starts_from or self.starts_until):
            found["starts_from"], found["starts_until"] = span(read["dates"][0], today)
        return replace(self, **found, free=self.free or read.get("price") == ("free",))

    def request(self, words: str, now: datetime, origin: Point | None) -> SearchRequest:
        """The question for the engine; `words` are those of the field or of the need."""
        return SearchRequest(
            text=words,
            now=now,
            filters=replace(self.filters(origin), referable_on=now.date() if self.professional and not self.expired else None),
            limit=PAGE_SIZE,
            offset=(self.page - 1) * PAGE_SIZE,
            facets=True,
        )

    def filters(self, origin: Point | None) -> Filters:
        """The conditions in the engine's words."""
        return Filters(
            kinds=self.kinds,
            forms=self.forms,
            municipalities=self.municipalities,
            not_municipalities=self.not_municipalities,
            topics=self.topics,
            audiences=self.audiences,
            features=self.features,
            accessibility=self.accessibility,
            languages=self.languages,
            weekdays=self.weekdays,
            dayparts=self.dayparts,
            free=self.free,
            origin=origin,
            within_km=float(self.km) if self.km and origin else None,
            starts_from=self.starts_from,
            starts_until=self.starts_until,
        )
