"""Run inside a site: suggestions asked in this process, each need put in words that nobody has used before.

`suggested.py VIGNETTES` prints milliseconds as `asked` does: of needs heard for the first time, then of the same again.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path
from typing import Any

from bench.asked import set_up

WARMING = 12  # needs that are not counted: the first ones read dictionaries and patterns
ASKED = 240
TOWNS = ("Kuopio", "Iisalmi", "Varkaus", "Siilinjärvi", "Suonenjoki", "Kiuruvesi")
SAID = (  # conditions as people say them, beside those that are ticked
    "Autoa ei ole, joten pitäisi päästä kävellen.", "Iltaisin pääsen parhaiten.", "Rahaa ei ole ylimääräistä.", "En uskalla mennä yksin.",
    "Rollaattorin kanssa portaat ovat mahdottomat.", "Tietokonetta minulla ei ole.", "Kuulen huonosti.", "Viikonloppuna olisi aikaa.",
    "En halua mihinkään ryhmään.", "Jag talar helst svenska.", "Lapset pitäisi saada mukaan.", "Matka saisi olla lyhyt.", "",
)  # fmt: skip
TICKED: tuple[dict[str, Any], ...] = (
    {}, {"free_only": True}, {"step_free": True}, {"remote_only": True}, {"needs_companion": True},
    {"times": ["weekday_evening", "weekend"]}, {"times": ["weekday_morning"], "free_only": True},
    {"step_free": True, "needs_companion": True},
)  # fmt: skip
LANGUAGES = ("fi", "fi", "fi", "fi", "sv", "en")


def needs(vignettes: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    """The same every time: people's needs with other conditions, other towns and other ages than their own."""
    chance = random.Random(1)
    return [_need(chance.choice(vignettes), number, chance) for number in range(count)]


def _need(vignette: dict[str, Any], number: int, chance: random.Random) -> dict[str, Any]:
    text = f"{vignette['text']} {chance.choice(SAID)} Olen {18 + number % 75}-vuotias."
    return {
        "text": text,
        "municipality": chance.choice(TOWNS),
        "language": chance.choice(LANGUAGES),
        "constraints": {**vignette["constraints"], **chance.choice(TICKED)},
    }


def times(rows: list[dict[str, Any]]) -> list[float]:
    """[wall p50, wall p95, processor p50, processor p95] in milliseconds."""
    from mukana.guidance.queries.suggesting import suggest
    from mukana.guidance.rules.vignette import wish_of
    from mukana.lib.clock import now

    wall, processor = [], []
    for row in rows:
        started, began = time.perf_counter(), time.thread_time()
        suggest(wish_of(row), now())
        wall.append((time.perf_counter() - started) * 1000)
        processor.append((time.thread_time() - began) * 1000)
    return [share for found in (sorted(wall), sorted(processor)) for share in (found[len(found) // 2], found[int(len(found) * 0.95)])]


def main() -> None:
    """Heard for the first time, and again."""
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    rows = needs([json.loads(line) for line in lines], WARMING + ASKED)
    times(rows[:WARMING])
    print(json.dumps([times(rows[WARMING:]), times(rows[WARMING:])]))


if __name__ == "__main__":
    set_up()
    main()
