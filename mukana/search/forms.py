"""Reading the search page's address: whatever stands there, a question comes out and a sentence about what was not understood."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from mukana.directory.labels import ACCESS_FILTERS, DAYPARTS, FORMS, KINDS, SERVICE_LANGUAGES
from mukana.directory.words import known
from mukana.lib.moments import WEEKDAYS
from mukana.organisations.reference import municipality_code
from mukana.search.asked import DEEPEST_PAGE, FEATURES, LISTS, READ, SORTS, VIEWS, Asked

LONGEST = 200  # characters of a question; a sentence or two
MOST_CODES = 30  # of one kind
FARTHEST_KM = 500

# Which values a word of the address may have.
ALLOWED: dict[str, Callable[[str], bool]] = {
    "kunta": lambda code: bool(municipality_code(code)),
    "paiva": WEEKDAYS.__contains__,
    "aika": DAYPARTS.__contains__,
    "kohde": lambda code: known("audience", code),
    "esteeton": ACCESS_FILTERS.__contains__,
    "kieli": SERVICE_LANGUAGES.__contains__,
    "muoto": FORMS.__contains__,
    "aihe": lambda code: known("topic", code),
    "laji": KINDS.__contains__,
}


@dataclass(frozen=True, slots=True)
class Read:
    """The question and what to say about it; `problems` are sentences for the reader."""

    asked: Asked
    problems: tuple[str, ...] = ()


def read(params: QueryDict) -> Read:
    """Never fails: what is not understood is left out and told."""
    text = " ".join(params.get("q", "").replace("\0", " ").split())
    codes, bad_codes = _codes(params)
    km, bad_km = _whole(params.get("km", ""), FARTHEST_KM)
    page, bad_page = _whole(params.get("sivu", ""), DEEPEST_PAGE)
    first, last, bad_dates = _dates(params)
    sort = params.get("jarjesta", "")
    asked = Asked(
        text=text[:LONGEST],
        need=_need(params),
        km=km,
        free=params.get("hinta") == "maksuton",
        features=tuple(feature for word, feature in FEATURES.items() if params.get(word)),
        starts_from=first,
        starts_until=last,
        expired=params.get("vanhat") == "1",
        sort=sort if sort in SORTS else "osuvin",
        page=page or 1,
        ignored=tuple(slot for slot, word in READ.items() if word in params.getlist("ilman")),
        everything=params.get("kaikki") == "1",
        view=view if (view := params.get("nakyma", "")) in VIEWS else "",
        **codes,
    )
    return Read(asked, tuple(_problems(len(text) > LONGEST, bad_codes or bad_km or bad_page or bad_dates)))


def _problems(too_long: bool, strange: bool) -> Iterator[str]:
    if too_long:
        yield _("Luimme kysymyksestäsi alun. Kerro asia lyhyemmin, niin etsimme tarkemmin.")
    if strange:
        yield _("Osaa ehdoista emme ymmärtäneet, joten jätimme ne pois. Valitse ehdot alta.")


def _codes(params: QueryDict) -> tuple[dict[str, Any], bool]:
    """Fields of `Asked` that hold codes, and whether there was a code we do not know."""
    fields: dict[str, Any] = {}
    strange = False
    for word, field in LISTS.items():
        values = [value for value in params.getlist(word)[:MOST_CODES] if value]
        good = [value for value in values if ALLOWED[word](value)]
        strange = strange or len(good) < len(values)
        fields[field] = tuple(dict.fromkeys(municipality_code(value) if word == "kunta" else value for value in good))
    return fields, strange


def _need(params: QueryDict) -> str:
    need = params.get("tarve", "")
    return need if known("need", need) else ""


def _whole(value: str, largest: int) -> tuple[int | None, bool]:
    """A positive whole number, and whether the value was something else."""
    if not value:
        return None, False
    if value.isascii() and value.isdigit() and len(value) < 6 and 0 < int(value) <= largest:
        return int(value), False
    return None, True


def _dates(params: QueryDict) -> tuple[date | None, date | None, bool]:
    """The first and the last day, in that order, and whether either was something else than a day."""
    first, bad_first = _date(params.get("alkaen", ""))
    last, bad_last = _date(params.get("asti", ""))
    if first and last and last < first:
        first, last = last, first
    return first, last, bad_first or bad_last


def _date(value: str) -> tuple[date | None, bool]:
    """An ISO date ("2026-11-24") or a Finnish one ("24.11.2026")."""
    text = value.strip()
    if not text:
        return None, False
    parts = text.split(".")
    if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts):
        text = f"{parts[2]:0>4}-{parts[1]:0>2}-{parts[0]:0>2}"
    try:
        return date.fromisoformat(text), False
    except ValueError:
        return None, True
