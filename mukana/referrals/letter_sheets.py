"""What letters and the resident's printed page say, as sheets of paper: name, number, reference and what comes next."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mukana.formats.paper import Call, Letter, Part
from mukana.lib.clock import now, today
from mukana.lib.dates import day, when
from mukana.lib.phones import unbroken
from mukana.referrals import wording
from mukana.referrals.labels import FIELD_GROUPS, PERMISSIONS, listed, said
from mukana.referrals.models import Letter as Written
from mukana.referrals.models import Permission, Referral, Session
from mukana.referrals.own_words import LETTERS
from mukana.referrals.queries.own import agreed, looked, told
from mukana.referrals.queries.standing import place_words, standing
from mukana.referrals.queries.there import there_of
from mukana.referrals.rules.sessions import PLANNED

AUTHOR = "Mukana"


def letter_sheet(letter: Written) -> Letter:
    """One letter to a resident, in the resident's language."""
    case = letter.referral
    with wording.speaking_to(case):
        session = _session_of(letter)
        return Letter(
            language=wording.language_of(case),
            title=_title(letter, session),
            paragraphs=(_greeting(case), _("Tapaaminen on sovittu näin:") if session else letter.text),
            address=_window(case),
            place=str(settings.SITE_REGION),
            side=_side(case),
            facts=_session_facts(session) if session else (),
            call=_call(case),
            parts=(*(() if session else (_next(case),)), *_who_knows(case)),
            foot=_foot(case),
        )


def own_sheet(case: Referral) -> Letter:
    """The resident's own page on paper, for those who do not use the net."""
    with wording.speaking_to(case):
        stands = standing(case)
        return Letter(
            language=wording.language_of(case),
            title=stands.title,
            paragraphs=(_greeting(case), stands.sentence),
            address=_window(case),
            place=str(settings.SITE_REGION),
            side=_side(case),
            call=_call(case),
            parts=(*_places(case), *_who_knows(case), *_who_looked(case), *_permissions(case), _rights(case)),
            foot=_foot(case),
        )


def _greeting(case: Referral) -> str:
    return _("Hei %(name)s,") % {"name": case.resident.name}


def _window(case: Referral) -> tuple[str, ...]:
    """The address; of a protected person there is none, the paper is handed over."""
    address = case.resident.address or {}
    if not address:
        return (case.resident.name,)
    town = " ".join(filter(None, (address.get("postal_code", ""), address.get("city", "").upper())))
    return tuple(line for line in (case.resident.name, address.get("street", ""), town) if line)


def _side(case: Referral) -> tuple[str, ...]:
    return tuple(filter(None, (day_words(), _worker(case))))


def day_words() -> str:
    """Today with its year, as letters are dated."""
    return f"{today().day}.{today().month}.{today().year}"


def _worker(case: Referral) -> str:
    return _("%(name)s, linkkihenkilö") % {"name": case.link_worker} if case.link_worker else ""


def _call(case: Referral) -> Call | None:
    phone = wording.ring(case)
    if not phone:
        return None
    before = _("Kysyttävää tai muutoksia? Soita: %(who)s") % {"who": _worker(case) or _("linkkihenkilö")}
    return Call(before, unbroken(phone), _("Kerro tunnus %(reference)s.") % {"reference": wording.spoken(case.reference)})


def _foot(case: Referral) -> tuple[str, str]:
    reference = _("Lähetteen tunnus %(reference)s") % {"reference": wording.spoken(case.reference)}
    return reference, _("Hätätilanteessa soita 112")


def _session_of(letter: Written) -> Session | None:
    """The agreed first session, when it is the very one the letter tells of: a later letter tells of another."""
    rows = Session.objects.filter(placement__referral=letter.referral, state=PLANNED).select_related("placement__referral")
    return next((row for row in rows if wording.first_session(row) == letter.text), None)


def _title(letter: Written, session: Session | None) -> str:
    if session is None:
        return said(LETTERS, letter.kind) if letter.kind in LETTERS else _("Viesti sinulle")
    return _("Ensimmäinen kertasi on %(when)s") % {"when": _when(session)}


def _session_facts(session: Session, *, titled: bool = False) -> tuple[tuple[str, str], ...]:
    """When the heading is the place's name, the time stands here; else the heading is the time."""
    there = there_of(session)
    rows = (
        (_("Milloin"), _when(session)) if titled else (_("Mihin"), session.placement.entry_name),
        (_("Missä"), session.place),
        (_("Osoite"), there.address),
        (_("Perille"), there.way),
        (_("Hinta"), there.price),
        (_("Kuka on vastassa"), session.host),
        (_("Mitä mukaan"), session.bring),
    )
    return tuple((name, words) for name, words in rows if words)


def _when(session: Session) -> str:
    return when(session.starts_at, session.ends_at, now(), language=get_language() or "fi")


def _next(case: Referral) -> Part:
    return Part(_("Mitä seuraavaksi"), (standing(case).sentence,))


def _places(case: Referral) -> tuple[Part, ...]:
    parts = []
    for one in agreed(case):
        facts = _session_facts(one.session, titled=True) if one.session else ()
        words = [place_words(one.placement, case), _("Saattaja tulee mukaasi.") if one.companion else ""]
        parts.append(Part(one.placement.entry_name, tuple(filter(None, words)), facts))
    return tuple(parts)


def _who_knows(case: Referral) -> tuple[Part, ...]:
    known: dict[str, list[str]] = {}
    for one in told(case):
        known.setdefault(one.whom, []).append(f"{one.what} ({_day(one.at)})")
    rows = [f"{whom}: {'; '.join(what)}." for whom, what in known.items()]
    none = _("Emme ole kertoneet sinusta kenellekään.")
    return (Part(_("Mitä kerroimme ja kenelle"), tuple(rows) or (none,)),)


def _who_looked(case: Referral) -> tuple[Part, ...]:
    rows = [f"{day(one.on, today(), get_language() or 'fi')}: {one.who}: {one.why}" for one in looked(case.resident)[:20]]
    return (Part(_("Kuka on katsonut tietojasi"), tuple(rows)),) if rows else ()


def _permissions(case: Referral) -> tuple[Part, ...]:
    rows = [permission_words(one) for one in case.permissions.filter(withdrawn_at=None).select_related("entry")]
    return (Part(_("Luvat, jotka olet antanut"), tuple(rows)),) if rows else ()


def permission_words(one: Permission) -> str:
    """One permission in words: what for, to whom, which facts."""
    head = said(PERMISSIONS, one.kind)
    to = f": {one.entry}" if one.entry else ""
    return f"{head}{to}" + (f" ({listed(FIELD_GROUPS, tuple(one.groups))})" if one.groups else "")


def _rights(case: Referral) -> Part:
    words = _("Voit perua luvan tai koko lähetteen milloin vain. Soita %(phone)s ja kerro tunnus. Syytä ei tarvitse kertoa.")
    return Part(_("Sinä päätät"), (words % {"phone": wording.ring(case)},))


def _day(moment: datetime) -> str:
    return day(moment.date(), today(), get_language() or "fi")
