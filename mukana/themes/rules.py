"""An organisation's colours made readable: contrast is made, not asked for.  Pure.

Hue is kept; lightness gives way until text stands out.  High contrast has no colours of anybody's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from mukana.lib.colours import Oklch, contrast, oklch

LIGHT_GROUNDS = ("#ffffff", "#f6f7f2", "#e9ede1")  # paper, ground, mist of look/css/tokens.css
DARK_GROUNDS = ("#1f1b2b", "#15121e", "#292537")
INK, WHITE, NIGHT = "#211c33", "#ffffff", "#1b1330"
TEXT, ON_ACCENT = 7.0, 4.5  # least contrast of text anywhere, and of the word on the accent
STEP, HOVER = 0.01, 0.08  # of lightness

FONTS = {"ysabeau": "", "plain": "var(--plain)"}  # "": ours
CORNERS: Mapping[int, tuple[str, str, str, str]] = {0: ("0", "0", "0", "0"), 6: ("6px",) * 4, 14: ("6px", "14px", "8px", "10px")}


@dataclass(frozen=True, slots=True)
class Given:
    """What an organisation may decide of its look besides name and logo."""

    brand: str
    accent: str
    tint: str
    font: str = "ysabeau"
    corner: int = 14


@dataclass(frozen=True, slots=True)
class Change:
    """A colour that had to give way: before, after, and to which side (darker, lighter, paler)."""

    part: str
    before: str
    after: str
    how: str


@dataclass(frozen=True, slots=True)
class Made:
    """Tokens (without dashes) of the light and of the dark look."""

    light: dict[str, str]
    dark: dict[str, str]


def made(given: Given) -> Made:
    """The tokens of a theme."""
    bloom, dark_bloom = _tint(given.tint), _dark_tint(given.tint)
    brand = _darkened(oklch(given.brand), (*LIGHT_GROUNDS, bloom))
    bright = _dark_brand(given.brand, (*DARK_GROUNDS, dark_bloom))
    accent, on_accent = _accent(given.accent)
    glow = _lightened(_pale(oklch(given.accent), 0.14, 0.72), (NIGHT,), TEXT)
    return Made(
        light={
            "bloom": bloom,
            "brand": brand.hex,
            "brand-2": replace(brand, lightness=max(0.0, brand.lightness - HOVER)).hex,
            "on-brand": WHITE,
            "accent": accent,
            "on-accent": on_accent,
        },
        dark={
            "bloom": dark_bloom,
            "brand": bright.hex,
            "brand-2": replace(bright, lightness=min(1.0, bright.lightness + HOVER / 2)).hex,
            "on-brand": NIGHT,
            "accent": glow.hex,
            "on-accent": NIGHT,
        },
    )


def changes(given: Given) -> list[Change]:
    """What of the light look is not as it was given."""
    light = made(given).light
    found = []
    for part, token in (("brand", "brand"), ("accent", "accent"), ("tint", "bloom")):
        before, after = getattr(given, part), light[token]
        if before != after:
            found.append(Change(part, before, after, _how(before, after)))
    return found


def css(given: Given) -> str:
    """The style sheet: our tokens with other values, for whoever has not chosen high contrast."""
    light, dark = (_lines(tokens) for tokens in (made(given).light, made(given).dark))
    return f"""@layer tokens {{
[data-theme="vaalea"] {{ {light} }}
[data-theme="tumma"] {{ {dark} }}
@media not all and (prefers-contrast: more) {{
:root:not([data-theme]) {{ {light} }}
@media (prefers-color-scheme: dark) {{ :root:not([data-theme]) {{ {dark} }} }}
}}
:root {{ {_lines(_shape(given))} }}
}}
"""


def _shape(given: Given) -> dict[str, str]:
    r1, r2, field, button = CORNERS[given.corner]
    font = {"font": FONTS[given.font]} if FONTS[given.font] else {}
    return {"r1": r1, "r2": r2, "r-field": field, "r-btn": button, **font}


def _lines(tokens: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in tokens.items())


def _tint(colour: str) -> str:
    given = oklch(colour)
    return replace(given, lightness=min(max(given.lightness, 0.925), 0.96), chroma=min(given.chroma, 0.03)).hex


def _dark_tint(colour: str) -> str:
    given = oklch(colour)
    return replace(given, lightness=0.29, chroma=min(given.chroma, 0.05)).hex


def _darkened(colour: Oklch, grounds: Iterable[str]) -> Oklch:
    """Darker until it is readable on all of these; black always is."""
    found, under = colour, tuple(grounds)
    while _least(found.hex, under) < TEXT:
        found = replace(found, lightness=max(0.0, found.lightness - STEP))
    return found


def _dark_brand(colour: str, grounds: Iterable[str]) -> Oklch:
    return _lightened(_pale(oklch(colour), 0.12, 0.78), (*grounds, NIGHT), TEXT)


def _pale(colour: Oklch, most: float, least: float) -> Oklch:
    return replace(colour, chroma=min(colour.chroma, most), lightness=max(colour.lightness, least))


def _lightened(colour: Oklch, beside: Iterable[str], least: float) -> Oklch:
    """Lighter until it stands out from all of these; white always does."""
    found, others = colour, tuple(beside)
    while _least(found.hex, others) < least:
        found = replace(found, lightness=min(1.0, found.lightness + STEP))
    return found


def _accent(colour: str) -> tuple[str, str]:
    """The accent and the colour of the word on it."""
    word = max((INK, WHITE), key=lambda one: contrast(one, colour))
    if contrast(word, colour) >= ON_ACCENT:
        return colour, word
    return _lightened(oklch(colour), (INK,), ON_ACCENT).hex, INK


def _least(colour: str, others: Iterable[str]) -> float:
    return min(contrast(colour, other) for other in others)


def _how(before: str, after: str) -> str:
    one, other = oklch(before), oklch(after)
    if abs(one.lightness - other.lightness) < STEP:
        return "paler"
    return "darker" if other.lightness < one.lightness else "lighter"
