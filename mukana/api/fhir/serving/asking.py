"""Reading the parameters of a search: what is not understood is refused, so that nobody gets more than they asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mukana.api.fhir.mapping.parts import Json
from mukana.api.fhir.serving.refusing import FhirRefused
from mukana.lib.moments import ZONE

COUNT, MOST = 50, 200
WITH_STATUS = ("ServiceRequest", "Task", "Consent", "Appointment", "Communication")
WITH_PATIENT = ("RelatedPerson", "ServiceRequest", "Task", "Consent", "Appointment", "Communication", "Provenance", "AuditEvent")
WITH_SUBJECT = ("ServiceRequest", "Task", "Communication")
WITH_CHANGED = ("ServiceRequest", "Task", "Consent", "Appointment", "Communication", "Provenance", "AuditEvent")
_MOMENT = re.compile(r"(eq|gt|ge|lt|le|sa|eb)?(\d{4})(?:-(\d\d)(?:-(\d\d)(T.+)?)?)?")
_PAGING = ("_count", "_after", "_format")


@dataclass(frozen=True, slots=True)
class Changed:
    """A bound of `_lastUpdated`: the value is everything from `start` to before `end`."""

    sort: str
    start: datetime
    end: datetime

    def holds(self, at: datetime) -> bool:
        """Is the moment inside the bound?"""
        return {
            "eq": self.start <= at < self.end,
            "gt": at >= self.end,
            "sa": at >= self.end,
            "ge": at >= self.start,
            "lt": at < self.start,
            "eb": at < self.start,
            "le": at < self.end,
        }[self.sort]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted; None: whatever."""

    ids: frozenset[str] | None = None
    statuses: frozenset[str] | None = None
    patient: str | None = None
    changed: tuple[Changed, ...] = ()
    count: int = COUNT
    after: str = ""

    def fits(self, resource: Json) -> bool:
        """Is the resource one of those?  (Its patient has been seen to before.)"""
        if self.ids is not None and resource["id"] not in self.ids:
            return False
        if self.statuses is not None and resource.get("status") not in self.statuses:
            return False
        if not self.changed:
            return True
        told = resource.get("meta", {}).get("lastUpdated")
        return bool(told) and all(bound.holds(datetime.fromisoformat(told)) for bound in self.changed)


def allowed(kind: str) -> list[str]:
    """The parameters of a resource type."""
    found = ["_id"]
    for names, kinds in (
        (["status"], WITH_STATUS),
        (["patient"], WITH_PATIENT),
        (["subject"], WITH_SUBJECT),
        (["_lastUpdated"], WITH_CHANGED),
    ):
        found += names if kind in kinds else []
    return found


def asked(kind: str, given: Mapping[str, Sequence[str]]) -> Asked:
    """The question.  Raises FhirRefused."""
    known = {*allowed(kind), *_PAGING}
    if strange := sorted(set(given) - known):
        raise FhirRefused(400, "not-supported", f"{kind} has no parameter {strange[0][:40]}. It has {', '.join(sorted(known))}.")
    if repeated := sorted(name for name, values in given.items() if len(values) > 1 and name != "_lastUpdated"):
        raise FhirRefused(400, "not-supported", f"{repeated[0]} may be given once; join values with commas.")
    one = {name: values[0] for name, values in given.items()}
    if not json_wanted(one.get("_format", "")):
        raise FhirRefused(406, "not-supported", "Only JSON is spoken here.")
    whose = {_patient(one[name]) for name in ("patient", "subject") if name in one}
    return Asked(
        ids=_listed(one, "_id"),
        statuses=_listed(one, "status"),
        patient=whose.pop() if len(whose) == 1 else ("" if whose else None),
        changed=tuple(_changed(words) for words in given.get("_lastUpdated", ())),
        count=_count(one.get("_count", "")),
        after=one.get("_after", ""),
    )


def json_wanted(words: str) -> bool:
    """Does `_format` ask for what we have?"""
    return words in ("", "json", "application/json", "application/fhir+json", "application/fhir json")


def _listed(one: Mapping[str, str], name: str) -> frozenset[str] | None:
    return frozenset(filter(None, one[name].split(","))) if name in one else None


def _patient(words: str) -> str:
    kind, slash, key = words.rpartition("/")
    return key if kind == "Patient" or not slash else ""


def _count(words: str) -> int:
    if not words:
        return COUNT
    if not words.isdecimal() or len(words) > 9 or int(words) < 1:
        raise FhirRefused(400, "invalid", "_count is a number from one up.")
    return min(int(words), MOST)


def _changed(words: str) -> Changed:
    found = _MOMENT.fullmatch(words.replace(" ", "+"))
    if found is None:
        raise FhirRefused(400, "invalid", "_lastUpdated is a date or a moment, with eq, gt, ge, lt or le before it if wanted.")
    sort, year, month, day, rest = found.groups()
    try:
        start, end = _interval(year, month, day, rest or "")
    except (ValueError, OverflowError) as error:
        raise FhirRefused(400, "invalid", "_lastUpdated is no moment that there is.") from error
    return Changed(sort or "eq", start, end)


def _interval(year: str, month: str | None, day: str | None, rest: str) -> tuple[datetime, datetime]:
    if rest:
        at = datetime.fromisoformat(f"{year}-{month}-{day}{rest}")
        at = at if at.tzinfo else at.replace(tzinfo=ZONE)
        return at, at + (timedelta(milliseconds=1) if "." in rest else timedelta(seconds=1))
    first = date(int(year), int(month or 1), int(day or 1))
    if day:
        after = first + timedelta(days=1)
    elif month:
        after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    else:
        after = date(first.year + 1, 1, 1)
    return _midnight(first), _midnight(after)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZONE)
