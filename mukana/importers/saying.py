"""What plain words of a calendar or a feed say: price, sign-up, venue.  Pure; nothing here raises."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from mukana.directory.drafts import PlaceDraft
from mukana.importers.linkedevents.parts import NO_SIGN_UP, SIGN_UP
from mukana.importers.values import line, prose
from mukana.lib.emails import hide_personal
from mukana.lib.text import title_case_place
from mukana.lib.urls import safe_url
from mukana.lib.words import parse_price
from mukana.organisations.reference import municipality_code

LONGEST_VENUE = 300
# "25-38 €" and "79/25 €" are two prices each, though only the last has its mark.
_SHARED_MARK = re.compile(
    r"(?<![\d.,])(\d{1,4}(?:[.,]\d{1,2})?)\s*[-–/]\s*(?=\d{1,4}(?:[.,]\d{1,2})?(?:\s*[-–/]\s*\d{1,4})*\s*(?:€|e\b|eur))", re.IGNORECASE
)
# "free jazz" costs, and "sisältää eteispalvelumaksun 3 €" is no price of its own.
_NO_PRICE = re.compile(r"\bfree[ -](?:jazz|improv\w*|form|style|ride|download)|\bsisältä[äe]\w*[^€\n]{0,60}€", re.IGNORECASE)
_RANGE = re.compile(r"\d\s*[-–/]\s*\d")  # seldom there, and found quickly
_REMOTE = re.compile(
    r"^\s*https?://|\b(?:zoom|teams|google meet|webex|jitsi|discord|verkossa|verkkotapahtuma|verkon välityksellä"
    r"|etänä|etäyhteydellä|etätapahtuma|online|virtuaali\w*)\b",
    re.IGNORECASE,
)
_CANCELLED = re.compile(r"^\W*(?:peruttu|peruutettu|peruuntunut|peruttiin|cancel+ed|inställ[td])\b[\s:!.,)\]–-]*", re.IGNORECASE)
_COUNTRY = frozenset(("fi", "suomi", "finland"))
_POSTAL = re.compile(r"^(\d{5})\b\s*")
_STREET = re.compile(r"[^\W\d_]{3,}\D*\s\d{1,4}\s?[a-zåäö]?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Venue:
    """A place told in free text.  `name` is empty when only a municipality is told, or nothing."""

    name: str = ""
    address: str = ""
    postal_code: str = ""
    city: str = ""
    municipality: str = ""
    remote: bool = False
    url: str = ""

    @property
    def row_id(self) -> str:
        """The id of the place as a row of its source: the same words mean the same place."""
        if not self.name:
            return ""
        words = "|".join((self.name, self.address, self.city)).casefold()
        return f"place:{blake2b(words.encode(), digest_size=10).hexdigest()}"


@lru_cache(maxsize=2000)
def venue(text: str) -> Venue:
    """The venue of "Koko Jazz Club, Hämeentie 3, 00530 Helsinki, FI"; a link or "Zoom" is a remote one."""
    text = line(text.replace("\n", ", "), LONGEST_VENUE)
    if _REMOTE.search(text):
        link = next((word for word in text.split() if word.startswith(("http://", "https://"))), "")
        return Venue(remote=True, url=safe_url(link))
    told = {"name": "", "address": "", "postal": "", "city": ""}
    for part in filter(None, (piece.strip(" .;") for piece in re.split(r"[,;]", text))):
        number = _POSTAL.match(part)
        if number:
            told["postal"] = number[1]
        what, words = _what(part[number.end() :] if number else part, after_number=bool(number))
        if what and not told[what]:
            told[what] = words
        elif what == "address":
            told["name"] = told["name"] or words
    return Venue(told["name"] or told["address"], told["address"], told["postal"], told["city"], municipality_code(told["city"]))


def _what(part: str, *, after_number: bool) -> tuple[str, str]:
    """What one part of a venue tells: a name, an address or a town; "" for a country."""
    if part.casefold() in _COUNTRY:
        return "", ""
    if after_number or (municipality_code(part) and not part.isdigit()):
        return "city", title_case_place(part)
    return ("address" if _STREET.search(part) else "name"), part


def place_draft(found: Venue, row_id: str, lat: float | None, lon: float | None) -> PlaceDraft:
    """The venue as a place."""
    return PlaceDraft(
        row_id=row_id,
        texts={"fi": {"name": found.name}},
        municipality=found.municipality or found.city,
        address=found.address,
        postal_code=found.postal_code,
        city=found.city,
        lat=lat,
        lon=lon,
    )


def price(text: str) -> tuple[str, int | None]:
    """`(kind, cents)` of a text: the cheapest of all prices it tells."""
    shown = text[:4000]
    small = shown.lower()
    if "free" in small or "sisält" in small:
        shown = _NO_PRICE.sub(" ", shown)
    return parse_price(_SHARED_MARK.sub(r"\1 € / ", shown) if _RANGE.search(shown) else shown)


def registration(text: str) -> str:
    """required, none or unknown."""
    small = text.lower()
    if "ilmoittau" not in small and "avoin kaikille" not in small:
        return "unknown"
    if NO_SIGN_UP.search(text):
        return "none"
    return "required" if SIGN_UP.search(text) else "unknown"


def public_prose(text: str) -> str:
    """Plain text without account numbers, identity codes and e-mail addresses that name a person."""
    return hide_personal(prose(text))


def without_cancelled(title: str) -> tuple[str, bool]:
    """A title without the word that says it is cancelled, and whether it had one."""
    return (_CANCELLED.sub("", title) or title), bool(_CANCELLED.match(title))
