"""A logo made fit for the header: PNG or WebP in, a small PNG out, without what its maker's programme hid in it."""

from __future__ import annotations

import io

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LARGEST_BYTES = 1024 * 1024
HEIGHT = 28  # px on a page
SHARP = 4  # times as many points, for paper and fine screens
LONGEST_SHAPE = 6.0
SENTENCES: dict[str, str | Promise] = {
    "kind": _("Logon pitää olla PNG- tai WebP-kuva. SVG-kuvaa emme ota, koska siinä voi olla ohjelmakoodia."),
    "broken": _("Kuva on rikki, eikä sitä voi avata."),
    "large": _("Kuva on liian suuri. Suurin koko on 1 Mt."),
    "strip": _("Logo on liian pitkä tai liian korkea. Leveys saa olla enintään kuusi kertaa korkeus."),
}


class LogoError(Exception):
    """A file that is no logo for us; `code` is a key of SENTENCES."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def fitted(data: bytes) -> tuple[bytes, int]:
    """The PNG, and how wide it is on a page where it is 28 px high.  Raises LogoError."""
    from PIL import Image  # what decodes pictures takes 10 MB, which other pages do without

    if len(data) > LARGEST_BYTES:
        raise LogoError("large")
    if not (data.startswith(b"\x89PNG\r\n\x1a\n") or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")):
        raise LogoError("kind")
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "WEBP")) as opened:
            width, height = opened.size
            if not 1 / 2 <= width / height <= LONGEST_SHAPE:
                raise LogoError("strip")
            if width * height > 20_000_000:
                raise LogoError("large")
            picture = opened.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise LogoError("broken") from problem
    picture.thumbnail((int(HEIGHT * SHARP * LONGEST_SHAPE), HEIGHT * SHARP))
    picture.info.clear()
    kept = io.BytesIO()
    picture.save(kept, "PNG", optimize=True)
    return kept.getvalue(), max(1, round(HEIGHT * picture.width / picture.height))
