"""The conditions as chips: each is a link to the same question with that condition on or off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from mukana.directory.labels import ACCESS_FILTERS, DAYPARTS, FEATURES, FORMS, SERVICE_LANGUAGES
from mukana.directory.queries.here import municipality_name
from mukana.directory.words import term_name
from mukana.lib.dates import weekday_name
from mukana.lib.moments import WEEKDAYS
from mukana.search.asked import FEATURES as FEATURE_WORDS
from mukana.search.asked import LISTS, REMOTE, Asked

NEAR_KM = (2, 5, 10, 20, 50)
DEFAULT_KM = 10
DAYTIME = ("morning", "afternoon")
FACETS = {  # address word → the engine's facet
    "paiva": "weekday",
    "aika": "daypart",
    "muoto": "form",
    "esteeton": "accessibility",
    "kohde": "audience",
    "aihe": "topic",
    "kieli": "language",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """What `look/parts/chips.html` draws."""

    label: str | Promise
    url: str
    on: bool = False
    icon_name: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """A box to tick under "Lisää ehtoja"; `count` is how many there would be, None when not counted."""

    value: str
    label: str | Promise
    on: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Boxes that belong together; `name` is the address's word."""

    name: str
    label: str | Promise
    options: list[Option]


MOST_OPTIONS = 12
Name = Callable[[str], str | Promise]
Facets = dict[str, dict[str, int]]


def chips(asked: Asked, language: str, near: bool) -> list[Chip]:
    """The usual conditions, then every other one that is on.  `near`: distances can be counted."""
    usual = list(_usual(asked, near))
    return [*usual, *_others(asked, language)]


def groups(asked: Asked, facets: Facets, language: str) -> list[Group]:
    """Everything that can be asked, as boxes to tick, with counts where the engine gives them."""
    audiences = _most(facets.get("audience", {}), asked.audiences)
    topics = _most(facets.get("topic", {}), asked.topics)
    spoken = _most(facets.get("language", {}), asked.languages) or ["fi", "sv", "en"]
    found = [
        _group("paiva", _("Viikonpäivä"), WEEKDAYS, lambda code: weekday_name(code, language)),
        _group("aika", _("Kellonaika"), DAYPARTS, DAYPARTS.__getitem__),
        _group("muoto", _("Missä muodossa"), FORMS, lambda code: FORMS[code].word),
        _group("esteeton", _("Esteettömyys"), ACCESS_FILTERS, ACCESS_FILTERS.__getitem__),
        _group("kohde", _("Kenelle"), audiences, lambda code: term_name("audience", code, language)),
        _group("aihe", _("Aihe"), topics, lambda code: term_name("topic", code, language)),
        _group("kieli", _("Palvelun kieli"), spoken, lambda code: SERVICE_LANGUAGES.get(code, code)),
    ]
    return [_counted(group, asked, facets) for group in found if group.options]


def feature_options(asked: Asked, facets: Facets) -> list[Option]:
    """Boxes of features, each an address word of its own."""
    counts = facets.get("feature")
    return [Option(word, FEATURES[code].word, code in asked.features, _count(counts, code)) for word, code in FEATURE_WORDS.items()]


def _usual(asked: Asked, near: bool) -> Iterator[Chip]:
    if near:
        on = asked.km is not None
        label = _("Enintään %(km)s km") % {"km": asked.km or DEFAULT_KM}
        yield Chip(label, asked.but(km=None if on else DEFAULT_KM).query(), on)
    yield _field_chip(asked, "dayparts", DAYTIME, _("Päivällä"))
    yield Chip(_("Maksuton"), asked.but(free=not asked.free).query(), asked.free)
    yield _field_chip(asked, "accessibility", ("step_free",), _("Ei portaita"))
    yield _field_chip(asked, "features", ("ride",), _("Kyyti järjestyy"))
    yield _field_chip(asked, "features", ("may_watch",), _("Saa vain katsoa"))
    yield _field_chip(asked, "forms", REMOTE, _("Kotona tai etänä"))


def _field_chip(asked: Asked, field: str, codes: tuple[str, ...], label: str) -> Chip:
    return Chip(label, asked.toggled(field, codes).query(), all(code in getattr(asked, field) for code in codes))


def _others(asked: Asked, language: str) -> Iterator[Chip]:
    """Conditions that are on but have no chip of their own yet."""
    words: dict[str, dict[str, str | Promise]] = {
        "municipalities": {code: municipality_name(code, language) for code in asked.municipalities},
        "weekdays": {code: weekday_name(code, language) for code in asked.weekdays},
        "dayparts": {} if set(DAYTIME) <= set(asked.dayparts) else {code: DAYPARTS[code] for code in asked.dayparts},
        "audiences": {code: term_name("audience", code, language) for code in asked.audiences},
        "topics": {code: term_name("topic", code, language) for code in asked.topics},
        "accessibility": {code: ACCESS_FILTERS[code] for code in asked.accessibility if code != "step_free"},
        "features": {code: FEATURES[code].word for code in asked.features if code not in ("ride", "may_watch")},
        "forms": {} if set(REMOTE) <= set(asked.forms) else {code: FORMS[code].word for code in asked.forms},
        "languages": {code: SERVICE_LANGUAGES[code] for code in asked.languages},
    }
    for field, labels in words.items():
        for code, label in labels.items():
            yield Chip(label, asked.toggled(field, (code,)).query(), on=True)
    if asked.starts_from or asked.starts_until:
        yield Chip(_dates_label(asked), asked.but(starts_from=None, starts_until=None).query(), on=True)


def _dates_label(asked: Asked) -> str:
    first = f"{asked.starts_from.day}.{asked.starts_from.month}." if asked.starts_from else ""
    last = f"{asked.starts_until.day}.{asked.starts_until.month}." if asked.starts_until else ""
    return f"{first}–{last}"


def _group(name: str, label: str, codes: Iterable[str], name_of: Name) -> Group:
    return Group(name, label, [Option(code, name_of(code), on=False) for code in codes])


def _counted(group: Group, asked: Asked, facets: Facets) -> Group:
    """The group with what is on ticked, and with counts."""
    on = getattr(asked, LISTS[group.name])
    counts = facets.get(FACETS[group.name])
    options = [replace(option, on=option.value in on, count=_count(counts, option.value)) for option in group.options]
    return replace(group, options=options)


def _count(counts: dict[str, int] | None, code: str) -> int | None:
    return None if counts is None else counts.get(code, 0)


def _most(counts: dict[str, int], on: tuple[str, ...]) -> list[str]:
    """The most common codes and those that are on."""
    common = sorted((code for code in counts if counts[code]), key=lambda code: -counts[code])[:MOST_OPTIONS]
    return [*common, *(code for code in on if code not in common)]
