"""Looking for duplicates among 50,000 entries, 500 of which tell of another entry in other words."""

from __future__ import annotations

import os
import random
import time
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from bench.measure import Measure
from bench.site import new_site

ENTRIES, PLANTED, DATES = 50_000, 500, 6
SPACE = UUID(int=7)
SAME = "from bench.duplicates import inside; inside()"


def run() -> list[Measure]:
    """Seconds of a whole search, and how many of the planted pairs it finds."""
    with new_site() as site:
        site.environment["PYTHONPATH"] = os.getcwd()
        seconds, work, found, suggested = site.python("-c", SAME).split()[-4:]
    note = f"{ENTRIES} entries with {DATES} dates each, {suggested} pairs suggested, {work} s of processor time"
    return [
        Measure("whole search", float(seconds), "s", 60, None, True, note),
        Measure("planted pairs found", 100 * int(found) / PLANTED, "%", None, None, False, f"{PLANTED} planted"),
    ]


def inside() -> None:
    """In the site's own process: fill it, look, print seconds, planted pairs found and pairs suggested."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "mukana.config.settings"
    import django

    django.setup()
    from mukana.duplicates.actions import suggest
    from mukana.duplicates.models import Pair
    from mukana.lib.clock import now

    _fill(now())
    begun, work = time.perf_counter(), time.process_time()
    suggest(now())
    seconds, work = time.perf_counter() - begun, time.process_time() - work
    ids = {(pair.first_id, pair.second_id) for pair in Pair.objects.all()}
    planted = {tuple(sorted((uuid5(SPACE, str(n)), uuid5(SPACE, f"twin{n}")))) for n in range(PLANTED)}
    print(round(seconds, 2), round(work, 2), len(ids & planted), len(ids))


def _fill(now: datetime) -> None:
    from mukana.directory.models import Entry, Occurrence, Source, SourceRow
    from mukana.organisations.models import Municipality

    chance = random.Random(3)
    towns = list(Municipality.objects.values_list("pk", flat=True))
    sources = [Source.objects.create(key=key, adapter="table", name=key) for key in ("one", "two")]
    entries, dates, rows = [], [], []
    for number in range(ENTRIES - PLANTED):
        name, town = _name(chance, number), chance.choice(towns)
        start = now + timedelta(days=chance.randrange(60), hours=chance.randrange(8, 20) - now.hour)
        told = [(str(number), name, sources[0])]
        if number < PLANTED:
            told.append((f"twin{number}", _in_other_words(name, chance), sources[1]))
        for key, text, source in told:
            entry = Entry(id=uuid5(SPACE, key), kind="group", texts={"fi": {"name": text}}, municipality_id=town)
            entries.append(entry)
            rows.append(SourceRow(source=source, row_id=key, digest=b"1", kind="entry", entry=entry, seen_at=now))
            for week in range(DATES):
                moment = start + timedelta(weeks=week)
                dates.append(Occurrence(id=uuid5(SPACE, f"{key}/{week}"), entry=entry, starts_at=moment))
    for model, records in ((Entry, entries), (SourceRow, rows), (Occurrence, dates)):
        model._default_manager.bulk_create(records, batch_size=2000)  # type: ignore[attr-defined]


def _name(chance: random.Random, number: int) -> str:
    whose = ["Seniorien", "Miesten", "Naisten", "Vauvojen", "Työttömien", "Kylän", "Eläkeläisten", "Omaishoitajien"]
    what = [
        "vesijumppa",
        "tuolijumppa",
        "kuoro",
        "digituki",
        "kävelyryhmä",
        "lukupiiri",
        "muistikerho",
        "sauvakävely",
        "tanssi",
        "käsityökerho",
    ]
    where = ["kirjastolla", "uimahallilla", "kylätalolla", "seurakuntatalolla", "koululla", "puistossa"]
    return f"{chance.choice(whose)} {chance.choice(what)} {chance.choice(where)} {'ABCDEFGHIJ'[number % 10]}-ryhmä"


def _in_other_words(name: str, chance: random.Random) -> str:
    words = name.split()
    chance.shuffle(words)
    return " ".join(words).capitalize() + chance.choice(["", "!", " (maksuton)"])
