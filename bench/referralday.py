"""The link worker's day and the coordinator's inbox with two thousand open referrals."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from typing import Any

from bench.measure import Measure
from bench.site import new_site

CASES, OWN, ASKED = 2_000, 40, 60
STATES = ("acknowledged", "contacting", "in_dialogue", "planned", "active", "follow_up")
MUST_MS = 100


def run() -> list[Measure]:
    """Milliseconds of a page, the 95th percentile of sixty, with everything that is written down meanwhile."""
    with new_site() as site:
        site.environment["PYTHONPATH"] = os.getcwd()
        told = site.python("-c", "from bench.referralday import inside; inside()").splitlines()
    found = [line.split("\t") for line in told if "\t" in line]
    return [Measure(name, float(p95), "ms", MUST_MS, None, True, f"p50 {p50} ms, processor {work} ms") for name, p95, p50, work in found]


def inside() -> None:
    """In the site's own process: fill, ask, print name, p95, p50 and processor time, by tabs."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "mukana.config.settings"
    import django

    django.setup()
    from mukana.accounts.actions import make_demo_accounts
    from mukana.accounts.models import Person

    make_demo_accounts()
    people = {one.email.partition("@")[0]: one for one in Person.objects.all()}
    area = _area(people)
    _fill(area, people["mari"], OWN)
    _fill(area, people["outi"], CASES - OWN)
    _told("the day of a link worker with 40 of 2 000", people["mari"], "/tyopoyta/paiva/")
    _told("the day of one who has the other 1 960", people["outi"], "/tyopoyta/paiva/")
    _told("the inbox of 2 000", people["outi"], "/tyopoyta/saapuneet/")


def _area(people: dict[str, Any]) -> Any:
    from mukana.organisations.models import Municipality
    from mukana.referrals.actions.staffing import Staff, set_area

    facts = {"name_fi": "Kuopio", "name_sv": "Kuopio", "region_name": "Pohjois-Savo"}
    town, _ = Municipality.objects.get_or_create(code="297", defaults=facts)
    set_area(town, Staff(people["outi"], phone="05 000 1210"), by=people["outi"])
    return town


def _fill(area: Any, worker: Any, count: int) -> None:
    """Open cases in every state, each with an offer, a session or an errand; most in time, some late."""
    from mukana.lib.clock import now
    from mukana.referrals.models import Errand, Placement, Referral, Resident, Session
    from mukana.referrals.rules.writing import new_reference

    moment = now()
    residents = [
        Resident(name=f"Asukas Numero{n}", phone="+358501112233", municipality=area, made_at=moment, safe_asked=True) for n in range(count)
    ]
    Resident.objects.bulk_create(residents)

    def turn(owner: str, days: int, who: Any = worker) -> dict[str, Any]:
        due = moment + timedelta(days=days)
        return {"owner": owner, "owner_person": who, "since": moment - timedelta(days=9), "due_at": due, "next_step_at": due}

    cases = [
        Referral(
            reference=new_reference(), resident=one, area=area, referrer_role="referrer", channel="screen", state=STATES[n % len(STATES)],
            needs=["lonely"], link_worker=worker, made_at=moment, sent_at=moment, **turn("link_worker", n % 20 - 4),
        )
        for n, one in enumerate(residents)
    ]  # fmt: skip
    Referral.objects.bulk_create(cases)
    states = ("requested", "scheduled", "attending")
    offers = [
        Placement(
            referral=one, entry_name="Tuolijumppa", state=states[n % 3],
            **turn("link_worker" if n % 3 == 2 else "receiver", n % 9, worker if n % 3 == 2 else None),
        )
        for n, one in enumerate(cases)
    ]  # fmt: skip
    Placement.objects.bulk_create(offers)
    Session.objects.bulk_create(
        Session(placement=one, starts_at=moment + timedelta(hours=n % 200), host="Anneli") for n, one in enumerate(offers) if n % 3 == 1
    )
    Errand.objects.bulk_create(
        Errand(kind="ring_resident", referral=one, words="Kerro ajasta.", **turn("link_worker", n % 5 - 1))
        for n, one in enumerate(cases)
        if n % 4 == 0
    )


def _told(name: str, person: Any, path: str) -> None:
    from django.test import Client

    client = Client(HTTP_HOST="localhost")
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    work = time.process_time()
    taken = []
    for _ in range(ASKED):
        begun = time.perf_counter()
        client.get(path)
        taken.append((time.perf_counter() - begun) * 1000)
    work = (time.process_time() - work) / ASKED * 1000
    taken.sort()
    print(f"{name}\t{taken[int(ASKED * 0.95)]:.1f}\t{taken[ASKED // 2]:.1f}\t{work:.1f}")
