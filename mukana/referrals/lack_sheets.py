"""What was not to be had, as tables in words: places that receivers did not have, and what guidance did not find."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mukana.directory.terms import terms
from mukana.lib.suppression import ALL, Table
from mukana.referrals import labels
from mukana.referrals.queries.numbers import Released
from mukana.referrals.queries.unmet import NO_AREA, NO_TOPIC
from mukana.referrals.rules.numbers import Lack
from mukana.referrals.sheets import Sheet, number, week

Words = labels.Words
LISTED = 10
PLACES, SEARCHED = "puute", "kaivattu"  # asked of receivers, asked of guidance
_REASONS: Mapping[str, Words] = {
    PLACES: {**labels.DECLINE_REASONS, "silent": labels.RECALL_REASONS["silent"]},
    SEARCHED: {
        "distance": gettext_lazy("Oli liian kaukana"),
        "home": gettext_lazy("Olisi pitänyt lähteä kotoa"),
        "time": gettext_lazy("Oli muuhun aikaan"),
        "price": gettext_lazy("Maksoi"),
        "accessibility": gettext_lazy("Oli portaita tai hankala maasto"),
        "language": gettext_lazy("Oli muulla kielellä"),
        "company": gettext_lazy("Ei ollut ketään kaveriksi"),
        "digital": gettext_lazy("Olisi tarvittu nettiä tai laitetta"),
        "audience": gettext_lazy("Oli muille tarkoitettu"),
        "wish": gettext_lazy("Oli muuta kuin haluttiin"),
        "nothing": gettext_lazy("Ei ollut mitään siitä aiheesta"),
    },
}
_TITLES: Mapping[str, tuple[str | Promise, ...]] = {
    PLACES: (
        gettext_lazy("Miksi paikkaa ei ollut"),
        gettext_lazy("Millaista toimintaa puuttui"),
        gettext_lazy("Puuttuneet paikat viikoittain"),
    ),
    SEARCHED: (gettext_lazy("Mikä esti löytymästä"), gettext_lazy("Mitä kaivattiin"), gettext_lazy("Kaivattu viikoittain")),
}


def lack(told: Released, kind: str) -> Lack:
    """The counts of one kind."""
    return {PLACES: told.numbers.unmet, SEARCHED: told.numbers.lacked}[kind]


def all_sheets(told: Released, kind: str) -> list[Sheet]:
    """By area and reason, by area and topic, by week."""
    return [by_reason(told, kind), by_topic(told, kind), weeks(told, kind)]


def by_reason(told: Released, kind: str) -> Sheet:
    """By area and why."""
    return _by_area(told, f"{kind}-syy", str(_TITLES[kind][0]), _REASONS[kind], lack(told, kind).reasons, kind)


def by_topic(told: Released, kind: str) -> Sheet:
    """By area and what."""
    return _by_area(told, f"{kind}-aihe", str(_TITLES[kind][1]), subjects(), lack(told, kind).topics, kind)


def weeks(told: Released, kind: str) -> Sheet:
    """Week by week."""
    rows = tuple((week(monday), number(count)) for monday, count in lack(told, kind).weeks.items())
    return Sheet(f"{kind}-viikot", str(_TITLES[kind][2]), (_("Viikko"), _("Kertoja")), rows)


def reasons(told: Released, kind: str) -> list[tuple[str, int | None]]:
    """Why, in all areas together, the commonest first; what is not shown is last."""
    found = lack(told, kind).reasons
    rows = [(labels.said(_REASONS[kind], code), found.at(ALL, code)) for code in found.columns]
    return sorted(rows, key=lambda row: (-(row[1] or 0), row[0]))


def wanted(told: Released, kind: str) -> list[tuple[str, str, int]]:
    """What is missing where: (area, topic, how often), the commonest of those that tell both; the rest is in the tables."""
    found, words = lack(told, kind).topics, subjects()
    told_of = [(area, topic) for area in found.rows for topic in found.columns if area != NO_AREA and topic != NO_TOPIC]
    rows = [(area_words(told, area), labels.said(words, topic), found.at(area, topic) or 0) for area, topic in told_of]
    return sorted((row for row in rows if row[2]), key=lambda row: (-row[2], row[0], row[1]))[:LISTED]


def area_words(told: Released, area: str) -> str:
    """The municipality's name."""
    return _("Kuntaa ei kerrottu") if area == NO_AREA else told.areas.get(area, area)


def subjects() -> Mapping[str, str]:
    """Topics and needs in words."""
    return {term.code: term.labels["fi"] for term in terms() if term.scheme in ("topic", "need")} | {NO_TOPIC: _("Aihetta ei kerrottu")}


def _by_area(told: Released, key: str, title: str, words: Words | Mapping[str, str], found: Table, kind: str) -> Sheet:
    totals = lack(told, kind).reasons
    head = (_("Kunta"), *(labels.said(words, code) for code in found.columns), _("Yhteensä"))
    rows = [(area_words(told, area), *(number(found.at(area, code)) for code in (*found.columns, ALL))) for area in found.rows]
    last = (_("Kaikki"), *(number(found.at(ALL, code)) for code in found.columns), number(totals.at(ALL, ALL)))
    return Sheet(key, title, head, (*sorted(rows), last) if found.rows else ())
