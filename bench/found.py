"""Run inside a site: look-ups of a resident among many.  `found.py RESIDENTS` prints, as JSON, name → [seconds, values opened].

Each is measured as processor time, the best of a few; beside them what it takes to open every name and number in turn.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from bench.asked import set_up

AT_A_TIME = 5_000
ENTRIES = 200
OFFERED = 10  # every so manyth has an offer that waits for its answer
FIRST = ("Aino", "Eino", "Helmi", "Toivo", "Lempi", "Onni", "Impi", "Urho", "Saimi", "Väinö")
LAST = ("Korhonen", "Virtanen", "Mäkinen", "Nieminen", "Mäkelä", "Hämäläinen", "Laine", "Heikkinen", "Koskinen", "Järvinen")


def filled(residents: int, moment: datetime) -> None:
    """So many residents with an open case each, made without the deeds."""
    from mukana.directory.models import Entry
    from mukana.organisations.models import Municipality
    from mukana.referrals.models import Placement, Referral, Resident

    dice, since = random.Random(1), moment - timedelta(days=6)
    area = Municipality.objects.get_or_create(code="297", defaults={"name_fi": "Kuopio", "name_sv": "Kuopio"})[0]
    entries = [Entry(kind="group", texts={"fi": {"name": f"Ryhmä {n}"}}, phone=f"050 {n:07}") for n in range(ENTRIES)]
    Entry.objects.bulk_create(entries)
    turn = {"owner": "link_worker", "since": since, "due_at": since + timedelta(days=9), "next_step_at": since + timedelta(days=9)}
    for first in range(0, residents, AT_A_TIME):
        people, cases = [], []
        for number in range(first, min(first + AT_A_TIME, residents)):
            name = f"{dice.choice(FIRST)} {dice.choice(LAST)}{number}"
            people.append(Resident(name=name, phone=f"+35840{number:07}", municipality=area, made_at=since))
            facts = {"resident": people[-1], "area": area, "referrer_role": "referrer", "channel": "screen", "state": "contacting"}
            cases.append(Referral(reference=f"F{number:09}", made_at=since, sent_at=since, **facts, **turn))
        Resident.objects.bulk_create(people)
        Referral.objects.bulk_create(cases)
        asked = cases[::OFFERED]
        Placement.objects.bulk_create(
            Placement(referral=case, entry=entries[n % ENTRIES], entry_name="Ryhmä", state="requested", requested_at=since, **turn)
            for n, case in enumerate(asked)
        )


def measured(residents: int) -> dict[str, list[float]]:
    """What the module says it prints."""
    from mukana.lib import secretbox
    from mukana.lib.clock import now
    from mukana.referrals.models import Resident
    from mukana.referrals.queries.finding import matching
    from mukana.referrals.queries.texting import case_known_by, open_to

    filled(residents, now())
    last = Resident.objects.order_by("-phone_tag").first()
    assert last is not None
    name, number = last.name, last.phone
    opened, real = [0], secretbox.SecretBox.open

    def counted(box: secretbox.SecretBox, sealed: str, about: str) -> str:
        opened[0] += 1
        return real(box, sealed, about)

    secretbox.SecretBox.open = counted  # type: ignore[method-assign, assignment]  # only counts

    def timed(look: Callable[[], object], times: int) -> list[float]:
        best, opened[0] = float("inf"), 0
        for _ in range(times):
            began = time.process_time()
            look()
            best = min(best, time.process_time() - began)
        return [best, opened[0] / times]

    every = Resident.objects.only("pk", "name", "phone")
    return {
        "opened one by one": timed(lambda: [one.pk for one in every.iterator(chunk_size=500) if one.name == one.phone], 1),
        "number": timed(lambda: matching(number), 5),
        "name": timed(lambda: matching(name), 5),
        "name of nobody": timed(lambda: matching("Ei Ketään"), 5),
        "message of a resident": timed(lambda: (open_to(number, now()), case_known_by(number, now())), 5),
        "message of a stranger": timed(lambda: (open_to("+358449999999", now()), case_known_by("+358449999999", now())), 5),
    }


if __name__ == "__main__":
    set_up()
    print(json.dumps(measured(int(sys.argv[1]))))
