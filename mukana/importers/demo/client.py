"""The shipped fictitious supply: JSON lines in `directory/demo`, organisations and places first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from mukana.importers.adapter import Context, RawRow

FOLDER = Path(str(resources.files("mukana.directory").joinpath("demo")))
KINDS = ("organisations", "places", "entries")


def read(address: str, context: Context) -> Iterator[RawRow]:
    """Every row; the digest covers the week the rows are moved to, so that a later load moves them."""
    moved = context.options.get("weeks", "0").encode()
    number = 0
    for kind in KINDS:
        for path in sorted(Path(address).glob(f"*-{kind}.jsonl")):
            for line in path.read_bytes().splitlines():
                if line.strip():
                    number += 1
                    data = json.loads(line)
                    yield RawRow(number, data["id"], kind, data, moved + b"|" + line)
