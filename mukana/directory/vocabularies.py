"""Outside vocabularies that lead to the hub's words: LIPAS types, YSO concepts, PTV classes.

The tables and their licences are in `data/README.md`; nothing is hard-coded here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from mukana.directory.terms import rows_of

PTV_TABLES = ("ptvl_service_classes.tsv", "ptvl_target_groups.tsv", "ptvl_life_events.tsv")
CODE_AT_END = re.compile(r"(?:^|/)((?:P|KR|KE)\d{1,2}(?:\.\d{1,2})?)$")
YSO_AT_END = re.compile(r"(?:^|[:/])(p\d{1,7})/?$")


@dataclass(frozen=True, slots=True)
class LipasType:
    """A kind of sports place.  `kind` is the hub's place or route; no topics means no entry of its own."""

    code: int
    kind: str
    topics: tuple[str, ...]
    features: tuple[str, ...]
    names: dict[str, str]  # fi, sv, en
    tags: tuple[str, ...]  # Finnish words people use of it
    service_classes: tuple[str, ...]  # PTV codes as "P27.2"


@lru_cache(maxsize=1)
def lipas_types() -> dict[int, LipasType]:
    """Type code → type, deprecated codes too, as old rows carry them."""
    choices = {row["type_code"]: row for row in rows_of("lipas_topics.tsv")}
    return {int(row["type_code"]): _lipas_type(row, choices[row["type_code"]]) for row in rows_of("lipas_types_2024.tsv")}


def _lipas_type(row: dict[str, str], choice: dict[str, str]) -> LipasType:
    return LipasType(
        code=int(row["type_code"]),
        kind=choice["kind"],
        topics=_cell(choice["topics"]),
        features=_cell(choice["features"]),
        names={"fi": row["name_fi"], "sv": row["name_sv"], "en": row["name_en"]},
        tags=_cell(row["tags_fi"]),
        service_classes=tuple(filter(None, map(ptv_code, _cell(row["ptv_service_classes_from_category"])))),
    )


@dataclass(frozen=True, slots=True)
class YsoMeaning:
    """What a YSO concept means in the hub."""

    label: str
    topics: tuple[str, ...]
    audiences: tuple[str, ...]


@lru_cache(maxsize=1)
def yso_meanings() -> dict[str, YsoMeaning]:
    """ "p965" → meaning, for the few hundred concepts that mean something here."""
    return {row["yso_id"]: YsoMeaning(row["fi"], _cell(row["topics"]), _cell(row["audiences"])) for row in rows_of("yso_topics.tsv")}


def yso_id(reference: str) -> str:
    """ "p965" out of "yso:p965" or any address that ends so; "" for other references."""
    found = YSO_AT_END.search(reference)
    return found[1] if found else ""


def ptv_code(reference: str, label: str = "") -> str:
    """A PTV code ("P27.1", "KR1.1", "KE13") out of a code, an address or a Finnish label; else "".

    The old addresses (`urn.fi … ptvl:v1036`) carry no code, so the label decides.
    """
    found = CODE_AT_END.search(reference)
    if found:
        return found[1]
    return _codes_by_label().get(label.strip().casefold(), "")


def ptv_label(code: str) -> str:
    """The Finnish name of a PTV code, "" for an unknown one."""
    return _labels_by_code().get(code, "")


@lru_cache(maxsize=1)
def _labels_by_code() -> dict[str, str]:
    return {row["notation"]: row["fi"] for table in PTV_TABLES for row in rows_of(table) if row["uri"]}


@lru_cache(maxsize=1)
def _codes_by_label() -> dict[str, str]:
    codes: dict[str, str] = {}
    for code, label in _labels_by_code().items():
        codes.setdefault(label.casefold(), code)
    return codes


def _cell(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)
