"""Cells as people fill them: days, hours, lists, kinds.  Pure."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

from mukana.importers.values import LANGUAGES, as_list, line, unique
from mukana.lib.moments import WEEKDAYS, parse_moment

DAY_WORDS = (
    ("mon", ("maanant", "mån", "monday"), ("ma", "må", "mon")), ("tue", ("tiist", "tisd", "tuesday"), ("ti", "tis", "tue")),
    ("wed", ("keskiviik", "onsd", "wednesday"), ("ke", "ons", "wed")), ("thu", ("torst", "torsd", "thursday"), ("to", "tor", "thu")),
    ("fri", ("perjant", "fred", "friday"), ("pe", "fre", "fri")), ("sat", ("lauant", "lörd", "saturday"), ("la", "lö", "lör", "sat")),
    ("sun", ("sunnunt", "sönd", "sunday"), ("su", "sö", "sön", "sun")),
)  # fmt: skip
KIND_WORDS = (
    ("event", ("tapahtuma", "evenemang", "event")), ("service", ("palvelu", "neuvonta", "tjänst", "service")),
    ("place", ("paikka", "liikuntapaikka", "kohtaamispaikka", "plats", "place")), ("route", ("reitti", "polku", "latu", "rutt", "route")),
    ("video", ("video", "tallenne")), ("programme", ("ohjelma", "omatoimi", "program")),
    ("group", ("ryhmä", "kerho", "kurssi", "vertaisryhmä", "grupp", "group", "klubb")),
)  # fmt: skip
LANGUAGE_NAMES = {
    "suomi": "fi", "finska": "fi", "finnish": "fi", "ruotsi": "sv", "svenska": "sv", "swedish": "sv", "englanti": "en", "engelska": "en",
    "english": "en", "pohjoissaame": "se", "inarinsaame": "smn", "koltansaame": "sms", "selkokieli": "fi-x-selko", "selko": "fi-x-selko",
}  # fmt: skip
ACCESS_WORDS = (
    ("step_free", ("esteetön kulku", "esteetön", "luiska", "hissi", "tillgänglig", "step free", "accessible")),
    ("toilet", ("inva wc", "inva-wc", "esteetön wc", "rwc", "handikapptoalett")),
    ("hearing", ("induktio", "kuulo", "hörselsling", "hearing")),
    ("vision", ("näkövamma", "pistekirjoitus", "opaste", "synskad", "vision")),
    ("parking", ("invapysäk", "invapaik", "inva-paik", "parking")),
    ("rest", ("levähdys", "lepopaik", "vilopaik")),
)  # fmt: skip
HOUR = r"(\d{1,2})(?:[.:](\d{2}))?(?::\d{2})?"
HOURS = re.compile(rf"(?:klo\.?|kl\.?|kello)?\s*{HOUR}(?:\s*(?:[–—-]|…)\s*(?:klo\.?\s*)?{HOUR})?", re.IGNORECASE)
NTH = re.compile(r"kuukauden\s+(?:(\d)\.|(ensimmäi|toi(?:nen|sena)|kolma|neljä|viimei))", re.IGNORECASE)
NTH_WORDS = {"ensimmäi": 1, "toinen": 2, "toisena": 2, "kolma": 3, "neljä": 4, "viimei": -1}
EVERY_OTHER = re.compile(r"joka toi(?:nen|sena)|parilli|paritto|2 viikon välein|varannan", re.IGNORECASE)
RANGE = re.compile(r"([^\W\d_]+)\s*[–—-]\s*([^\W\d_]+)")
WORD = re.compile(r"[^\W\d_]+")


def weekdays(value: object) -> tuple[str, ...]:
    """Codes of the days a text names: "ma ja ke", "maanantaisin", "ti–to", "arkisin"."""
    text = line(value).casefold()
    if "arkisin" in text or "arkipäiv" in text or "vardagar" in text:
        return WEEKDAYS[:5]
    if "päivittäin" in text or "joka päivä" in text or "dagligen" in text:
        return WEEKDAYS
    found = {day for day in map(_day, WORD.findall(text)) if day}
    for first, last in RANGE.findall(text):
        start, end = _day(first), _day(last)
        if start and end:
            steps = (WEEKDAYS.index(end) - WEEKDAYS.index(start)) % 7
            found |= {WEEKDAYS[(WEEKDAYS.index(start) + step) % 7] for step in range(steps + 1)}
    return tuple(day for day in WEEKDAYS if day in found)


def _day(word: str) -> str:
    return next((code for code, starts, short in DAY_WORDS if word in short or word.startswith(starts)), "")


def interval(days: object, told: object) -> int:
    """Every how many weeks: a number in its own column, or "joka toinen" beside the days."""
    number = line(told, 10)
    if number.isdigit() and 1 <= int(number) <= 12:
        return int(number)
    return 2 if EVERY_OTHER.search(f"{line(days)} {line(told)}") else 1


def nth(days: object) -> int | None:
    """Which weekday of the month: "kuukauden 2. tiistai" → 2, "kuukauden viimeinen" → -1."""
    found = NTH.search(line(days))
    if not found:
        return None
    if found[1]:
        return int(found[1]) if 1 <= int(found[1]) <= 5 else None
    return NTH_WORDS[found[2].casefold()]


def hours(value: object) -> tuple[time | None, time | None]:
    """(start, end) of "10", "klo 10.00–11.30", "10:00:00" or a spreadsheet's part of a day."""
    if isinstance(value, float) and 0 < value < 1:
        minutes = round(value * 24 * 60)
        return time(minutes // 60 % 24, minutes % 60), None
    found = HOURS.fullmatch(line(value, 60))
    if not found:
        return None, None
    return _clock(found[1], found[2]), _clock(found[3], found[4])


def _clock(hour: str | None, minute: str | None) -> time | None:
    if hour is None or int(hour) > 23 or int(minute or 0) > 59:
        return None
    return time(int(hour), int(minute or 0))


def day(value: object) -> date | None:
    """A date in any writing, None when there is none or it cannot be."""
    found = parse_moment(line(value, 64))
    return found.date() if found else None


def listed(value: object) -> tuple[str, ...]:
    """The items of a list, or of a text parted by commas, semicolons, bars or line breaks."""
    if isinstance(value, str):
        return unique(line(part, 100) for part in re.split(r"[,;|\n]", value[:4000]))
    return unique(line(item, 100) for item in as_list(value)[:100])


def kind(value: object) -> str:
    """The hub's kind a word tells, "" when it tells none."""
    word = line(value).casefold()
    return next((code for code, words in KIND_WORDS if word == code or word.startswith(words)), "")


def languages(value: object) -> tuple[str, ...]:
    """Codes of the languages named by code or by name."""
    found = {LANGUAGE_NAMES.get(word.casefold(), word.casefold()) for word in listed(value)}
    return tuple(code for code in LANGUAGES if code in found)


def accessibility(value: object) -> dict[str, str]:
    """`{profile: state}` of words like "esteetön kulku", "ei hissiä", "induktiosilmukka"."""
    states: dict[str, str] = {}
    for item in listed(value):
        words = item.casefold()
        state = "no" if words.startswith(("ei ", "inte ", "no ")) else "yes"
        for profile, marks in ACCESS_WORDS:
            if any(mark in words for mark in marks) and not (profile == "step_free" and "wc" in words):
                states.setdefault(profile, state)
    return states


def registration(value: object) -> str:
    """none, recommended, required or unknown."""
    text = line(value).casefold()
    if not text:
        return "unknown"
    if text.startswith(("ei", "nej", "no", "ilman")) or "ei tarvita" in text or "avoin" in text:
        return "none"
    return "recommended" if "suosit" in text or "toivo" in text else "required"


def as_text(value: Any) -> str:
    """A cell as it is shown again to people, one line."""
    return ", ".join(map(line, value)) if isinstance(value, list) else line(value, 500)
