"""The map cut into cells of about ten kilometres, so that nearness is a word to look up.  Pure."""

from __future__ import annotations

from math import floor

PER_LAT, PER_LON = 10, 5  # cells per degree: 11 km by some 10 km in Finland
MOST_CELLS = 900


def cell(lat: float, lon: float) -> str:
    """Name of the cell a point lies in."""
    return f"{floor(lat * PER_LAT)}:{floor(lon * PER_LON)}"


def cells(south: float, west: float, north: float, east: float) -> list[str] | None:
    """Cells that cover a box, or None when they would be too many to look up."""
    rows = range(floor(south * PER_LAT), floor(north * PER_LAT) + 1)
    columns = range(floor(west * PER_LON), floor(east * PER_LON) + 1)
    if len(rows) * len(columns) > MOST_CELLS:
        return None
    return [f"{row}:{column}" for row in rows for column in columns]
