"""What is said of corrected marks and of whether a companion came."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mukana.lib.clock import now
from mukana.lib.dates import when
from mukana.referrals.labels import said
from mukana.referrals.labels_meeting import OWN_WORDS, THEIR_WORDS
from mukana.referrals.models import Referral, Session, Support
from mukana.referrals.wording import ring, speaking_to


def came_already(session: Session) -> str:
    """For the call: another first session had been agreed before it was found out that the resident had come."""
    words = _("Kerro: merkintä korjattiin, ja asukas on jo käynyt ensimmäisen kerran. Sovittu aika %(when)s on tavallinen kerta.")
    return words % {"when": when(session.starts_at, None, now())}


def did_they_come(support: Support) -> str:
    """To a resident after a visit of which the companion has told nothing: gently, and nobody has to answer."""
    with speaking_to(support.placement.referral):
        assert support.starts_at is not None  # only visits that are over
        words = _("Tuliko saattaja mukaasi %(when)s? Vastaa K (tuli), E (ei tullut) tai P (en itse mennyt). Ei ole pakko vastata.")
        return words % {"when": when(support.starts_at, None, now(), language=get_language() or "fi")}


def thanks_company(case: Referral) -> str:
    """To a resident who told whether the companion came."""
    with speaking_to(case):
        return _("Kiitos, että kerroit. Jos haluat jutella, soita %(phone)s.") % {"phone": ring(case)}


def two_words(theirs: str, own: str) -> str:
    """For whoever keeps the companions: who has told what."""
    told = _("Asukas kertoi: %(own)s.") % {"own": _lower(said(OWN_WORDS, own))}
    if not theirs:
        return " ".join((told, _("Saattaja ei ole kertonut mitään. Kysy häneltä ja kirjaa, miten kävi.")))
    also = _("Saattaja kertoi: %(theirs)s.") % {"theirs": _lower(said(THEIR_WORDS, theirs))}
    return " ".join((told, also, _("Kysy molemmilta ja kirjaa, miten kävi. Kumpaakaan ei ole valittu.")))


def against_company() -> str:
    """For whoever keeps the companions: a corrected mark says that the resident was not there."""
    return _("Merkintä korjattiin: asukas ei ollut paikalla. Saattaja kertoi: olimme yhdessä. Kysy molemmilta ja kirjaa, miten kävi.")


def _lower(words: str) -> str:
    """The words inside a sentence."""
    return words[:1].lower() + words[1:]
