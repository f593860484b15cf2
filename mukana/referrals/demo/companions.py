"""The invented register of those who come along: six people, one with old papers, and five models of organisations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from mukana.lib.clock import today
from mukana.lib.geo import haversine_km
from mukana.organisations.models import Municipality
from mukana.referrals.actions.registering import keep
from mukana.referrals.rules.matching import Slot

WEEK = ("mon", "tue", "wed", "thu", "fri")
PEOPLE: tuple[tuple[str, str, str, tuple[str, ...], tuple[str, ...], int], ...] = (
    # name, phone, gender, languages, skills, vetted days ago
    ("Kaarina Hämäläinen", "050 000 1301", "woman", ("fi", "sv"), ("walker", "hearing"), 200),
    ("Seppo Miettinen", "050 000 1302", "man", ("fi",), ("walker", "ride"), 400),
    ("Leila Rahimi", "050 000 1303", "woman", ("fi", "en"), ("calm",), 90),
    ("Juhani Koskela", "050 000 1304", "man", ("fi",), ("wheelchair", "ride"), 700),
    ("Anna-Liisa Ahonen", "050 000 1305", "woman", ("fi",), ("vision", "calm"), 30),
    ("Tapio Leskinen", "050 000 1306", "man", ("fi",), ("walker",), 1200),  # the vetting is over
)
MODELS: tuple[tuple[str, str, str, int, int], ...] = (  # kind, title, conditions, cents, days of waiting
    ("friend_visitors", "Ystävätoiminnan saattajat", "Vapaaehtoinen ystävä lähtee mukaan ensimmäisille kerroille.", 0, 7),
    ("sport_companions", "Liikuntakaverit", "Liikuntakaveri tulee mukaan kolmelle ensimmäiselle kerralle.", 0, 5),
    ("culture_companions", "Kulttuurikaverit", "Kulttuurikaveri pääsee maksutta mukaan teatteriin ja museoon.", 0, 5),
    ("village_ride", "Kyläkyyti", "Kyyti kotiovelta perille ja takaisin. Tilaa viimeistään edellisenä päivänä.", 400, 1),
    ("home_care_escorts", "Kotihoidon ulkoilusaattajat", "Kotihoidon asiakkaille. Saattaja auttaa myös pukeutumisessa.", 0, 10),
)


def fill(home: Municipality, towns: Sequence[Municipality], by: str) -> None:
    """Everybody into the register: people help at home and in the nearest towns, organisations in a few more."""
    day, near = today(), sorted(towns, key=lambda town: _apart(home, town))
    for place, (name, phone, gender, languages, skills, ago) in enumerate(PEOPLE):
        facts = {
            "kind": "person", "name": name, "phone": phone, "gender": gender, "languages": list(languages), "skills": list(skills),
            "home": near[place % min(2, len(near))], "vetted_on": day - timedelta(days=ago), "pledged_on": day - timedelta(days=ago),
            "most": 2,
        }  # fmt: skip
        slots = [] if place % 2 else [Slot(one, 8, 18) for one in WEEK]
        keep(None, facts, areas=near[: 2 + place % 2], own=towns, slots=slots, by=by)
    for place, (kind, title, conditions, price, wait) in enumerate(MODELS):
        facts = {
            "kind": kind, "title": title, "phone": f"05 000 13{place + 10}", "languages": ["fi"], "skills": ["walker"],
            "conditions": conditions, "price_cents": price, "wait_days": wait,
        }  # fmt: skip
        keep(None, facts, areas=near[: 3 + 2 * place], own=towns, slots=[], by=by)


def _apart(one: Municipality, other: Municipality) -> float:
    """Kilometres from centre to centre; towns whose place is not known come last."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 0.0 if one == other else float("inf")
    return haversine_km(one.lat, one.lon, other.lat, other.lon)
