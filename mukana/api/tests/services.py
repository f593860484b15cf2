"""Two hundred made-up services in three municipalities, of every shape that HSDS has trouble with."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from mukana.directory.actions import changes
from mukana.directory.actions.vocabulary import load_vocabulary
from mukana.directory.models import Entry, EntryTerm, Occurrence, Place, Schedule, Source, SourceRow, Term
from mukana.lib.clock import now
from mukana.lib.ids import stable_id
from mukana.lib.moments import WEEKDAYS, ZONE, at_wall
from mukana.organisations.actions import load_municipalities
from mukana.organisations.models import Organisation

COUNT = 200
MUNICIPALITIES = ("297", "211", "286")
POSTCODES = ("70100", "36200", "45100")
POINTS = ((62.89, 27.68), (61.46, 24.07), (60.87, 26.70))
PERSON = "Aino-Maija Kuoppalainen"  # the only person there is; nobody may read the name
NAMES = ("Tuolijumppa", "Kuoro", "Liikuntaneuvonta", "Perhekerho", "Ryhmä & <kahvit>")
CODES = ("chair_exercise", "singing", "exercise_counselling", "family_exercise")


def supply(count: int = COUNT) -> list[Entry]:
    """Make them; the feed has one change of each."""
    load_municipalities()
    load_vocabulary()
    source = Source.objects.create(key="ptv", adapter="ptv", name="Palvelutietovaranto", licence="CC BY 4.0", attribution="Suomi.fi")
    places = [_place(number) for number in range(9)]
    organisers = [_organiser(number) for number in range(7)]
    terms = {term.code: term for term in Term.objects.filter(scheme="topic", code__in=CODES)}
    older = Term.objects.get(scheme="audience", code="older")
    entries = [_entry(number, places, organisers) for number in range(count)]
    Entry.objects.bulk_create(entries)
    for number, entry in enumerate(entries):
        EntryTerm.objects.create(entry=entry, term=terms[CODES[number % len(CODES)]])
        if number % 3 == 0:
            EntryTerm.objects.create(entry=entry, term=older)
        _times(number, entry)
        if number % 2:
            SourceRow.objects.create(source=source, row_id=f"r{number}", digest=b"0" * 16, kind="entry", entry=entry, seen_at=now())
    changes.record([entry.pk for entry in entries], "created", now())
    return entries


def touch(entry: Entry, **facts: Any) -> None:
    """Change an entry as an action does: the record first, the feed last."""
    for name, value in facts.items():
        setattr(entry, name, value)
    entry.save()
    changes.record([entry.pk], "updated", now())


def _place(number: int) -> Place:
    at = number % 3
    lat, lon = POINTS[at]
    return Place.objects.create(
        id=stable_id("test-place", number),
        texts={"fi": {"name": f"Talo {number}"}, "sv": {"name": f"Hus {number}"}},
        municipality_id=MUNICIPALITIES[at] if number != 8 else None,
        address=f"Koulutie {number}" if number != 7 else "",
        postal_code=POSTCODES[at] if number != 6 else "",
        city="Kuopio" if at == 0 else "",
        lat=lat + number / 1000,
        lon=lon,
        url="http://www.talo.fi/ä ö?x=[1]%" if number == 2 else "",
        accessibility={"step_free": "yes", "toilet": "unknown", "hearing": "partial", "notes": "Soita ovikelloa."},
        hours=[{"day": "mon", "opens": "9.00", "closes": "16.00"}],
        temporarily_closed=number == 5,
    )


def _organiser(number: int) -> Organisation:
    return Organisation.objects.create(
        id=stable_id("test-organiser", number),
        texts={"fi": {"name": f"Yhdistys {number} ry"}} if number != 6 else {"sv": {"name": "Förening"}},
        kind="association",
        business_id="0201256-6" if number % 2 else "",
        contact_name=PERSON,
        email="aino-maija.kuoppalainen@yhdistys.fi" if number % 2 else "toimisto@yhdistys.fi",
        phone="044 123 4567",
        url="https://yhdistys.example/",
        municipality_id=MUNICIPALITIES[number % 3],
    )


def _entry(number: int, places: list[Place], organisers: list[Organisation]) -> Entry:
    texts: dict[str, dict[str, Any]] = {
        "fi": {
            "name": f"{NAMES[number % len(NAMES)]} {number}",
            "summary": "Tule mukaan.",
            "description": f"Kokoonnumme yhdessä. {PERSON} ottaa vastaan.\n\nKuoppalaisen puhelin on auki.\n\nKahvit lopuksi.",
            "whom": PERSON,
            "steps": [{"title": "Aino-Maija on ovella", "text": "Kerro nimesi."}],
        }
    }
    if number % 4 == 0:
        texts["sv"] = {"name": f"Grupp {number}", "description": "Välkommen."}
    place = places[number % 9] if number % 10 else None
    where = MUNICIPALITIES[number % 3]
    return Entry(
        id=stable_id("test-entry", number),
        kind=("group", "service", "programme")[number % 3],
        form="on_site" if place else "remote_together",
        organisation=organisers[number % 7] if number % 11 else None,
        place=place,
        municipality_id=where,
        texts=texts,
        languages=["fi", "sv"] if number % 2 else [],
        price_kind=("free", "paid", "unknown")[number % 3],
        price_cents=550 if number % 3 == 1 else None,
        registration=("none", "recommended", "required", "unknown")[number % 4],
        age_min=65 if number % 3 == 0 else None,
        age_max=12 if number % 7 == 1 else None,
        contact_name=PERSON,
        phone="05 000 1250" if number % 2 else "",
        email=("", "info@kunta.fi", "aino-maija.kuoppalainen@kunta.fi")[number % 3],
        url=("", "https://kunta.fi/ryhmä", "javascript:alert(1)")[number % 3],
        reviewed_on=date(2025, 10, 1) if number % 13 == 0 else (date(2026, 11, 1) if number % 2 == 0 else None),
    )


def _times(number: int, entry: Entry) -> None:
    """A third by a rhythm (as the hub keeps it, dates too), a third by single dates, a third at no told time."""
    if number % 3 == 0:
        days, first = WEEKDAYS[number % 7], date(2026, 9, 1)
        Schedule.objects.create(
            entry=entry, days=[days], start=time(8 + number % 12), end=time(9 + number % 12), first=first, until=date(2026, 12, 18),
            interval=1 + number % 2, nth=(None, 2, -1)[number % 4 % 3],
            exceptions=[{"date": "2026-12-09", "status": "cancelled", "reason": {"fi": "Ohjaaja lomalla"}}],
        )  # fmt: skip
        day = date(2026, 11, 23) + timedelta(days=WEEKDAYS.index(days))
        _date(entry, at_wall(day, time(8 + number % 12)), planned=True)
    elif number % 3 == 1:
        for week in range(3):
            _date(entry, datetime(2026, 11, 24, 18, tzinfo=ZONE) + timedelta(weeks=week), planned=False)


def _date(entry: Entry, starts_at: datetime, *, planned: bool) -> None:
    Occurrence.objects.create(
        id=stable_id("test-date", str(entry.pk), starts_at.isoformat()),
        entry=entry,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=45),
        planned=planned,
    )
