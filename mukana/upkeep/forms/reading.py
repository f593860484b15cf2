"""Days, times, money and steps as Finnish people type them, and back."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})?")
_TIME = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?")


def day_of(text: str, year: int) -> date:
    """ "2.9.2026" or "2.9.".  Raises ValidationError."""
    found = _DATE.fullmatch(text.strip())
    try:
        if found is None:
            return date.fromisoformat(text.strip())
        return date(int(found[3] or year), int(found[2]), int(found[1]))
    except ValueError as error:
        raise ValidationError(_("Kirjoita päivä näin: 2.9.2026.")) from error


def time_of(text: str) -> time:
    """ "17", "17.00" or "17:00".  Raises ValidationError."""
    found = _TIME.fullmatch(text.strip().removeprefix("klo").strip())
    try:
        if found is None:
            raise ValueError(text)
        return time(int(found[1]), int(found[2] or 0))
    except ValueError as error:
        raise ValidationError(_("Kirjoita kellonaika näin: 17.00.")) from error


def cents_of(text: str) -> int | None:
    """ "5,50", "5.50 €" in cents; None for nothing.  Raises ValidationError."""
    plain = text.replace("€", "").replace(" ", "").replace("\u00a0", "").replace(",", ".")
    if not plain:
        return None
    if not re.fullmatch(r"\d{1,4}(\.\d{1,2})?", plain):
        raise ValidationError(_("Kirjoita hinta euroina näin: 5,50."))
    return round(float(plain) * 100)


def euros(cents: int | None) -> str:
    """ "5,50" of cents."""
    return "" if cents is None else f"{cents / 100:.2f}".replace(".", ",").removesuffix(",00")


def steps_of(text: str) -> list[dict[str, str]]:
    """Steps parted by empty lines; the first line of each is its heading."""
    blocks = (block.strip() for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")))
    found = []
    for block in blocks:
        title, _newline, rest = block.partition("\n")
        if title.strip():
            found.append({"title": title.strip(), **({"text": " ".join(rest.split())} if rest.strip() else {})})
    return found


def steps_text(steps: Any) -> str:
    """The steps as they are typed."""
    return "\n\n".join("\n".join(part for part in (step.get("title", ""), step.get("text", "")) if part) for step in steps or ())


def exceptions_of(text: str, year: int) -> list[dict[str, Any]]:
    """Cancelled days, one on a line: "9.12.2026 Halli on varattu".  Raises ValidationError."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        when, _space, why = line.partition(" ")
        found.append({"date": day_of(when, year).isoformat(), "status": "cancelled", "reason": {"fi": why.strip()} if why.strip() else {}})
    return found


def exceptions_text(exceptions: Any) -> str:
    """The cancelled days as they are typed."""
    lines = []
    for one in exceptions or ():
        day = date.fromisoformat(one["date"])
        lines.append(f"{day.day}.{day.month}.{day.year} {(one.get('reason') or {}).get('fi', '')}".strip())
    return "\n".join(lines)
