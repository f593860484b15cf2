"""What a list of HSDS is asked, read out of its address.  Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time
from uuid import UUID

from mukana.api.hsds.telling import LANGUAGES
from mukana.api.reading import LAST_PAGE, BadParameter, Parameters, Slice, flag, last, moment, refuse_null, several, whole_number
from mukana.lib.moments import WEEKDAYS
from mukana.lib.recurrence import parse_clock

PER_PAGE = 50
LARGEST_PAGE = 200
FIRST_PAGE = Slice(1, PER_PAGE)
FORMATS = ("json", "ndjson")
OLDEST = 150
FARTHEST_M = 2_000_000
_DAYS = {
    **{code[:2].upper(): code for code in WEEKDAYS},
    **dict(zip(("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"), WEEKDAYS, strict=True)),
    **{code.upper(): code for code in WEEKDAYS},
}


@dataclass(frozen=True, slots=True)
class Conditions:
    """What decides which services belong to a list; all must hold, and of one repeated every value."""

    search: str = ""
    terms: tuple[UUID, ...] = ()
    taxonomies: tuple[UUID, ...] = ()
    organizations: tuple[UUID, ...] = ()
    modified_after: datetime | None = None
    minimum_age: int | None = None
    maximum_age: int | None = None
    days: tuple[str, ...] = ()
    start_time: time | None = None
    end_time: time | None = None
    postcode: str = ""
    proximity_m: int | None = None
    placed: bool = False  # services at a place only

    @property
    def timed(self) -> bool:
        """Is a day or a time of day asked for?"""
        return bool(self.days) or self.start_time is not None or self.end_time is not None


@dataclass(frozen=True, slots=True)
class Question:
    """A list: which services, which page, and how much of each."""

    conditions: Conditions = Conditions()
    slice: Slice = FIRST_PAGE
    ndjson: bool = False
    full: bool = False
    minimal: bool = False


@dataclass(frozen=True, slots=True)
class NamedQuestion:
    """A list of organisations, taxonomies or terms."""

    search: str = ""
    slice: Slice = FIRST_PAGE
    ndjson: bool = False
    full: bool = False
    full_service: bool = False
    taxonomies: tuple[UUID, ...] = ()
    parents: tuple[UUID, ...] = ()
    top_only: bool = False


def question(given: Parameters, now: datetime) -> Question:
    """What a list of services is asked.  Raises BadParameter; unknown parameters are passed over."""
    refuse_null(given)
    conditions = Conditions(
        search=last(given, "search"),
        terms=_ids(given, "taxonomy_term_id"),
        taxonomies=_ids(given, "taxonomy_id"),
        organizations=_ids(given, "organization_id"),
        modified_after=moment(given, "modified_after", now),
        minimum_age=_age(given, "minimum_age"),
        maximum_age=_age(given, "maximum_age"),
        days=_days(given),
        start_time=_time(given, "start_time"),
        end_time=_time(given, "end_time"),
    )
    return Question(conditions, slice_of(given), _ndjson(given), bool(flag(given, "full")), bool(flag(given, "minimal")))


def site_question(given: Parameters, now: datetime) -> Question:
    """What a list of services at places is asked.  Raises BadParameter."""
    found = question(given, now)
    postcode = last(given, "postcode")
    if postcode and not (len(postcode) == 5 and postcode.isascii() and postcode.isdigit()):
        raise BadParameter("postcode", "give five digits.")
    proximity = whole_number(given, "proximity", 0) if last(given, "proximity") else None
    if proximity is not None and not postcode:
        raise BadParameter("proximity", "give postcode too: metres are counted from its middle.")
    conditions = replace(
        found.conditions, postcode=postcode, proximity_m=min(proximity, FARTHEST_M) if proximity is not None else None, placed=True
    )
    return replace(found, conditions=conditions, minimal=False)


def named_question(given: Parameters) -> NamedQuestion:
    """What a list of organisations, taxonomies or terms is asked.  Raises BadParameter."""
    refuse_null(given)
    return NamedQuestion(
        search=last(given, "search"),
        slice=slice_of(given),
        ndjson=_ndjson(given),
        full=bool(flag(given, "full")),
        full_service=bool(flag(given, "full_service")),
        taxonomies=_ids(given, "taxonomy_id"),
        parents=_ids(given, "parent_id"),
        top_only=bool(flag(given, "top_only")),
    )


def slice_of(given: Parameters) -> Slice:
    """The page asked for; more than 200 on a page is read as 200.  Raises BadParameter."""
    page = whole_number(given, "page", 1)
    if page > LAST_PAGE:
        raise BadParameter("page", f"give a page from 1 to {LAST_PAGE}.")
    return Slice(page, min(whole_number(given, "per_page", PER_PAGE), LARGEST_PAGE))


def language_of(given: Parameters, accepted: str) -> str:
    """The language of the answer: `lang`, else the best of Accept-Language, else Finnish.  Raises BadParameter for an unknown `lang`."""
    asked = last(given, "lang").lower()
    if asked:
        if asked not in LANGUAGES:
            raise BadParameter("lang", f"give one of {', '.join(LANGUAGES)}.")
        return asked
    ranked = sorted((_weighed(part, order) for order, part in enumerate(accepted[:500].split(","))), reverse=True)
    for weight, _, tag in ranked:
        known = tag if tag in LANGUAGES else tag.partition("-")[0]
        if weight > 0 and known in LANGUAGES:
            return known
    return "fi"


def _weighed(part: str, order: int) -> tuple[float, int, str]:
    tag, _, rest = part.strip().lower().partition(";")
    name, _, value = rest.strip().partition("=")
    if name != "q":
        return 1.0, -order, tag.strip()
    whole, _, decimals = value.strip().partition(".")
    good = whole in ("0", "1") and (not decimals or (decimals.isascii() and decimals.isdigit()))
    return (float(f"{whole}.{decimals or 0}") if good else 0.0), -order, tag.strip()


def _ids(given: Parameters, name: str) -> tuple[UUID, ...]:
    """Ids; one that is no UUID belongs to nothing, as one that nobody has."""
    return tuple(_id(value, name) for value in several(given, name))


def _id(value: str, name: str) -> UUID:
    try:
        return UUID(value)
    except ValueError as error:
        raise BadParameter(name, "give an id as this API tells them.") from error


def _age(given: Parameters, name: str) -> int | None:
    words = last(given, name)
    if not words:
        return None
    if not (words.isascii() and words.isdigit() and len(words) <= 3 and int(words) <= OLDEST):
        raise BadParameter(name, f"give whole years from 0 to {OLDEST}.")
    return int(words)


def _days(given: Parameters) -> tuple[str, ...]:
    found = [_DAYS.get(value.upper()) for value in several(given, "day")]
    if None in found:
        raise BadParameter("day", "give days as MO, TU, WE, TH, FR, SA, SU.")
    return tuple(sorted({day for day in found if day is not None}, key=WEEKDAYS.index))


def _time(given: Parameters, name: str) -> time | None:
    words = last(given, name)
    if not words:
        return None
    found = parse_clock(words[:5].replace(":", ".")) if len(words) <= 8 else None
    if found is None:
        raise BadParameter(name, "give a time of day as 09:30.")
    return found


def _ndjson(given: Parameters) -> bool:
    value = last(given, "format").lower() or "json"
    if value not in FORMATS:
        raise BadParameter("format", "give json or ndjson.")
    return value == "ndjson"
