"""Colours as people see them: OKLCH and back, and the contrast of WCAG.

OKLab is Björn Ottosson's (2020, public domain), the contrast that of WCAG 2.2.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import atan2, cos, hypot, sin

_HEX = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")


@dataclass(frozen=True, slots=True)
class Oklch:
    """Lightness 0–1, chroma 0–0.4, hue in radians."""

    lightness: float
    chroma: float
    hue: float

    @property
    def hex(self) -> str:
        """As "#rrggbb"; what a screen cannot show loses chroma, never hue or lightness."""
        low, high = 0.0, self.chroma
        if _inside(_linear(self)):
            return _written(_linear(self))
        for _ in range(20):
            middle = (low + high) / 2
            if _inside(_linear(replace(self, chroma=middle))):
                low = middle
            else:
                high = middle
        return _written(_linear(replace(self, chroma=low)))


def normal(text: str) -> str:
    """ "#rrggbb" in small letters of what somebody typed ("43306B", "#abc"); "" when it is no colour."""
    match = _HEX.fullmatch(text.strip())
    if match is None:
        return ""
    digits = match[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(sign * 2 for sign in digits))


def oklch(colour: str) -> Oklch:
    """Of "#rrggbb"."""
    red, green, blue = (_to_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    return Oklch(lightness, hypot(a, b), atan2(b, a))


def contrast(one: str, other: str) -> float:
    """1–21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb"."""
    red, green, blue = (_to_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: Oklch) -> tuple[float, float, float]:
    a, b = colour.chroma * cos(colour.hue), colour.chroma * sin(colour.hue)
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _inside(parts: tuple[float, float, float]) -> bool:
    return all(-1e-4 <= part <= 1 + 1e-4 for part in parts)


def _written(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(255 * _from_linear(min(max(part, 0.0), 1.0))):02x}" for part in parts)


def _to_linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _from_linear(part: float) -> float:
    return part * 12.92 if part <= 0.0031308 else float(1.055 * part ** (1 / 2.4) - 0.055)
