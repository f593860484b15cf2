"""The facts of an entry as the edit form tells them, and the page they would make."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from datetime import datetime
from typing import Any

from mukana.directory import labels
from mukana.directory.actions.editing import fact
from mukana.directory.actions.occurrences import planned
from mukana.directory.models import Entry, Occurrence, Place, Term
from mukana.directory.own import APART, TEXTS, put, schedule_draft
from mukana.directory.queries.dates import ahead
from mukana.directory.queries.entry import SHOWN, EntryPage
from mukana.directory.queries.photographs import pictures_of
from mukana.lib.text import clean_html

FACTS = (
    "contact_name", "phone", "email", "url", "price_kind", "price_cents", "registration", "features", "languages",
    "topics", "place_id", "age_min", "age_max", "accessibility", "schedules",
)  # fmt: skip
LANGUAGES = ("fi", "fi-x-selko", "sv", "en")


def stands(entry: Entry) -> dict[str, Any]:
    """Key → value as the form would send it back untouched."""
    found = {key: fact(entry, key) for key in FACTS}
    found["features"] = [code for code in labels.FEATURES if code in found["features"]]
    found["languages"] = [code for code in labels.SERVICE_LANGUAGES if code in found["languages"]]
    found["accessibility"] = {key: state for key, state in found["accessibility"].items() if state != "unknown"}
    if found["price_kind"] == "free":
        found["price_cents"] = None
    for plan in found["schedules"]:
        plan["exceptions"] = sorted(plan["exceptions"], key=lambda one: str(one["date"]))
    for language in {*LANGUAGES, *entry.texts}:
        for field in TEXTS:
            key = f"texts.{language}.{field}"
            found[key] = _steps(fact(entry, key)) if field == "steps" else clean_html(fact(entry, key))
    return found


def page_of(entry: Entry, values: Mapping[str, Any], now: datetime) -> EntryPage:
    """The page as a resident would see it with these values; nothing is saved."""
    shown = copy(entry)
    for key, value in values.items():
        if key not in APART:
            put(shown, key, value)
    if "place_id" in values:
        shown.place = Place.objects.select_related("municipality").filter(pk=values["place_id"]).first() if values["place_id"] else None
    topics = list(values["topics"]) if "topics" in values else list(fact(entry, "topics"))
    audiences = list(Term.objects.filter(entries=entry, scheme="audience").values_list("code", flat=True))
    dates = _dates(entry, values.get("schedules", []), now)
    return EntryPage(
        entry=shown,
        dates=dates[:SHOWN],
        more_dates=len(dates) > SHOWN,
        forms=[],
        topics=topics,
        audiences=audiences,
        source_rows=[],
        pictures=pictures_of(entry, shown.place),
    )


def _dates(entry: Entry, schedules: list[dict[str, Any]], now: datetime) -> list[Occurrence]:
    if not schedules or schedules == fact(entry, "schedules"):
        return list(ahead(now).filter(entry=entry).select_related("place")[: SHOWN + 1])
    made = planned(entry.pk, [schedule_draft(one) for one in schedules], now.date())
    return sorted((one for one in made if one.starts_at >= now), key=lambda one: one.starts_at)[: SHOWN + 1]


def _steps(steps: list[dict[str, str]]) -> list[dict[str, str]]:
    """As the form reads them: without empty ones, each text one paragraph."""
    tidy = ({name: " ".join(clean_html(step.get(name)).split()) for name in ("title", "text")} for step in steps)
    return [{name: text for name, text in step.items() if text} for step in tidy if step["title"]]
