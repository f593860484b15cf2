"""Turns the packaged Finnish transducer into the flat file `transducer.Transducer` maps.

Source: `voikko.kfst` of the package pyvoikko (Voikko morphology, GPL-3.0-or-later):
a header, a symbol table and LZMA-packed rows (from, to, input symbol, output symbol).
Flat file: see `transducer.HEADER`.  Done once per machine, about two seconds.
"""

from __future__ import annotations

import importlib.util
import lzma
import os
import struct
import sys
from array import array
from pathlib import Path

from mukana.search.analysis.transducer import EPSILON, FLAG_MARK, HEADER, MAGIC

_KFST_HEADER = struct.Struct("!4sHHII?")
_EPSILONS = ("@0@", "@_EPSILON_SYMBOL_@")


class NoTransducer(Exception):
    """Neither libvoikko nor the package pyvoikko is there."""

    code = "no_transducer"


def packaged_source() -> Path:
    """Path of pyvoikko's transducer, found without importing the package (its import costs 270 MB)."""
    spec = importlib.util.find_spec("pyvoikko")
    if spec is None or spec.origin is None:
        raise NoTransducer("Install libvoikko with voikko-fi, or the package pyvoikko.")
    return Path(spec.origin).with_name("voikko.kfst")


def convert(source: Path, target: Path) -> None:
    """Writes the flat form of `source` to `target`; readers never see half a file."""
    symbols, rows, finals = _read(source.read_bytes())
    order = _order(symbols)
    number = array("I", [0]) * len(symbols)
    for new, old in enumerate(order):
        number[old] = new
    packed, offsets = _arrange(rows, number)
    table = "\n".join(symbols[old] for old in order).encode()
    header = HEADER.pack(MAGIC, len(offsets) - 1, len(packed), len(table), finals[0])
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.{os.getpid()}")
    with unfinished.open("wb") as out:
        out.write(header)
        packed.tofile(out)
        offsets.tofile(out)
        out.write(table)
    unfinished.replace(target)


def _read(data: bytes) -> tuple[list[str], array[int], array[int]]:
    """Symbols, transitions as one array of u64 (from << 32 | to) and (input << 16 | output) pairs, finals."""
    magic, version, symbol_count, row_count, final_count, weighted = _KFST_HEADER.unpack_from(data)
    if magic != b"KFST" or version != 0 or weighted or final_count != 1:
        raise NoTransducer(f"An unknown form of transducer: {magic!r} {version} {weighted} {final_count}")
    position = _KFST_HEADER.size
    symbols: list[str] = []
    for _ in range(symbol_count):
        end = data.index(b"\0", position)
        symbols.append(data[position:end].decode())
        position = end + 1
    words = array("I", lzma.decompress(data[position:]))
    if sys.byteorder == "little":
        words.byteswap()
    return symbols, words[: row_count * 3], words[row_count * 3 :]


def _order(symbols: list[str]) -> list[int]:
    """Old numbers in new order: epsilon 0, then flags, then letters and tags."""
    return sorted(range(len(symbols)), key=lambda i: (_rank(symbols[i]), symbols[i]))


def _rank(symbol: str) -> int:
    if symbol in _EPSILONS:
        return EPSILON
    return 1 if symbol.startswith(FLAG_MARK) and symbol.endswith(FLAG_MARK) and len(symbol) > 4 else 2


def _arrange(rows: array[int], number: array[int]) -> tuple[array[int], array[int]]:
    """Transitions sorted by state and input symbol, and where each state's transitions begin."""
    keyed = sorted(
        (rows[i], number[rows[i + 2] >> 16] << 48 | number[rows[i + 2] & 0xFFFF] << 32 | rows[i + 1]) for i in range(0, len(rows), 3)
    )
    last = max(state for at, state in enumerate(rows) if at % 3 < 2)
    states = last + 1
    offsets = array("I", [0]) * (states + 1)
    for state, _ in keyed:
        offsets[state + 1] += 1
    for state in range(states):
        offsets[state + 1] += offsets[state]
    return array("Q", (packed for _, packed in keyed)), offsets
