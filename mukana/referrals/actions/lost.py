"""A message about a case did not arrive: somebody rings, or writes a letter, so that nothing stays unsaid."""

from __future__ import annotations

import re
from uuid import UUID

from mukana.lib.clock import now
from mukana.outbox.rules import Lost
from mukana.referrals import wording
from mukana.referrals.actions.errands import ask
from mukana.referrals.models import Companion, Letter, Placement, Referral
from mukana.referrals.queries.seeing import reach_of
from mukana.referrals.queries.texting import companions_of
from mukana.referrals.rules import placements, sessions
from mukana.referrals.rules.clocks import wd
from mukana.referrals.rules.codes import COMPANIONS
from mukana.referrals.rules.reaching import CALL, LETTER, usable
from mukana.upkeep.queries.contact import contact_of

ABOUT = "referrals.Referral:"
_LINK = re.compile(r"(?:[^.!?]*:)?\s*https?://\S+")  # with the words that lead to it: nobody reads an address aloud


def hear_lost(event: Lost) -> None:
    """The outbox tells: whoever was to be told is told in another way.  An ended case asks nobody for anything."""
    if not event.about.startswith(ABOUT) or event.kind not in _DOING:
        return
    case = Referral.objects.select_related("resident").filter(pk=UUID(event.about.removeprefix(ABOUT))).first()
    if case is not None and case.open:
        _DOING[event.kind](case, event)


def _resident(case: Referral, event: Lost) -> None:
    """By a call where that is safe, else by a letter, else when they meet."""
    left = [way for way in usable(reach_of(case.resident)) if way != event.channel]
    said = _LINK.sub("", event.text) or _session_words(case)
    words = wording.not_arrived(said, unknown=event.unknown)
    if CALL in left:
        ask("ring_resident", case, words=words, limit=wd(1))
    elif LETTER in left and said:
        Letter.objects.create(referral=case, kind="again", text=said, made_at=now())
        ask("post_letter", case, words=said, limit=wd(1))
    else:
        ask("talk", case, words=words, limit=wd(1))


def _session_words(case: Referral) -> str:
    """The words are erased when a message has left: what is agreed now is what has to be said."""
    planned = case.placements.filter(sessions__state=sessions.PLANNED)
    rows = (one.sessions.select_related("placement__referral__resident").get(state=sessions.PLANNED) for one in planned)
    return " ".join(wording.first_session(row) for row in rows)


def _receiver(case: Referral, event: Lost) -> None:
    asked = case.placements.filter(state__in=sorted(placements.LIVE)).select_related("entry__organisation").order_by("-requested_at")
    whose = next((one for one in asked if _is_to(one, event.to)), None)
    ask("ring_receiver", case, whose, words=wording.not_arrived(_LINK.sub("", event.text), unknown=event.unknown), limit=wd(1))


def _is_to(placement: Placement, to: str) -> bool:
    contact = contact_of(placement.entry) if placement.entry else None
    return contact is not None and bool(to) and to in (contact.email, contact.number)


def _companion(case: Referral, event: Lost) -> None:
    person = Companion.objects.filter(pk__in=companions_of(event.to)).first()
    words = wording.not_arrived(_LINK.sub("", event.text), unknown=event.unknown)
    ask("find_companion", case, words=wording.ring_companion(person, words) if person else words, queue=COMPANIONS, limit=wd(0))


_DOING = {
    "referrals.resident": _resident,
    "referrals.offer": _receiver,
    "referrals.receiver": _receiver,
    "referrals.companion": _companion,
}
