"""Text messages counted as networks count them (3GPP TS 23.038): parts of 160 or 70 signs."""

from __future__ import annotations

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")  # two signs each
_PLAINER = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u202f\u2009\u2007", " "), **dict.fromkeys("\u2018\u2019\u201a\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'), **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        "\u2026": "...", "\u00ad": "",
    }
)  # fmt: skip


def plainer(text: str) -> str:
    """The same words with the plain blanks, quotes and dashes of the 7-bit alphabet: no letter changes."""
    return text.translate(_PLAINER)


def is_basic(text: str) -> bool:
    """Whether every sign is in the 7-bit alphabet of networks; one sign outside makes the whole message UCS-2."""
    return all(sign in _BASIC or sign in _EXTENDED for sign in text)


def parts(text: str) -> int:
    """How many messages the text makes; at least 1.

    One part holds 160 septets (70 UCS-2 units), a part of several 153 (67).  Neither an extended sign nor a
    surrogate pair is cut in two.
    """
    if is_basic(text):
        return _parts([2 if sign in _EXTENDED else 1 for sign in text], 160, 153)
    return _parts([2 if ord(sign) > 0xFFFF else 1 for sign in text], 70, 67)


def _parts(widths: list[int], alone: int, joined: int) -> int:
    if sum(widths) <= alone:
        return 1
    count, used = 1, 0
    for width in widths:
        if used + width > joined:
            count, used = count + 1, 0
        used += width
    return count
