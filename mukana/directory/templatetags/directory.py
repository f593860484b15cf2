"""Tags of everything that shows entries: `{% load directory %}`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mukana.directory import labels, words
from mukana.directory.models import Entry, SourceRow
from mukana.directory.queries.entry import EntryPage
from mukana.directory.queries.freshness import freshness_of
from mukana.directory.queries.rows import Row
from mukana.directory.queries.sources import credit_of, licence_of
from mukana.lib.clock import today
from mukana.lib.dates import NBSP, day, weekday_name
from mukana.lib.moments import as_local
from mukana.lib.phones import unbroken
from mukana.lib.text import first_sentences
from mukana.lib.urls import safe_url
from mukana.lib.words import money, number
from mukana.organisations.models import Municipality, Organisation
from mukana.organisations.reference import MunicipalityFacts

register = template.Library()


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of `look/parts/facts.html`."""

    term: str | Promise
    text: str | Promise
    icon_name: str


@register.filter
def price(entry: Entry) -> str:
    """ "Maksuton", "3 €", "Maksullinen"; "" when nobody has told."""
    language = get_language() or "fi"
    if entry.price_kind == "free":
        return money(0, language)
    if entry.price_kind == "paid":
        return money(entry.price_cents, language) if entry.price_cents else _("Maksullinen")
    return ""


@register.filter
def price_beside(entry: Entry, note: object) -> str:
    """The price, "" when the note beside it says the same amount."""
    cost = price(entry)
    plain = str(note or "").replace(NBSP, " ").replace(".", ",")
    amount = cost.replace(NBSP, " ").strip(" €").replace(".", ",")
    whole, cents = divmod(entry.price_cents or 0, 100)
    spoken = f"{whole} euroa {cents} senttiä" if cents else f"{whole} euroa"
    return "" if cost and (amount in plain or (whole and spoken in plain)) else cost


@register.filter
def examples(rows: Iterable[Any]) -> str:
    """ "all", "some" or "": is the list's supply invented?  `rows` are rows, or results that carry one."""
    invented = [getattr(row, "row", row).entry.fictitious for row in rows]
    return "" if not any(invented) else "all" if all(invented) else "some"


@register.filter
def registration(entry: Entry) -> str | Promise:
    """Must one sign up, in a sentence."""
    if "no_registration" in entry.features and entry.registration == "unknown":
        return labels.REGISTRATION["none"]
    return labels.REGISTRATION[entry.registration]


@register.filter
def form_label(code: str) -> labels.Label:
    """The word, meaning and icon of a form."""
    return labels.FORMS[code]


@register.filter
def weekday(code: str) -> str:
    """ "keskiviikko" of "wed"."""
    return weekday_name(code, get_language() or "fi")


@register.filter
def term(code: str, scheme: str) -> str:
    """The name of a topic, an audience or a need: `{{ code|term:"topic" }}`."""
    return words.term_name(scheme, code, get_language() or "fi")


@register.filter
def topic_icon(code: str) -> str:
    """The icon of a need's tile."""
    return labels.NEED_ICONS[code]


@register.filter
def service_language(code: str) -> str | Promise:
    """The name of a language people are served in; the code itself for a rare one."""
    return labels.SERVICE_LANGUAGES.get(code, code)


@register.filter
def text_version(code: str) -> str | Promise:
    """ "På svenska" of "sv", "Selkokielellä" of "fi-x-selko"."""
    return labels.TEXT_VERSIONS.get(code, code)


@register.filter
def access_facts(states: dict[str, str]) -> list[Fact]:
    """What is known of doors, toilets, hearing …, in words."""
    return [
        Fact(label.word, labels.STATES[profile].get(states[profile], labels.UNKNOWN), label.icon)
        for profile, label in labels.PROFILES.items()
        if states.get(profile)
    ]


@register.filter
def feature_facts(features: list[str]) -> list[Fact]:
    """What the features mean for the one who comes."""
    return [Fact(label.word, label.meaning, label.icon) for code, label in labels.FEATURES.items() if code in features]


@register.filter
def age_range(entry: Entry) -> str:
    """ "yli 65-vuotiaille", "7–12-vuotiaille"; "" when for everybody."""
    low, high = entry.age_min, entry.age_max
    if low and high:
        return _("%(low)s–%(high)s-vuotiaille") % {"low": low, "high": high}
    if low:
        return _("%(low)s vuotta täyttäneille") % {"low": low}
    return _("enintään %(high)s-vuotiaille") % {"high": high} if high else ""


@register.filter
def length_km(metres: Any) -> str:
    """ "900 m", "2,4 km" of a route's metres."""
    if not isinstance(metres, int | float) or metres <= 0:
        return ""
    if metres < 1000:
        return f"{round(metres)}\u00a0m"
    kilometres = f"{metres / 1000:.1f}".removesuffix(".0")
    return f"{kilometres if get_language() == 'en' else kilometres.replace('.', ',')}\u00a0km"


