"""Numbers in words people read: money, distances, big numbers; and prices read back from text.

A no-break space keeps a number with its unit.
"""

from __future__ import annotations

import re

from mukana.lib.text import clean_html, near

NBSP = "\u00a0"
_FREE = {"fi": "Maksuton", "sv": "Gratis", "en": "Free"}
_FREE_WORDS = re.compile(
    r"\bmaksu(?:ton|tonta|ttomia|ttomasti|tta|tonna|ttomat)\b|\bilma(?:inen|iseksi|ista|iset)\b"
    r"|\bvapaa (?:sisään)?pääsy\b|\bei (?:osallistumis|pääsy|sisäänpääsy)?maksua?\b"
    r"|\bei maksa\b|\bgratis\b|\bavgiftsfri(?:tt|a)?\b|\bfri(?:tt)? inträde\b|\bfree\b",
    re.IGNORECASE,
)
_PAID_WORDS = re.compile(r"maksulli|avgiftsbelagd|\bhinta\b|(?<!ei )\b\w*maksu\b|\bliput\b", re.IGNORECASE)
_FREE_FIRST = re.compile(r"[^.!?\n]*[.!?\n]")
_NUMBER = r"(\d{1,3}(?:[ \u00a0]\d{3})+|\d{1,5})(?:[.,](\d{1,2})(?!\d)|,-)?"
_AMOUNT = re.compile(
    rf"(?<![\d.,]){_NUMBER}\s*(?:€|e(?![\w.])|eur(?!\w)|euroa?\b|euron\b)"
    rf"|(?:€|\beur)\s*{_NUMBER}",
    re.IGNORECASE,
)
# Quick looks: nearly no text needs the patterns above.
_FREE_STEMS = ("maks", "ilmai", "pääsy", "gratis", "fri", "free")
_PAID_STEMS = ("maksu", "avgift", "hinta", "liput")
_MONEY = re.compile(r"\d(?:,-)?\s*(?:€|e)|\d(?<=[€r]\d)|\d(?<=[€r]\s\d)|\d(?<=[€r]\s\s\d)", re.IGNORECASE)
_LONGEST_NUMBER = 60
_BARE = re.compile(rf"{_NUMBER}\s*")


def money(cents: int, language: str = "fi") -> str:
    """A price: 0 → "Maksuton", 300 → "3 €", 250 → "2,50 €"."""
    if cents == 0:
        return _FREE.get(language, _FREE["fi"])
    euros, rest = divmod(cents, 100)
    whole = number(euros, language)
    separator = "." if language == "en" else ","
    amount = f"{whole}{separator}{rest:02}" if rest else whole
    return f"€{amount}" if language == "en" else f"{amount}{NBSP}€"


def number(value: int, language: str = "fi") -> str:
    """A whole number in groups of three: 122594 → "122 594"."""
    return f"{value:,}".replace(",", "," if language == "en" else NBSP)


def distance(km: float, language: str = "fi") -> str:
    """A distance as one says it: "50 m", "300 m", "1,2 km", "12 km"."""
    metres = round(km * 1000 / 50) * 50
    if metres < 1000:
        return f"{max(metres, 50)}{NBSP}m"
    if km >= 9.95:
        return f"{number(round(km), language)}{NBSP}km"
    text = f"{km:.1f}".removesuffix(".0")
    return f"{text if language == 'en' else text.replace('.', ',')}{NBSP}km"


def parse_price(text: str | None) -> tuple[str, int | None]:
    """What a price text says: `(kind, cents)`, kind one of free, paid, unknown.

    `cents` is the least a person pays as far as the text tells: the cheapest of several
    prices, the sum of prices joined by a plus; None when no amount is told.  A text
    with both an amount and a free word is paid ("Lapset maksutta, aikuiset 5 €"),
    unless its first sentence says only that it is free ("Vapaa pääsy. Kahvi 2 €").
    """
    plain = clean_html(text, 2000)
    amounts, small = _amounts(plain), plain.lower()
    if _holds(small, _FREE_STEMS) and _FREE_WORDS.search(plain) and (not amounts or _begins_free(plain)):
        return "free", 0
    if amounts:
        cheapest = min(amounts)
        return ("paid", cheapest) if cheapest else ("free", 0)
    return ("paid", None) if _holds(small, _PAID_STEMS) and _PAID_WORDS.search(plain) else ("unknown", None)


def _holds(text: str, stems: tuple[str, ...]) -> bool:
    return any(stem in text for stem in stems)


def _amounts(plain: str) -> list[int]:
    """The alternatives in cents, prices joined by a plus added up."""
    bare = _BARE.fullmatch(plain)
    if bare:
        return [_cents(bare[1], bare[2])]
    found: list[int] = []
    last_end = 0
    for match in near(_AMOUNT, _MONEY, plain, _LONGEST_NUMBER):
        cents = _cents(match[1] or match[3], match[2] or match[4])
        if found and "+" in plain[last_end : match.start()]:
            found[-1] += cents
        else:
            found.append(cents)
        last_end = match.end()
    return found


def _cents(whole: str, part: str | None) -> int:
    euros = int(re.sub(r"\D", "", whole))
    return euros * 100 + int((part or "0").ljust(2, "0"))


def _begins_free(plain: str) -> bool:
    sentence = _FREE_FIRST.match(plain)
    first = sentence[0] if sentence else plain
    return bool(_FREE_WORDS.search(first)) and not _AMOUNT.search(first)
