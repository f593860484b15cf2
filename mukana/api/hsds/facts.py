"""Entries of the hub as the plain values that `formats.hsds` writes out, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from mukana.api.hsds.loading import Loaded
from mukana.api.hsds.places import location_facts, site_id, web
from mukana.api.hsds.telling import Telling
from mukana.api.hsds.vocabulary import term_facts
from mukana.directory.freshness import Freshness
from mukana.directory.labels import FORMS
from mukana.directory.models import Entry, Occurrence, Schedule
from mukana.directory.queries.freshness import freshness_of, seen_on
from mukana.directory.queries.sources import credit_of, licence_of
from mukana.formats.hsds import Rhythm, Service
from mukana.formats.hsds_parts import Organization
from mukana.formats.nameless import role_address, without_names
from mukana.lib.moments import as_local, weekday
from mukana.lib.recurrence import days_off
from mukana.look.rules import page_language
from mukana.organisations.models import Organisation

HOLDS = timedelta(days=7)  # a register's row is seen again by a fetch without a word in the feed
DATES = 20  # single dates told as rhythms of one


def service_facts(entry: Entry, loaded: Loaded, telling: Telling) -> tuple[Service, date]:
    """The service, and the first day when it must be told anew."""
    with translation.override(page_language(telling.language)):
        rows = loaded.rows[entry.pk]
        fresh = freshness_of(entry, telling.today, seen_on(rows, entry))
        names = [entry.contact_name, *([entry.organisation.contact_name] if entry.organisation else [])]
        dates = loaded.dates[entry.pk]
        facts = Service(
            id=str(entry.pk),
            name=telling.text(entry.texts, "name") or _("Nimetön"),
            description=without_names(_description(entry, telling), names),
            url=web(entry.url) or f"{settings.BASE_URL}/kohde/{entry.pk}/",
            email=role_address(entry.email),
            phone=entry.phone,
            closed=bool(entry.place and entry.place.temporarily_closed),
            application_process=without_names(telling.text(entry.texts, "join"), names) or _registration(entry),
            fees_description=telling.text(entry.texts, "price_note") or _price(entry),
            eligibility_description=", ".join(
                word.name for kind, word in term_facts(loaded.terms[entry.pk], telling) if kind == "audience"
            ),
            minimum_age=entry.age_min,
            maximum_age=entry.age_max,
            assured=fresh.known_on,
            alert=_alert(entry, fresh),
            attending=str(FORMS[entry.form].word) if entry.form in FORMS else "",
            cost_cents=0 if entry.price_kind == "free" else entry.price_cents,
            rhythms=(*(_rhythm(one) for one in loaded.schedules[entry.pk]), *(_single(one) for one in dates[:DATES])),
            areas=_areas(entry),
            languages=tuple(entry.languages),
            organization=organization_facts(entry.organisation, telling) if entry.organisation else None,
            site_id=str(site_id(entry.pk)),
            location=location_facts(entry.place, telling, entry) if entry.place else None,
            terms=term_facts(loaded.terms[entry.pk], telling),
            licences=tuple(dict.fromkeys(f"{licence_of(row)} · {credit_of(row)}" for row in rows if licence_of(row))),
        )
    return facts, _turns(telling.today, fresh, loaded.schedules[entry.pk], dates)


def organization_facts(organisation: Organisation, telling: Telling) -> Organization:
    """Who arranges: its office."""
    name = telling.text(organisation.texts, "name") or _("Nimetön")
    finnish = organisation.texts.get("fi", {}).get("name", "")
    return Organization(
        id=str(organisation.pk),
        name=name,
        alternate_name=finnish if finnish != name else "",
        description=without_names(telling.text(organisation.texts, "description"), [organisation.contact_name]),
        email=role_address(organisation.email),
        website=web(organisation.url),
        phone=organisation.phone,
        kind=organisation.kind if organisation.kind != "other" else "",
        business_id=organisation.business_id,
        parent_id=str(organisation.parent_id or ""),
    )


def _description(entry: Entry, telling: Telling) -> str:
    summary, description = telling.text(entry.texts, "summary"), telling.text(entry.texts, "description")
    return description if description.startswith(summary) else "\n\n".join(filter(None, (summary, description)))


def _registration(entry: Entry) -> str:
    told = {
        "required": _("Ilmoittaudu ennakkoon."),
        "recommended": _("Ilmoittautuminen on suositeltavaa."),
        "none": _("Ilmoittautumista ei tarvita."),
    }
    return told.get(entry.registration, "")


def _price(entry: Entry) -> str:
    if entry.price_kind == "free":
        return _("Maksuton")
    if entry.price_cents is None:
        return ""
    return f"{entry.price_cents // 100},{entry.price_cents % 100:02} €"


def _alert(entry: Entry, fresh: Freshness) -> str:
    told = []
    if entry.place and entry.place.temporarily_closed:
        told.append(_("Paikka on tilapäisesti suljettu."))
    if fresh.is_late and fresh.known_on:
        told.append(_("Tietoja ei ole vahvistettu %(day)s jälkeen. Varmista järjestäjältä.") % {"day": day_text(fresh.known_on)})
    elif fresh.is_late:
        told.append(_("Tietoja ei ole vahvistettu. Varmista järjestäjältä."))
    return " ".join(told)


def _areas(entry: Entry) -> tuple[tuple[str, str], ...]:
    if entry.municipality:
        return ((entry.municipality.code, entry.municipality.name_fi),)
    return (("", entry.municipality_text),) if entry.municipality_text else ()


def _rhythm(schedule: Schedule) -> Rhythm:
    days = [day_text(day) for day in days_off(schedule.exceptions)][:10]
    notes = [_("Ei arkipyhinä.")] if schedule.holidays == "skip" else []
    if days:
        notes.append(_("Ei kokoonnu: %(days)s.") % {"days": ", ".join(days)})
    return Rhythm(
        days=tuple(schedule.days),
        opens=schedule.start,
        closes=schedule.end,
        first=schedule.first,
        until=schedule.until,
        interval=schedule.interval,
        nth=schedule.nth,
        notes=" ".join(notes),
    )


def _single(occurrence: Occurrence) -> Rhythm:
    """One date: a week's rhythm that is met once."""
    starts = as_local(occurrence.starts_at)
    ends = as_local(occurrence.ends_at) if occurrence.ends_at else None
    return Rhythm(
        days=(weekday(starts.date()),),
        opens=None if occurrence.all_day else starts.time(),
        closes=None if occurrence.all_day or ends is None else ends.time(),
        first=starts.date(),
        until=starts.date(),
        count=1,
    )


def _turns(today: date, fresh: Freshness, schedules: Sequence[Schedule], dates: Sequence[Occurrence]) -> date:
    """The first day when something told here is no longer so."""
    ends = [_local_day(one.ends_at or one.starts_at) for one in dates[:1]] + [one.until for one in schedules]
    days = [fresh.late_on, fresh.expires_on, *(day + timedelta(days=1) for day in ends)]
    return min([today + HOLDS, *(day for day in days if day is not None and day > today)])


def _local_day(moment: datetime) -> date:
    return as_local(moment).date()


def day_text(day: date) -> str:
    """A day as people write it: "22.11.2026"."""
    return f"{day.day}.{day.month}.{day.year}"
