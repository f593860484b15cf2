"""Rows of a made-up supply, as many as a test wants."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

SUBJECTS = ("vesijumppa", "kuoro", "keskusteluryhmä", "kävelyretki", "kerho", "tuolijumppa")


def row(number: int) -> dict[str, Any]:
    """A weekly group's happening; twelve of them make a series."""
    chance = random.Random(number)
    return {
        "kind": "event", "id": f"e{number}", "series": f"s{number // 12}",
        "name": {"fi": f"Ryhmä {number // 12}: {SUBJECTS[number // 12 % 6]}"},
        "description": {"fi": f"{chance.choice(SUBJECTS)} ja {chance.choice(SUBJECTS)} kaikille kylällä."},
        "start": f"2026-12-{1 + number % 28:02}T10:00:00+02:00", "municipality": "m00", "place": f"p{number % 40}",
    }  # fmt: skip


def write(path: Path, rows: Iterable[dict[str, Any]]) -> Path:
    names = [{"kind": "municipality", "id": "m00", "name": "Kuopio"}]
    places = [{"kind": "place", "id": f"p{n}", "name": f"Talo {n}", "municipality": "m00", "lat": 62.9, "lon": 27.7} for n in range(40)]
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in (*names, *places, *rows)), encoding="utf-8")
    return path
