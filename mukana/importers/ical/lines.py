"""Lines of a calendar: `NAME;PARAM=value:text`, taken apart however badly they are made.  Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

# Quotes hide colons and semicolons.  (The calendar library's own reader would turn "%2C" of an address into a comma.)
_LINE = re.compile(r'([A-Za-z0-9-]+)((?:;(?:"[^"]*"|[^":])*)?):(.*)', re.DOTALL)
_PARAM = re.compile(r';([A-Za-z0-9-]+)=(?:"([^"]*)"|([^;",]*))')
_ROUGHLY = re.compile(r"([A-Za-z0-9-]+)([;:])(.*)", re.DOTALL)
_ESCAPED = re.compile(r"\\([nN,;:\\\"])")


@dataclass(frozen=True, slots=True)
class Property:
    """One property of an event; `value` is still escaped."""

    name: str
    value: str
    params: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The value as a person reads it."""
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)


Properties = dict[str, list[Property]]


@lru_cache(maxsize=100)  # reading and mapping look at the same event
def properties(event: str) -> Properties:
    """The properties of an event by their names in capitals."""
    found: Properties = {}
    for one in filter(None, map(_property, event.split("\n"))):
        found.setdefault(one.name, []).append(one)
    return found


def first_text(given: Properties, name: str) -> str:
    """The text of the first such property, "" when there is none."""
    return given[name][0].text if name in given else ""


def _property(text: str) -> Property | None:
    told = _LINE.fullmatch(text)
    if not told:
        return _roughly(text)
    params = {key.upper(): quoted or plain for key, quoted, plain in _PARAM.findall(told[2])}
    return Property(told[1].upper(), told[3], params)


def _roughly(text: str) -> Property | None:
    """A line that breaks the rules: its name, and what follows the last colon of the parameters."""
    told = _ROUGHLY.fullmatch(text)
    if not told:
        return None
    value = told[3] if told[2] == ":" else told[3].partition(":")[2]
    return Property(told[1].upper(), value)
