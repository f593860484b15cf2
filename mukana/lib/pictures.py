"""Photographs made fit for pages: checked, turned upright, scaled, and without what a camera hides in them.

The library that decodes pictures is loaded where it is used: only the worker needs it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_BYTES = 15 * 1024 * 1024
MOST_PIXELS = 60_000_000  # a swollen file tells its size before it is unpacked
SMALLEST_SIDE = 320  # less would be a blur on a page
LONGEST_SHAPE = 4.0  # a strip says nothing
QUALITY = 82
SIZES: Mapping[str, int] = {"small": 800, "large": 1600}  # the longer side, in pixels
BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
SENTENCES = {
    "kind": "Tiedosto ei ole JPEG-, PNG- tai WebP-kuva.",
    "broken": "Kuva on rikki, eikä sitä voi avata.",
    "swollen": "Kuvassa on liian monta kuvapistettä. Pienennä sitä ennen lähettämistä.",
    "small": f"Kuva on liian pieni. Lyhyemmällä sivulla pitää olla vähintään {SMALLEST_SIDE} kuvapistettä.",
    "strip": "Kuva on liian pitkä ja kapea. Rajaa sitä ennen lähettämistä.",
}


class PictureError(Exception):
    """A file that is no photograph for us; `sentence` is Finnish."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = SENTENCES[code]


@dataclass(frozen=True, slots=True)
class Picture:
    """One size of a photograph, as a JPEG file."""

    width: int
    height: int
    data: bytes


def looks_like_one(start: bytes) -> bool:
    """By its first bytes: is it a JPEG, PNG or WebP file?  SVG is not taken: it may hold a script."""
    return start.startswith(BEGINNINGS) or (start[:4] == b"RIFF" and start[8:12] == b"WEBP")


def scaled(data: bytes) -> dict[str, Picture]:
    """The photograph in each of `SIZES`, never larger than it came.  Raises PictureError."""
    from PIL import Image, ImageOps  # what decodes pictures takes 10 MB, which web processes do without

    if not looks_like_one(data[:16]):
        raise PictureError("kind")
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as opened:
            _check(*opened.size)
            colours = opened.info.get("icc_profile") if opened.mode == "RGB" else None  # of other colours it would not fit
            whole = _on_white(ImageOps.exif_transpose(opened))
            return {size: _one(whole, longer, colours) for size, longer in SIZES.items()}
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise PictureError("broken") from problem


def _check(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise PictureError("swollen")
    if min(width, height) < SMALLEST_SIDE:
        raise PictureError("small")
    if max(width, height) > LONGEST_SHAPE * min(width, height):
        raise PictureError("strip")


def _on_white(image: Image) -> Image:
    """Red, green and blue only; what was clear becomes white."""
    if image.has_transparency_data:
        clear = image.convert("RGBA")
        ground = clear.copy()
        ground.paste("white", (0, 0, *clear.size))
        ground.alpha_composite(clear)
        return ground.convert("RGB")
    return image.convert("RGB")


def _one(image: Image, longer: int, colours: bytes | None) -> Picture:
    """Copies only the points: what the camera wrote beside them stays behind."""
    smaller = image.copy()
    smaller.thumbnail((longer, longer))
    smaller.info.clear()
    kept = io.BytesIO()
    smaller.save(kept, "JPEG", quality=QUALITY, optimize=True, progressive=True, icc_profile=colours)
    return Picture(smaller.width, smaller.height, kept.getvalue())