@register.filter
def grouped(value: int) -> str:
    """1234 → "1 234"."""
    return number(value, get_language() or "fi")


@register.filter
def credit(row: SourceRow) -> SafeString:
    """A credit line with the licence in brackets."""
    licence = licence_of(row)
    return format_html("{} ({})", credit_of(row), licence) if licence else format_html("{}", credit_of(row))


@register.filter
def credits(rows: list[SourceRow]) -> list[SafeString]:
    """Each credit line once."""
    return list(dict.fromkeys(credit(row) for row in rows))


@register.filter
def day_of_hours(row: dict[str, str]) -> str:
    """ "maanantai 10.00–18.00" of a place's opening hours."""
    code = row.get("day", "")
    name = weekday(code) if code in ("mon", "tue", "wed", "thu", "fri", "sat", "sun") else code
    times = "–".join(part for part in (row.get("opens", ""), row.get("closes", "")) if part)
    return f"{name} {times}".strip() if times else ": ".join((name, _("suljettu")))


@register.filter
def town(municipality: Municipality | MunicipalityFacts | None) -> str:
    """A municipality's name in the reader's language; "" for none."""
    if municipality is None:
        return ""
    return municipality.name_sv if get_language() == "sv" else municipality.name_fi


@register.simple_tag
def town_of(row: Row) -> str:
    """The place's municipality when it is not said by the place's name."""
    entry = row.entry
    place = row.place
    if place is not None and place.municipality is not None:
        name = town(place.municipality)
        return "" if str(place).endswith(f", {name}") else name
    if entry.municipality is not None:
        return town(entry.municipality)
    return entry.municipality_text


@register.filter
def organisation_kind(organisation: Organisation) -> str | Promise:
    """ "Yhdistys", "Kunta" …"""
    return labels.ORGANISATION_KINDS[organisation.kind]


@register.filter
def feedback_topic(code: str) -> str | Promise:
    """What a visitor's word is about."""
    return labels.FEEDBACK_TOPICS[code]


@register.filter
def safe_link(url: str | None) -> str:
    """An address that is safe to follow: http or https only; "" for anything else."""
    return safe_url(url)


@register.filter
def sentences(words: str, limit: int) -> str:
    """The first whole sentences that fit."""
    return unbroken(first_sentences(words, limit))


@register.filter
def dot(value: float) -> str:
    """A coordinate with a point, in every language."""
    return f"{value:.5f}"


@register.filter
def all_facts(entry: Entry, page: EntryPage) -> list[Fact]:
    """What a video or a route is like, doors and rooms, for whom and in which language."""
    return [*media_facts(entry.media), *access_facts(page.accessibility), *_for_whom(entry, page)]


def media_facts(media: dict[str, Any]) -> list[Fact]:
    """Length, level and position of a video; length and marking of a route."""
    minutes, metres = media.get("minutes"), length_km(media.get("length_m"))
    length = ", ".join(part for part in (metres, _("%(minutes)s min") % {"minutes": minutes} if minutes else "") if part)
    found = [Fact(_("Kesto"), length, "clock") if not metres else Fact(_("Pituus"), length, "path")] if length else []
    named = (("level", _("Taso"), "person-simple-walk"), ("position", _("Asento"), "chair"), ("marking", _("Merkintä"), "path"))
    for key, word, icon in named:
        value = str(media.get(key) or "")
        if value:
            found.append(Fact(word, labels.MEDIA_WORDS.get(value, value), icon))
    if media.get("captions"):
        found.append(Fact(_("Tekstitys"), _("Videossa on tekstitys."), "ear"))
    return found


def _for_whom(entry: Entry, page: EntryPage) -> list[Fact]:
    language = get_language() or "fi"
    people = [words.term_name("audience", code, language) for code in page.audiences]
    ages = age_range(entry)
    found = [Fact(_("Kenelle"), ", ".join([*people, *([ages] if ages else [])]), "users")] if people or ages else []
    if entry.languages:
        spoken = ", ".join(str(labels.SERVICE_LANGUAGES.get(code, code)) for code in entry.languages)
        found.append(Fact(_("Kieli"), spoken, "chat-circle-text"))
    return found


@register.filter
def unconfirmed(entry: Entry) -> bool:
    """Has nobody confirmed in nine months what its organiser tells?"""
    return freshness_of(entry, today(), today()).is_late


@register.filter
def weekday_short(moment: datetime) -> str:
    """ "ti" of a moment."""
    return _day_parts(moment)[0]


@register.filter
def day_number(moment: datetime) -> str:
    """ "24.11." of a moment."""
    return _day_parts(moment)[1]


def _day_parts(moment: datetime) -> tuple[str, str]:
    name, _space, number = day(as_local(moment).date(), today(), get_language() or "fi").partition(NBSP)
    return name, number
