"""Made-up sources of any size, written to the disk row by row: the formats that hubs and associations really send.

Every text is put together anew, so that nothing that is remembered between rows makes the figures better than they are.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

TODAY = date(2026, 11, 22)
_NAMES = (
    "Tuolijumppa", "Vesijumppa", "Kuoro", "Digituki", "Neulekahvila", "Luontopolku", "Muistikahvila", "Perhekerho", "Jazzilta", "Lukupiiri",
    "Sauvakävely", "Avoimet ovet", "Kuntosaliryhmä", "Vertaistukiryhmä", "Shakkikerho", "Kirpputori", "Keskusteluilta", "Yhteislaulu",
)  # fmt: skip
_WHOM = ("ikäihmisille", "lapsiperheille", "nuorille", "työttömille", "omaishoitajille", "kaikille", "aloittelijoille", "miehille")
_TOWNS = ("Kuopio", "Kangasala", "Helsinki", "Turku", "Oulu", "Iisalmi", "Siilinjärvi", "Joensuu")
_SAID = """ryhmä kokoontuu salissa rauhallisesti ohjaajan kanssa ja tarjolla on kahvia ennen alkua sekä mahdollisuus jutella
uusien ihmisten parissa mukaan voi tulla ilman ilmoittautumista hinta on muutama euro kerralta välineet saa paikalta tila on
esteetön ja bussi pysähtyy oven edessä kevään ohjelma julkaistaan myöhemmin tervetuloa viettämään iltaa yhdessä naapureiden kesken"""
_WORDS = _SAID.split()
_SENTENCES = 3_000


class Format(NamedTuple):
    """How a file begins, what parts its rows, how it ends, and one row."""

    source: str
    ending: str
    head: str
    between: str
    tail: str
    row: Callable[[Random, int], str]


def write(kind: str, path: Path, size: int) -> int:
    """At least `size` bytes of a format; gives the number of rows."""
    form, chance, number, written = FORMATS[kind], Random(kind), 0, 0
    with path.open("w", encoding="utf-8", newline="\r\n" if kind == "ical" else "\n") as file:
        file.write(form.head)
        while written < size:
            text = form.row(chance, number)
            file.write(form.between + text if number else text)
            written += len(text.encode())
            number += 1
        file.write(form.tail)
    return number


def _sentence(chance: Random) -> str:
    return " ".join(chance.choices(_WORDS, k=chance.randrange(6, 16))).capitalize() + "."


_chance = Random(1)
_ALL = [_sentence(_chance) for _ in range(_SENTENCES)]


def _text(chance: Random, sentences: int) -> str:
    said = [*chance.choices(_ALL, k=sentences), f"Hinta {chance.randrange(1, 30)} €.", f"Lisätietoja 040 {chance.randrange(10**6, 10**7)}."]
    return " ".join(said)


def _name(chance: Random, number: int) -> str:
    return f"{chance.choice(_NAMES)} {chance.choice(_WHOM)}, ryhmä {number}"


def _point(chance: Random) -> tuple[float, float]:
    return round(chance.uniform(61.0, 65.0), 6), round(chance.uniform(23.5, 28.5), 6)


def _hsds(chance: Random, number: int) -> str:
    lat, lon = _point(chance)
    place = {
        "id": f"l{number % 20_000}", "name": f"Toimitalo {number % 20_000}", "latitude": lat, "longitude": lon,
        "description": _text(chance, 3),
        "addresses": [{"address_1": f"Kauppakatu {number % 90}", "city": chance.choice(_TOWNS), "postal_code": "70100", "country": "FI"}],
    }  # fmt: skip
    opens = {"freq": "WEEKLY", "byday": "MO,TU,WE", "opens_at": "09:00", "closes_at": "16:00", "dtstart": "2026-01-01"}
    return _json({
        "id": f"s{number}", "name": _name(chance, number), "status": "active", "description": f"<p>{_text(chance, 20)}</p>",
        "eligibility_description": _text(chance, 2), "application_process": _text(chance, 3), "fees_description": _text(chance, 1),
        "phones": [{"number": f"040 {chance.randrange(10**6, 10**7)}"}], "schedules": [opens],
        "organization": {"id": f"o{number % 5_000}", "name": f"Järjestö {number % 5_000} ry", "description": _text(chance, 4)},
        "service_at_locations": [{"location": place}],
        "attributes": [{"taxonomy_term": {"name": chance.choice(_NAMES)}} for _ in range(3)],
    })  # fmt: skip


def _linked(chance: Random, number: int) -> str:
    starts = TODAY + timedelta(days=number % 200)
    place = {"@id": f"place:{number % 9_000}", "id": f"p{number % 9_000}", "name": {"fi": f"Talo {number % 9_000}"}}
    said = {language: f"<p>{_text(chance, 12)}</p><p>{_text(chance, 6)}</p>" for language in ("fi", "sv", "en")}
    return _json({
        "id": f"e:{number}", "@type": "Event/LinkedEvent",
        "name": {"fi": _name(chance, number), "sv": f"Grupp {number}", "en": f"Group {number}"},
        "description": said, "short_description": {"fi": _text(chance, 2)}, "location": place, "keywords": [{"@id": "yso:p965"}],
        "start_time": f"{starts}T10:00:00Z", "end_time": f"{starts}T11:30:00Z", "offers": [{"is_free": False, "price": {"fi": "5 €"}}],
    })  # fmt: skip


def _ical(chance: Random, number: int) -> str:
    starts = TODAY + timedelta(days=number % 200)
    rule = f"RRULE:FREQ=WEEKLY;COUNT={chance.randrange(4, 14)}\n" if number % 5 == 0 else ""
    said = _text(chance, 9).replace(",", "\\,")
    folded = "\n ".join(said[at : at + 70] for at in range(0, len(said), 70))
    return (
        f"BEGIN:VEVENT\nUID:{number}@kalenteri.example\nDTSTAMP:20261101T080000Z\nDTSTART;TZID=Europe/Helsinki:{starts:%Y%m%d}T180000\n"
        f"DTEND;TZID=Europe/Helsinki:{starts:%Y%m%d}T200000\n{rule}SUMMARY:{_name(chance, number).replace(',', chr(92) + ',')}\n"
        f"LOCATION:Talo {number % 9_000}\\, Kauppakatu {number % 90}\\, {chance.choice(_TOWNS)}\nDESCRIPTION:{folded}\n"
        f"CATEGORIES:{chance.choice(_NAMES)}\nURL:https://kalenteri.example/{number}\nEND:VEVENT\n"
    )


def _rss(chance: Random, number: int) -> str:
    day = TODAY + timedelta(days=number % 200)
    return (
        f"<item><title>{_name(chance, number)}</title><link>https://uutiset.example/{number}</link><guid>u{number}</guid>"
        f"<pubDate>Sun, 22 Nov 2026 08:00:00 +0200</pubDate><category>{chance.choice(_NAMES)}</category>"
        f"<description>{_text(chance, 3)}</description><content:encoded><![CDATA[<p>{_text(chance, 8)}</p>"
        f"<p>Paikka: Talo {number % 9_000}, {chance.choice(_TOWNS)}</p><p>Aika: {day.day}.{day.month}.{day.year} klo 18–20</p>"
        f"<p>{_text(chance, 8)}</p>]]></content:encoded></item>\n"
    )


def _gpx(chance: Random, number: int) -> str:
    lat, lon = _point(chance)
    corners = []
    for _ in range(300):
        lat, lon = lat + chance.uniform(-3e-4, 3e-4), lon + chance.uniform(-6e-4, 6e-4)
        corners.append(f'<trkpt lat="{lat:.6f}" lon="{lon:.6f}"><ele>{100 + lat:.1f}</ele></trkpt>')
    return f"<trk><name>{_name(chance, number)}</name><desc>{_text(chance, 5)}</desc><trkseg>{''.join(corners)}</trkseg></trk>\n"


def _geojson(chance: Random, number: int) -> str:
    lat, lon = _point(chance)
    properties = {"nimi": _name(chance, number), "kuvaus": _text(chance, 5), "tyyppi": chance.choice(_NAMES)}
    geometry: dict[str, Any] = {"type": "Point", "coordinates": [lon, lat]}
    if number % 2:
        corners = [[round(lon + chance.uniform(-6e-3, 6e-3), 6), round(lat + step * 1e-4, 6)] for step in range(120)]
        geometry = {"type": "LineString", "coordinates": corners}
    return _json({"type": "Feature", "id": number, "properties": properties, "geometry": geometry})


def _json(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False)


_FEED = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Uutiset</title>\n'
FORMATS = {
    "hsds": Format("hsds", "json", '{"contents": [', ",\n", "]}", _hsds),
    "linkedevents": Format("linkedevents", "json", '{"meta": {"next": null}, "data": [', ",\n", "]}", _linked),
    "rss": Format("rss", "xml", _FEED, "", "</channel></rss>", _rss),
    "gpx": Format("geo", "gpx", '<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">\n', "", "</gpx>", _gpx),
    "geojson": Format("geo", "geojson", '{"type": "FeatureCollection", "features": [', ",\n", "]}", _geojson),
    "ical": Format("ical", "ics", "BEGIN:VCALENDAR\nVERSION:2.0\n", "", "END:VCALENDAR\n", _ical),
}
