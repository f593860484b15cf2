"""Roles and permissions as data: each with the sentence a person reads; and what roles give over which things."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

PERMISSIONS: dict[str, str] = {
    "public": "Kaikki näkevät, myös ilman tunnusta.",
    "signed_in": "Jokainen, jolla on tunnus.",
    "desk.see": "Näkee työpöydän.",
    "sources.see": "Näkee, mistä tiedot tulevat ja milloin ne on haettu.",
    "sources.import": "Tuo tietoja taulukosta ja korjaa sarakkeiden selitykset.",
    "sources.schedule": "Päättää, milloin tiedot haetaan lähteistä.",
    "lexicon.edit": "Muuttaa haun sanastoa.",
    "feedback.answer": "Lukee palautteet ja vastaa niihin.",
    "entries.edit": "Muokkaa oman järjestönsä tietoja.",
    "entries.edit_all": "Muokkaa kaikkien järjestäjien tietoja.",
    "entries.confirm": "Vahvistaa, että tiedot pitävät paikkansa.",
    "proposals.decide": "Hyväksyy tai hylkää ehdotetut muutokset.",
    "duplicates.decide": "Ratkaisee, onko kaksi tietoa sama asia.",
    "organisations.move": "Siirtää tietoja järjestäjältä toiselle.",
    "outbox.see": "Näkee lähteneet viestit ja sen, menivätkö ne perille.",
    "alerts.see": "Näkee hakuvahdit ja niiden lähetykset.",
    "guidance.guide": "Hakee asiakkaalle ehdotuksia ja antaa ne mukaan.",
    "guidance.manage": "Tekee yksiköille opastuslinkkejä ja näkee, kuinka usein on opastettu.",
    "referrals.refer": "Tekee hyvinvointilähetteitä ja näkee, miten omat lähetteet etenevät.",
    "referrals.work": "Hoitaa itselleen annettuja ja oman alueensa hyvinvointilähetteitä.",
    "referrals.coordinate": "Ottaa alueensa lähetteet vastaan, valitsee linkkihenkilön ja sopii sijaisista.",
    "referrals.companions": "Pitää saattajarekisteriä ja pyytää saattajia mukaan.",
    "referrals.glass": "Avaa asukkaan yhteystiedot tunniksi, kun henki on vaarassa.",
    "referrals.review": "Tarkastaa hätäavaukset.",
    "referrals.numbers": "Näkee lähetteiden luvut, ei ihmisiä.",
    "embeds.manage": "Tekee luetteloita muiden sivuille upotettaviksi.",
    "themes.edit": "Muuttaa organisaation värejä ja logoa.",
    "act.on_behalf": "Toimii järjestön tai sen henkilön puolesta, kun nämä eivät itse pääse koneelle.",
    "people.manage": "Lisää käyttäjiä ja muuttaa heidän roolejaan.",
    "audit.see": "Näkee, kuka on katsonut ja muuttanut tietoja.",
    "jobs.see": "Näkee, miten taustatyöt onnistuvat, ja pyytää yrittämään niitä uudelleen.",
    "retention.run": "Poistaa tiedot, joiden säilytysaika on päättynyt.",
}

ROLES: dict[str, tuple[str, tuple[str, ...]]] = {
    "coordinator": (
        "Hyvinvointikoordinaattori",
        (
            "desk.see", "sources.see", "sources.import", "sources.schedule", "lexicon.edit", "feedback.answer",
            "entries.edit", "entries.edit_all", "entries.confirm", "proposals.decide", "duplicates.decide",
            "organisations.move", "outbox.see", "alerts.see", "embeds.manage", "themes.edit", "act.on_behalf",
            "guidance.guide", "guidance.manage", "referrals.refer", "referrals.numbers",
        ),
    ),
    "link_worker": (
        "Linkkihenkilö",
        (
            "desk.see", "guidance.guide", "sources.see", "entries.confirm", "act.on_behalf",
            "referrals.refer", "referrals.work", "referrals.glass",
        ),
    ),
    "referral_coordinator": (
        "Koordinoiva linkkihenkilö",
        (
            "desk.see", "guidance.guide", "sources.see", "feedback.answer", "entries.confirm", "act.on_behalf", "outbox.see",
            "referrals.refer", "referrals.work", "referrals.coordinate", "referrals.companions", "referrals.glass", "referrals.numbers",
        ),
    ),
    "professional": ("Ammattilainen", ("desk.see", "guidance.guide", "referrals.refer")),
    "companion_coordinator": ("Saattajien koordinaattori", ("desk.see", "referrals.companions")),
    "on_call": ("Päivystäjä", ("desk.see", "referrals.glass")),
    "organiser": ("Järjestäjä", ("desk.see", "entries.edit", "entries.confirm")),
    "instructor": ("Ohjaaja", ("desk.see", "entries.edit", "entries.confirm")),
    "supervisor": ("Esihenkilö", ("desk.see", "sources.see", "referrals.numbers")),
    "evaluator": ("Arvioija", ("desk.see", "referrals.numbers")),
    "it": (
        "Pääkäyttäjä",
        (
            "desk.see", "sources.see", "sources.import", "sources.schedule", "lexicon.edit", "outbox.see", "alerts.see",
            "embeds.manage", "themes.edit", "people.manage", "audit.see", "jobs.see",
        ),
    ),
    "data_protection": ("Tietosuojavastaava", ("desk.see", "audit.see", "retention.run", "referrals.review")),
}  # fmt: skip

# What belongs to the whole site: a role in one organisation does not open it.
SITE_WIDE = frozenset(
    {
        "sources.import", "sources.schedule", "lexicon.edit", "feedback.answer", "entries.edit_all", "duplicates.decide",
        "organisations.move", "outbox.see", "alerts.see", "guidance.manage", "audit.see", "retention.run", "jobs.see",
        "referrals.glass", "referrals.review",
    }
)  # fmt: skip

# Roles that mean something only in an organisation: without one they reach no thing.
OF_ORGANISATION = frozenset({"organiser", "instructor"})

# A permission that another one contains.
CONTAINED_IN = {"entries.edit": "entries.edit_all"}


@dataclass(frozen=True, slots=True)
class Hold:
    """A role held in one organisation (its id) or, with None, in the whole region."""

    role: str
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Acting:
    """Whom somebody acts for: `thing` as audit writes it, the name, and the roles that come with it."""

    thing: str
    name: str
    holds: tuple[Hold, ...]
    end_url_name: str = "act_for_end"


def granted(roles: set[str]) -> frozenset[str]:
    """Every permission that the roles together give."""
    return frozenset(permission for role in roles if role in ROLES for permission in ROLES[role][1])


def allowed(permission: str, holds: Iterable[Hold], owners: frozenset[str] | None = None) -> bool:
    """Do these roles give the permission?

    `owners` is None when no thing is named ("may this person do it to something?"), else the ids
    of the organisation that owns the thing and of those above it; empty when nobody owns the thing.
    """
    wider = CONTAINED_IN.get(permission)
    return any(_gives(hold, permission, owners) or (wider is not None and _gives(hold, wider, owners)) for hold in holds)


def _gives(hold: Hold, permission: str, owners: frozenset[str] | None) -> bool:
    if permission not in granted({hold.role}):
        return False
    if hold.organisation is not None:
        return permission not in SITE_WIDE and (owners is None or hold.organisation in owners)
    return owners is None or hold.role not in OF_ORGANISATION


BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
    ("Windows", "Windows"), ("Mac OS", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def device_name(user_agent: str) -> str:
    """A browser's own long name in two words ("Firefox, Windows"); "" when nothing is recognised."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return ", ".join(filter(None, (browser, system)))
