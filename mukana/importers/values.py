"""Careful hands for JSON that nobody promised anything about.  Pure; nothing here raises.

Every mapping reads its row through these, so any JSON at all gives a value of
the promised type.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from unicodedata import is_normalized

from mukana.directory.drafts import Contact, Texts
from mukana.lib import emails, phones
from mukana.lib.geo import finnish_point
from mukana.lib.projections import looks_tm35fin, tm35fin_to_wgs84
from mukana.lib.text import DEFAULT_LIMIT, clean_html, first_sentences, squeeze, strip_identifiers, without_copies
from mukana.lib.urls import safe_url

LANGUAGES = ("fi", "sv", "en", "se", "smn", "sms", "fi-x-selko")
NAME_LIMIT = 250
SUMMARY_LIMIT = 300
ID_LIMIT = 200
NO_NAME = "Riviltä puuttuu nimi."


def as_dict(value: object) -> dict[str, Any]:
    """The value when it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[Any]:
    """The value when it is a list; one object or text alone counts as a list of one."""
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, dict | str) and value else []


def dicts(value: object) -> list[dict[str, Any]]:
    """The objects of a list."""
    return [item for item in as_list(value) if isinstance(item, dict)]


def line(value: object, limit: int = NAME_LIMIT) -> str:
    """One line of plain text out of a text or a number; "" for anything else."""
    if isinstance(value, str):
        if len(value) <= limit and _is_plain(value):
            return " ".join(value.split())
        return squeeze(clean_html(value, limit))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    if isinstance(value, float) and not math.isfinite(value):
        return ""
    return str(value)[:limit] if abs(value) < 1e18 else ""


def _is_plain(value: str) -> bool:
    """Has the text nothing to clean but blanks?  (The quick way for most of what comes.)"""
    return value.isprintable() and "<" not in value and "&" not in value and is_normalized("NFC", value)


def prose(value: object) -> str:
    """Plain text with paragraphs, without bank account numbers and identity codes."""
    if not isinstance(value, str):
        return ""
    return _prose_again(value) if len(value) <= DEFAULT_LIMIT else _prose(value)


def _prose(value: str) -> str:
    return strip_identifiers(clean_html(value))


# The rows of a series follow each other and say the same.
_prose_again = lru_cache(maxsize=256)(_prose)


def identifier(value: object) -> str:
    """An id of at most 200 characters, "" when there is none or it is longer."""
    if isinstance(value, str) and len(value) <= ID_LIMIT and value.isascii() and value.isprintable():
        return value.strip()
    found = line(value, ID_LIMIT + 1)
    return found if len(found) <= ID_LIMIT else ""


def decimal(value: object) -> float | None:
    """A finite number out of a number or a text such as "61,1837"."""
    if type(value) is float and -1e15 < value < 1e15:  # the quick way for the corners of long routes
        return value
    if isinstance(value, str):
        text = value.strip().replace(",", ".")
        if not 0 < len(text) <= 40:
            return None
        try:
            value = float(text)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e15:
        return None
    return float(value) if math.isfinite(value) else None


def whole(value: object, least: int, most: int) -> int | None:
    """A whole number within bounds, else None."""
    number = decimal(value)
    return int(number) if number is not None and number == int(number) and least <= number <= most else None


def point(lat: object, lon: object) -> tuple[float | None, float | None]:
    """A point in Finland in WGS84, rounded to a decimetre, else (None, None).

    Takes degrees (swapped axes are set right) and metres of ETRS-TM35FIN, as
    numbers or texts.  A point at sea or abroad is not trusted.
    """
    north, east = decimal(lat), decimal(lon)
    if north is None or east is None:
        return None, None
    if looks_tm35fin(east, north):
        north, east = east, north
    if looks_tm35fin(north, east):
        north, east = tm35fin_to_wgs84(north, east)
    found = finnish_point(north, east)
    return (round(found[0], 6), round(found[1], 6)) if found else (None, None)


def translated(value: object) -> dict[str, str]:
    """Texts by known language out of `{"fi": …}`; a bare text counts as Finnish."""
    if isinstance(value, str):
        return {"fi": value} if value.strip() else {}
    given = as_dict(value)
    return {key: given[key] for key in LANGUAGES if isinstance(given.get(key), str) and given[key].strip()}


def texts_of(fields: Mapping[str, Mapping[str, str]], *, copies: bool = True) -> Texts:
    """`{field: {language: raw}}` as `{language: {field: plain text}}`.

    With `copies=False` a translation that only repeats the Finnish text is left out.
    A language without a name is left out; a missing summary is the beginning of
    the description, and a description that only repeats the summary is dropped.
    """
    texts: Texts = {}
    for field, by_language in fields.items():
        plain = {language: _plain(field, raw) for language, raw in by_language.items()}
        if not copies:
            plain = without_copies(plain)
        for language, text in plain.items():
            if text:
                texts.setdefault(language, {})[field] = text
    return {language: _summed(found) for language, found in texts.items() if found.get("name")}


def _plain(field: str, raw: str) -> str:
    return strip_identifiers(line(raw)) if field == "name" else prose(raw)


def _summed(found: dict[str, Any]) -> dict[str, Any]:
    summary, description = found.get("summary", ""), found.get("description", "")
    if summary and squeeze(summary) == squeeze(description):
        found.pop("summary", None)
        summary = ""
    if summary or description:
        found["summary"] = first_sentences(summary or description, SUMMARY_LIMIT)
        if not description and len(summary) > SUMMARY_LIMIT:
            found["description"] = summary
        elif len(description) <= 2 * SUMMARY_LIMIT and squeeze(description) == found["summary"]:
            del found["description"]
    return found


def main_name(texts: Texts) -> str:
    """The name in Finnish, or in the first language that has one."""
    named = texts.get("fi") or next(iter(texts.values()), {})
    return str(named.get("name", ""))


def contact(*, phone: object = "", email: object = "", url: object = "", name: object = "") -> Contact:
    """A contact of an office; a person's own e-mail address is left out."""
    return Contact(
        name=line(name),
        phone=phones.normal(line(phone)),
        email=office_email(as_list(email)),
        url=safe_url(url if isinstance(url, str) else None),
    )


def office_email(addresses: Iterable[object]) -> str:
    """The first address that names an office rather than a person."""
    for given in addresses:
        address = emails.normal(line(given))
        if address and not emails.looks_personal(address):
            return address
    return ""


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """The non-empty values once each, in order."""
    return tuple(dict.fromkeys(value for value in values if value))
