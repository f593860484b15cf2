"""What a file is by its first bytes, and the sentence for one that is no table."""

from __future__ import annotations

import codecs
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

EXCEL, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
START = 4096  # bytes that are looked at
WORKBOOK = "xl/workbook"
OLD_FORMAT = "Vanhaa Excel- tai Word-muotoa (.xls, .doc) ei voi lukea. Tallenna taulukko muodossa .xlsx tai CSV."
NOT_A_TABLE = "Tiedosto on {what}, ei taulukko, joten siitä ei voitu lukea rivejä. Lähetä Excel-tiedosto (.xlsx) tai CSV."
BINARY = "Tiedosto ei ole taulukko, joten siitä ei voitu lukea rivejä. Lähetä Excel-tiedosto (.xlsx) tai CSV."
BEGINNINGS = {
    b"\x89PNG": "kuva", b"\xff\xd8\xff": "kuva", b"GIF8": "kuva", b"BM": "kuva", b"II*\x00": "kuva", b"MM\x00*": "kuva", b"%PDF": "PDF",
    b"{\\rtf": "Word- tai RTF-tiedosto", b"MZ": "ohjelma", b"\x7fELF": "ohjelma", b"ID3": "äänitiedosto", b"Rar!": "pakattu tiedosto",
    b"7z\xbc\xaf": "pakattu tiedosto", b"OggS": "äänitiedosto", b"RIFF": "kuva, ääni tai video", b"SQLite format 3\x00": "tietokanta",
}  # fmt: skip
INSIDE = {
    "word/": "Word-tiedosto",
    "ppt/": "PowerPoint-tiedosto",
    "content.xml": "OpenOffice- tai LibreOffice-tiedosto",
    "AndroidManifest.xml": "ohjelma",
}


def refusal(start: bytes) -> str:
    """Why what begins so is no table; "" when it may be one.  Archives are looked into by `archive_refusal`."""
    if start.startswith(OLD_OFFICE):
        return OLD_FORMAT
    if start.startswith(EXCEL):
        return ""
    for beginning, what in BEGINNINGS.items():
        if start.startswith(beginning) and (len(beginning) > 2 or _unreadable(start)):
            return NOT_A_TABLE.format(what=what)
    if start[4:8] == b"ftyp":
        return NOT_A_TABLE.format(what="video tai kuva")
    return BINARY if _unreadable(start) else ""


def archive_refusal(names: list[str]) -> str:
    """Why an archive with these files is no Excel workbook; "" when it is one."""
    if any(name.startswith(WORKBOOK) for name in names):
        return ""
    what = next((what for inside, what in INSIDE.items() if any(name.startswith(inside) for name in names)), "pakattu tiedosto")
    return NOT_A_TABLE.format(what=what)


def refusal_of(file: BinaryIO) -> str:
    """The same of a file at hand, left where it was: at its beginning.  A broken archive is told when it is read."""
    start = file.read(START)
    file.seek(0)
    if not start.startswith(EXCEL):
        return refusal(start)
    try:
        with ZipFile(file) as archive:
            return archive_refusal(archive.namelist())
    except (BadZipFile, OSError, ValueError):
        return "Excel-tiedosto on rikki."
    finally:
        file.seek(0)


def _unreadable(start: bytes) -> bool:
    """Signs no text has; UTF-16 has zero bytes, but every second one only, or its mark."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"\x1f\x8b")):
        return False
    controls = sum(start.count(sign) for sign in (*range(1, 9), *range(14, 27), *range(28, 32), 127))
    if controls > len(start) // 100 + 1:
        return True
    return start[0::2].count(0) > 2 and start[1::2].count(0) > 2
