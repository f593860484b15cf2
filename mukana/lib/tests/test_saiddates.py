"""Days in running text."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.lib.saiddates import said_days

WRITTEN = date(2026, 10, 20)


def short(text: str, written: date | None = WRITTEN) -> list[str]:
    found = []
    for one in said_days(text, written):
        days = f"{one.first:%Y-%m-%d}" + (f"…{one.last:%m-%d}" if one.last != one.first else "")
        hours = f" {one.start:%H.%M}" if one.start else ""
        found.append(days + hours + (f"–{one.end:%H.%M}" if one.end else ""))
    return found


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("la 8.11.2026 klo 18", ["2026-11-08 18.00"]),
        ("Konsertti lauantaina 7.11. klo 18–20.30", ["2026-11-07 18.00–20.30"]),
        ("8.11. klo 18", ["2026-11-08 18.00"]),
        ("8.–10.11.2026", ["2026-11-08…11-10"]),
        ("8.11.-10.12.2026", ["2026-11-08…12-10"]),
        ("pe 29.12.2026 – su 3.1.2027 näyttely", ["2026-12-29…01-03"]),
        ("la 28.11.–su 29.11. klo 10-16", ["2026-11-28…11-29 10.00–16.00"]),
        ("8.11., 15.11. ja 22.11. klo 18", ["2026-11-08 18.00", "2026-11-15 18.00", "2026-11-22 18.00"]),
        ("8., 15. ja 22.11. kello 18.15", ["2026-11-08 18.15", "2026-11-15 18.15", "2026-11-22 18.15"]),
        ("sunnuntaina 8. marraskuuta 2026 kello 9", ["2026-11-08 09.00"]),
        ("marraskuun 8. päivänä", ["2026-11-08"]),
        ("Aika: 2026-11-08 18:00", ["2026-11-08 18.00"]),
        ("8.11.2026 18.00", ["2026-11-08 18.00"]),
        ("8.11.26 klo 18", ["2026-11-08 18.00"]),
        ("Klo 18 lauantaina 7.11.", ["2026-11-07 18.00"]),
        ("Tule 12.1. klo 10", ["2027-01-12 10.00"]),
        ("Aika: ti 10.11.\nKlo 17.30", ["2026-11-10 17.30"]),
    ],
)
def test_days_and_hours_in_every_writing(text: str, days: list[str]) -> None:
    assert short(text) == days


@pytest.mark.parametrize(
    "text",
    [
        "Ei päivää", "klo 9.10. alkaen", "klo 9.00–9.10.", "Ilmoittaudu 1.11. mennessä", "Ilmoittautumiset viimeistään pe 6.11.",
        "Ilmoittautuminen alkaa 1.11.", "3.5 km", "Hinta 8.50 €",
        "31.2.2026", "0.0.2026", "puh. 040.12.12.1212", "1.2.3", "Torstaisin klo 10",
        "Haku päättyy 1.11.2026",
    ],
)  # fmt: skip
def test_what_is_no_day_of_a_happening(text: str) -> None:
    assert short(text) == []


def test_a_date_without_a_year_needs_to_know_when_it_was_written() -> None:
    assert short("8.11. klo 18", None) == []
    assert short("8.11.2026 klo 18", None) == ["2026-11-08 18.00"]


def test_a_weekday_tells_the_year() -> None:
    assert short("la 8.11.", date(2025, 10, 1)) == ["2025-11-08"]
    assert short("su 8.11.", date(2025, 12, 1)) == ["2026-11-08"]


def test_a_price_after_the_day_is_no_hour() -> None:
    assert short("8.11.2026 5.50 €") == ["2026-11-08"]


@given(st.dates(date(2026, 10, 21), date(2027, 9, 1)), st.times())
def test_what_is_written_in_the_usual_way_is_read_back(day: date, hour: time) -> None:
    (found,) = said_days(f"Tervetuloa {day.day}.{day.month}. klo {hour.hour}.{hour.minute:02} alkaen!", WRITTEN)
    assert (found.first, found.start) == (day, hour.replace(second=0, microsecond=0))


@given(st.text(alphabet="0123456789.,–- kloajmts8€\n", max_size=80))
def test_any_text_gives_days_in_order(text: str) -> None:
    found = said_days(text, WRITTEN)
    assert all(one.first <= one.last for one in found)
    assert found == sorted(found, key=lambda one: (one.first, one.start or time()))
