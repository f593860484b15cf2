"""Run inside a site: the clock of referrals over many open cases, twice.  `clocked.py CASES` prints

cases, steps of the first round, wall and processor seconds of both rounds, and links written by the second.
"""

from __future__ import annotations

import json
import random
import sys
import time
from datetime import datetime, timedelta
from typing import Any

from bench.asked import set_up

PLACED = 10  # every so manyth case has an offer that waits for its answer
AT_A_TIME = 5_000
AREAS = (("297", "Kuopio"), ("749", "Siilinjärvi"), ("140", "Iisalmi"))


def filled(cases: int, moment: datetime) -> None:
    """So many open cases, the first step of each overdue; made without the deeds, which are measured elsewhere."""
    from mukana.accounts.models import Person
    from mukana.organisations.models import Municipality
    from mukana.referrals.models import Area, Placement, Referral, Resident

    dice, since = random.Random(1), moment - timedelta(days=6)
    people = [Person.objects.create_person(f"clock{number}@example.fi", f"Työntekijä {number}") for number in range(30)]
    areas = [Municipality.objects.get_or_create(code=code, defaults={"name_fi": name, "name_sv": name})[0] for code, name in AREAS]
    Area.objects.bulk_create(Area(municipality=one, coordinator=people[0], deputy=people[1], lead=people[2]) for one in areas)
    resident = Resident.objects.create(name="Mittari", phone="0175551234", made_at=since)
    turn: dict[str, Any] = {"since": since, "due_at": since + timedelta(days=1), "next_step_at": since + timedelta(days=2)}
    for first in range(0, cases, AT_A_TIME):
        rows = []
        for number in range(first, min(first + AT_A_TIME, cases)):
            state, owner = dice.choice((("sent", "coordinator"), ("acknowledged", "link_worker"), ("contacting", "link_worker")))
            row = Referral(
                reference=f"K{number:09}", resident=resident, area=dice.choice(areas), referrer_role="referrer", channel="screen"
            )
            row.state, row.owner, row.link_worker, row.made_at, row.sent_at = state, owner, dice.choice(people), since, since
            for name, value in turn.items():
                setattr(row, name, value)
            rows.append(row)
        Referral.objects.bulk_create(rows)
        waiting = [Placement(referral=row, entry_name="Ryhmä", state="requested", owner="coordinator", **turn) for row in rows[::PLACED]]
        Placement.objects.bulk_create(waiting)


def rounds(cases: int) -> list[float]:
    """What the module says it prints."""
    from mukana.lib.clock import now
    from mukana.referrals.actions.ticking import tick
    from mukana.referrals.models import Transition

    filled(cases, now())
    found: list[float] = [cases]
    for _ in range(2):
        links = Transition.objects.count()
        started, began = time.perf_counter(), time.process_time()
        steps = sum(tick(now()).steps.values())
        found += [steps, time.perf_counter() - started, time.process_time() - began, Transition.objects.count() - links]
    return found


if __name__ == "__main__":
    set_up()
    print(json.dumps(rounds(int(sys.argv[1]))))
