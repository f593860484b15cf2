"""Ten thousand saved searches against five hundred changed entries."""

from __future__ import annotations

import os
import random
import time

from bench.measure import Measure
from bench.site import filled_site

SEARCHES, CHANGED, DISTINCT = 10_000, 500, 2_000
WHAT = (
    "vesijumppa", "tuolijumppa", "kuoro", "digituki", "sauvakävely", "lukupiiri", "muistikerho", "keskusteluryhmä",
    "käsityökerho", "tanssi", "jooga", "vertaistuki", "perhekahvila", "kuntosali", "luontoretki", "pelikerho", "jumppaa",
    "ystäviä", "ruokailu", "laulua",
)  # fmt: skip
WHOSE = ("", "ikäihmisille ", "miehille ", "lapsiperheille ", "aloittelijoille ", "naisille ", "nuorille ", "eläkeläisille ")
WHEN = ("", " maanantaina", " iltaisin", " aamupäivällä", " maksuton", " keskiviikkona", " lähellä", " istuen", " ulkona", " rauhallinen")


def run() -> list[Measure]:
    """Seconds of one round of matching."""
    with filled_site() as site:
        site.environment["PYTHONPATH"] = os.getcwd()
        seconds, work, found, distinct = site.python("-c", "from bench.alerts import inside; inside()").split()[-4:]
    note = f"{distinct} different searches, {found} finds"
    return [
        Measure("one round of matching, processor time", float(work), "s", 30, None, True, note),
        Measure("the same by the clock", float(seconds), "s", None, None, True, ""),
    ]


def inside() -> None:
    """In the site's own process: subscribe, change, match; prints seconds, processor seconds, finds, different searches."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "mukana.config.settings"
    import django

    django.setup()
    from mukana.alerts.actions.matching import match
    from mukana.directory.actions.changes import record
    from mukana.directory.models import Entry
    from mukana.lib.clock import now
    from mukana.search.actions import catch_up

    catch_up()
    distinct = _fill()
    ids = list(Entry.objects.public().order_by("pk").values_list("pk", flat=True)[: CHANGED * 2 : 2])
    record(ids, "updated", now())
    catch_up()
    begun, work = time.perf_counter(), time.process_time()
    found = match(now())
    print(round(time.perf_counter() - begun, 2), round(time.process_time() - work, 2), found, distinct)


def _fill() -> int:
    """Two thousand different wishes, each wished by several; six of ten in one municipality."""
    from mukana.alerts.models import Alert, Cursor, Subscriber
    from mukana.directory.models import Change, Entry
    from mukana.lib.clock import now
    from mukana.lib.ids import new_id

    chance = random.Random(5)
    towns = list(Entry.objects.exclude(municipality=None).values_list("municipality", flat=True).distinct()[:60]) or [""]
    wishes = []
    for _ in range(DISTINCT):
        wish: dict[str, object] = {"text": f"{chance.choice(WHOSE)}{chance.choice(WHAT)}{chance.choice(WHEN)}"}
        if chance.random() < 0.6:
            wish["municipalities"] = [chance.choice(towns)]
        wishes.append(wish)
    subscriber = Subscriber.objects.create(digest="bench", channel="email", address="o@mukana.example")
    newest = Change.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    Cursor.objects.update_or_create(pk=1, defaults={"position": newest})
    known = os.urandom(8 * 100)
    rows = [
        Alert(
            id=new_id(), subscriber=subscriber, digest=f"{n}", search=chance.choice(wishes), state="on", rhythm="daily", known=known,
            position=newest, made_at=now(), confirmed_at=now(),
        )
        for n in range(SEARCHES)
    ]  # fmt: skip
    Alert.objects.bulk_create(rows, batch_size=1000)
    return len({str(one.search) for one in rows})
