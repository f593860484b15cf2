"""The municipalities of Finland as shipped: one table for importers, search and the database.

Source: `data/municipalities.tsv` (Tilastokeskus, Maanmittauslaitos, THL; CC BY 4.0).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "municipalities.tsv"
_ALIKE = 0.7  # of 1, how alike a mistyped name must be


@dataclass(frozen=True, slots=True)
class MunicipalityFacts:
    """One municipality; `lat`, `lon` are its central locality (WGS84) or None."""

    code: str
    name_fi: str
    name_sv: str
    region_code: str
    region_name: str
    wellbeing_county_code: str
    wellbeing_county_name: str
    lat: float | None
    lon: float | None
    population: int | None


@lru_cache(maxsize=1)
def municipalities() -> dict[str, MunicipalityFacts]:
    """Code ("297") → facts, all 308."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: _facts(row) for row in csv.DictReader(file, delimiter="\t")}


@lru_cache(maxsize=1)
def region_names() -> dict[str, str]:
    """The Swedish names of the regions (maakunta) by the Finnish ones."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["maakunta_name_fi"]: row["maakunta_name_sv"] for row in csv.DictReader(file, delimiter="\t")}


def _facts(row: dict[str, str]) -> MunicipalityFacts:
    return MunicipalityFacts(
        code=row["code"],
        name_fi=row["name_fi"],
        name_sv=row["name_sv"],
        region_code=row["maakunta_code"],
        region_name=row["maakunta_name_fi"],
        wellbeing_county_code=row["hyvinvointialue_code"],
        wellbeing_county_name=row["hyvinvointialue_name_fi"],
        lat=float(row["lat"]) if row["lat"] not in ("", "NA") else None,
        lon=float(row["lon"]) if row["lon"] not in ("", "NA") else None,
        population=int(float(row["population_2022"])) if row["population_2022"] not in ("", "NA") else None,
    )


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    names: dict[str, str] = {}
    for facts in municipalities().values():
        names.setdefault(facts.name_sv.casefold(), facts.code)
    names |= {facts.name_fi.casefold(): facts.code for facts in municipalities().values()}
    return names


def municipality_code(text: str) -> str:
    """The code for a code ("5", "005") or a name in Finnish or Swedish; "" when there is none."""
    word = text.strip()
    if word.isdigit():
        code = word.zfill(3)
        return code if code in municipalities() else ""
    return _by_name().get(word.casefold(), "")


def alike_name(text: str) -> str:
    """The Finnish name of the municipality that is written nearly like `text`; "" when none is."""
    near = get_close_matches(text.strip().casefold(), _by_name(), n=1, cutoff=_ALIKE)
    return municipalities()[_by_name()[near[0]]].name_fi if near else ""
