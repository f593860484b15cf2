"""Calendars written for tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path


def event(*lines: str, uid: str = "a@kylatalo.fi", name: str = "Kerho") -> str:
    return "\r\n".join(("BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{name}", *lines, "END:VEVENT"))


def calendar(*events: str, head: tuple[str, ...] = ()) -> str:
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kylä//FI", *head, *events, "END:VCALENDAR", ""))


def merged() -> str:
    """A merged calendar of villages: 160 rules, 80 dates left out, 4 dates spoken of alone, whole days, HTML."""
    events: list[str] = []
    for n in range(160):
        day = f"202609{1 + n % 28:02}"
        rules = ("FREQ=WEEKLY;COUNT=10", "FREQ=WEEKLY;UNTIL=20261215T220000Z", "FREQ=MONTHLY;COUNT=4", "FREQ=WEEKLY;INTERVAL=2;COUNT=6")
        lines = [f"DTSTART;TZID=Europe/Helsinki:{day}T1800{n % 60:02}", f"DTEND;TZID=Europe/Helsinki:{day}T193000", f"RRULE:{rules[n % 4]}"]
        if n % 4 == 0 or n % 4 == 3:  # the second date is left out: 80 of them
            lines.append(f"EXDATE;TZID=Europe/Helsinki:{_later(day, 7 if n % 4 == 0 else 14)}T1800{n % 60:02}")
        lines.append("DESCRIPTION:<b>Tervetuloa</b> mukaan.<br>Kahvi 2 €.")
        lines.append(f"LOCATION:Kylätalo {n % 5}\\, Kangasala")
        events.append(event(*lines, uid=f"sarja{n}@kylat.fi", name=f"Kerho {n}"))
    for n in (1, 5, 9, 13):
        day = f"202609{1 + n % 28:02}"
        change = "STATUS:CANCELLED" if n == 1 else "X-CHANGED:1"
        moved = f"{_later(day, 7)}T2000{n % 60:02}"
        original = f"RECURRENCE-ID;TZID=Europe/Helsinki:{_later(day, 7)}T1800{n % 60:02}"
        events.append(event(original, f"DTSTART;TZID=Europe/Helsinki:{moved}", change, uid=f"sarja{n}@kylat.fi", name=f"Kerho {n}"))
    for n in range(10):
        events.append(
            event(f"DTSTART;VALUE=DATE:202612{n + 1:02}", f"DTEND;VALUE=DATE:202612{n + 3:02}", uid=f"paiva{n}@kylat.fi", name="Näyttely")
        )
    return calendar(*events, head=("X-WR-TIMEZONE:Europe/Helsinki", "X-WR-CALNAME:Kylien kalenteri"))


def _later(day: str, days: int) -> str:
    return f"{datetime.strptime(day, '%Y%m%d') + timedelta(days=days):%Y%m%d}"


def written(folder: Path, text: str | bytes, name: str = "kalenteri.ics") -> str:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)
