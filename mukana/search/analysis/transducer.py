"""A memory-mapped reader of the Finnish morphology: word in, analysis strings out.

The file is mapped, not loaded, so opening costs milliseconds and processes share the pages.

File: HEADER, then transitions (u64: input symbol 16 bits, output symbol 16, target state 32;
sorted by state and input symbol), then u32 offsets of each state's first transition, then
the symbol table as UTF-8 lines.  Native byte order: the file is made on the machine it serves.
"""

from __future__ import annotations

import mmap
import struct
from bisect import bisect_left
from pathlib import Path

MAGIC = b"MUKFST01"
HEADER = struct.Struct("=8sIIII8x")  # magic, states, transitions, bytes of symbols, final state
EPSILON = 0
FLAG_MARK = "@"
MOST_ANALYSES = 100  # what libvoikko gives at most

_Flags = tuple[tuple[str, tuple[bool, str]], ...]
_Chain = tuple["_Chain | None", int]  # output symbols, newest first
_Step = tuple[int, int, "_Chain | None", _Flags, _Flags]  # state, letters read, output, two flag sets


class Transducer:
    """The opened file.  `lookup` is safe to call from several threads."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        magic, states, transitions, table, self._final = HEADER.unpack_from(self._map)
        if magic != MAGIC:
            raise ValueError(f"{path} is not a transducer of this version")
        view = memoryview(self._map)
        at = HEADER.size
        self._transitions = view[at : at + transitions * 8].cast("Q")
        at += transitions * 8
        self._offsets = view[at : at + (states + 1) * 4].cast("I")
        at += (states + 1) * 4
        self._symbols = bytes(view[at : at + table]).decode().split("\n")
        self._letters = {s: n for n, s in enumerate(self._symbols) if len(s) == 1}
        self._flags = [_flag(s) for s in self._symbols if len(s) > 4 and s[0] == FLAG_MARK == s[-1]]
        self._silent = 1 + len(self._flags)  # symbols below this are epsilon or flags

    def lookup(self, word: str) -> list[str]:
        """Analysis strings of `word` in lower case; empty when the word is not known."""
        letters: list[int] = []
        for letter in word:
            number = self._letters.get(letter)
            if number is None:
                return []
            letters.append(number)
        found: dict[str, None] = {}
        stack: list[_Step] = [(0, 0, None, (), ())]
        while stack and len(found) < MOST_ANALYSES:
            step = stack.pop()
            if step[0] == self._final and step[1] == len(letters):
                found[self._spell(step[2])] = None
            self._silent_steps(step, stack)
            if step[1] < len(letters):
                self._letter_steps(step, letters[step[1]], stack)
        return list(found)

    def _silent_steps(self, step: _Step, stack: list[_Step]) -> None:
        """Follows epsilon and flag transitions, which stand first in a state."""
        state, read, output, flags_in, flags_out = step
        for index in range(self._offsets[state], self._offsets[state + 1]):
            packed = self._transitions[index]
            symbol = packed >> 48
            if symbol >= self._silent:
                return
            after_in = self._pass(symbol, flags_in)
            if after_in is not None:
                self._follow(packed, (state, read, output, after_in, flags_out), stack)

    def _letter_steps(self, step: _Step, letter: int, stack: list[_Step]) -> None:
        """Follows the transitions that read `letter`."""
        start, end = self._offsets[step[0]], self._offsets[step[0] + 1]
        if start == end:
            return
        index = bisect_left(self._transitions, letter << 48, start, end)
        state, read, output, flags_in, flags_out = step
        while index < end and self._transitions[index] >> 48 == letter:
            self._follow(self._transitions[index], (state, read + 1, output, flags_in, flags_out), stack)
            index += 1

    def _follow(self, packed: int, step: _Step, stack: list[_Step]) -> None:
        _, read, output, flags_in, flags_out = step
        symbol = packed >> 32 & 0xFFFF
        if symbol >= self._silent:
            output = (output, symbol)
        elif symbol:
            after = self._pass(symbol, flags_out)
            if after is None:
                return
            flags_out = after
        stack.append((packed & 0xFFFFFFFF, read, output, flags_in, flags_out))

    def _pass(self, symbol: int, flags: _Flags) -> _Flags | None:
        """Flags after `symbol`, or None where they forbid the way."""
        if symbol == EPSILON:
            return flags
        action, key, value = self._flags[symbol - 1]
        return _apply(action, key, value, flags)

    def _spell(self, output: _Chain | None) -> str:
        symbols: list[str] = []
        while output is not None:
            output, symbol = output
            symbols.append(self._symbols[symbol])
        return "".join(reversed(symbols))


def _flag(symbol: str) -> tuple[str, str, str]:
    """Action, key and value ("" for none) of a flag symbol such as "@P.LAINEN.ON@"."""
    action, _, rest = symbol[1:-1].partition(".")
    key, _, value = rest.partition(".")
    return action, key, value


def _apply(action: str, key: str, value: str, flags: _Flags) -> _Flags | None:
    """The usual rules of flag diacritics (Beesley & Karttunen 2003, chapter 8)."""
    held = next((setting for name, setting in flags if name == key), None)
    if action == "P":
        return (*(f for f in flags if f[0] != key), (key, (True, value)))
    if action == "C":
        return tuple(f for f in flags if f[0] != key)
    if action == "U":
        if held is None:
            return (*flags, (key, (True, value)))
        return flags if held == (True, value) else None
    agrees = held is not None and (not value or held == (True, value))
    return flags if agrees == (action == "R") else None
