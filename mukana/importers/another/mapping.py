"""Records of another Mukana as drafts, nothing of them taken on trust.  Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mukana.directory.drafts import (
    Draft,
    EntryDraft,
    OccurrenceDraft,
    OrganisationDraft,
    PlaceDraft,
    ScheduleDraft,
    Texts,
    WithdrawnDraft,
)
from mukana.directory.terms import codes
from mukana.formats.exchange import ExchangeError, Record, record
from mukana.importers.adapter import Context, RawRow, Rejected, payload
from mukana.importers.another.checking import (
    contact,
    fields_known,
    geometry,
    hours,
    known,
    media,
    occurrence,
    schedule,
    states,
    texts,
)
from mukana.importers.values import LANGUAGES, NO_NAME, as_dict, line, point, unique

MAPPING_VERSION = 1
DRAFTS = (OrganisationDraft, PlaceDraft, EntryDraft)
KINDS = ("service", "group", "event", "place", "route", "video", "programme")
FORMS = ("on_site", "remote_together", "video_home", "outdoor_route")
ORGANISATION_KINDS = ("municipality", "wellbeing_county", "association", "parish", "company", "education", "state", "other")
UNREADABLE = "Rivin kenttää ei voi lukea: {}."
UNKNOWN_KIND = "Rivin laji on tuntematon: {}."


def to_drafts(raw: RawRow, _context: Context) -> list[Draft] | Rejected:
    """One record as its draft; our own record that has come round is taken off if it had slipped in."""
    if raw.gone:
        return [WithdrawnDraft(raw.row_id)]
    row = payload(raw)
    if isinstance(row, Rejected):
        return row
    try:
        found = record(as_dict(row.get("line")), DRAFTS)
    except ExchangeError as problem:
        return Rejected(UNREADABLE.format(line(str(problem), 80)))
    return _checked(raw.row_id, found, line(row.get("prefix"), 20), line(row.get("giver"), 120))


def _checked(row_id: str, found: Record, prefix: str, giver: str) -> list[Draft] | Rejected:
    draft: Draft = replace(found.draft, row_id=row_id, licence=_licence(found), attribution=_attribution(found, giver))
    if isinstance(draft, WithdrawnDraft) or not (written := texts(draft.texts)):
        return Rejected(NO_NAME)
    if isinstance(draft, OrganisationDraft):
        return [_organisation(draft, written, prefix)]
    if isinstance(draft, PlaceDraft):
        return [_place(draft, written)]
    if draft.kind not in KINDS:
        return Rejected(UNKNOWN_KIND.format(line(draft.kind, 40)))
    return [_entry(draft, written, prefix)]


def _licence(found: Record) -> str:
    """The record's own, else those of all its sources."""
    told = found.draft.licence or " · ".join(unique(origin.licence for origin in found.origins))
    return line(told, 120)


def _attribution(found: Record, giver: str) -> str:
    """Whom to thank: the sources it was brought from first, and the site that passed it on."""
    sources = unique(origin.attribution or origin.name for origin in found.origins) or unique([found.draft.attribution])
    thanks = " · ".join(sources)
    return line(f"{thanks} (välittänyt {giver})" if thanks and giver else thanks or giver, 300)


def _organisation(draft: OrganisationDraft, written: Texts, prefix: str) -> OrganisationDraft:
    return replace(
        draft,
        texts=written,
        kind=known(draft.kind, ORGANISATION_KINDS, "other"),
        business_id=line(draft.business_id, 9),
        municipality=line(draft.municipality, 100),
        contact=contact(draft.contact),
        parent=_pointed(draft.parent, prefix),
    )


def _place(draft: PlaceDraft, written: Texts) -> PlaceDraft:
    lat, lon = point(draft.lat, draft.lon)
    return replace(
        draft,
        texts=written,
        municipality=line(draft.municipality, 100),
        address=line(draft.address, 200),
        postal_code=line(draft.postal_code, 5),
        city=line(draft.city, 100),
        lat=lat,
        lon=lon,
        contact=contact(draft.contact),
        accessibility=states(draft.accessibility),
        hours=hours(draft.hours),
        lipas_type=draft.lipas_type if draft.lipas_type is None or 0 <= draft.lipas_type < 100_000 else None,
    )


def _entry(draft: EntryDraft, written: Texts, prefix: str) -> EntryDraft:
    lat, lon = point(draft.lat, draft.lon)
    return replace(
        _facts(draft),
        texts=written,
        series_id=_pointed(draft.series_id, prefix),
        goal=draft.goal if len(draft.goal) <= 60 and draft.goal.replace("-", "").replace("_", "").isalnum() else "",
        organisation=_pointed(draft.organisation, prefix),
        place=_pointed(draft.place, prefix),
        municipality=line(draft.municipality, 100),
        lat=lat,
        lon=lon,
        geometry=geometry(draft.geometry),
        contact=contact(draft.contact),
        occurrences=_occurrences(draft.occurrences, prefix),
        schedules=_schedules(draft.schedules),
        media=media(draft.media),
        dates_only=False,
    )


def _facts(draft: EntryDraft) -> EntryDraft:
    """Codes that this version knows; a newer site may have more."""
    return replace(
        draft,
        form=known(draft.form, FORMS, ""),
        topics=fields_known(draft.topics, codes("topic")),
        audience=fields_known(draft.audience, codes("audience")),
        features=fields_known(draft.features, codes("feature")),
        service_classes=_lines(draft.service_classes, 20),
        keywords=_lines(draft.keywords, 100),
        languages=fields_known(draft.languages, LANGUAGES),
        accessibility=states(draft.accessibility),
        price_kind=known(draft.price_kind, ("free", "paid", "unknown"), "unknown"),
        price_cents=draft.price_cents if draft.price_cents is not None and 0 <= draft.price_cents <= 10_000_000 else None,
        registration=known(draft.registration, ("none", "recommended", "required", "unknown"), "unknown"),
        age_min=_age(draft.age_min),
        age_max=_age(draft.age_max),
        status=known(draft.status, ("published", "draft", "withdrawn"), "draft"),
    )


def _age(value: int | None) -> int | None:
    return value if value is not None and 0 <= value <= 120 else None


def _lines(values: Iterable[str], limit: int) -> tuple[str, ...]:
    return unique(line(value, limit) for value in values)[:200]


def _occurrences(given: tuple[OccurrenceDraft, ...], prefix: str) -> tuple[OccurrenceDraft, ...]:
    checked = (occurrence(one) for one in given)
    return tuple(replace(one, place=_pointed(one.place, prefix)) for one in checked)


def _schedules(given: tuple[ScheduleDraft, ...]) -> tuple[ScheduleDraft, ...]:
    return tuple(filter(None, map(schedule, given)))


def _pointed(row_id: str, prefix: str) -> str:
    """Another row of the same giver."""
    found = line(row_id, 181)
    return f"{prefix}{found}" if 0 < len(found) <= 180 else ""
