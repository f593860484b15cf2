"""An event of a case in words: what happened, why, by whom, by what channel."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mukana.referrals import labels
from mukana.referrals.labels import Words, said
from mukana.referrals.labels_meeting import BY_DIRECTORY, CALL_OFF, OWN_WORDS, THEIR_WORDS
from mukana.referrals.queries.story import Event

_STATES: dict[str, Words] = {
    "case": labels.CASE, "placement": labels.PLACEMENT, "session": labels.SESSION, "support": labels.SUPPORT, "attempt": labels.ATTEMPTS,
}  # fmt: skip
_OF_CASE: dict[str, Words] = {
    "closed": labels.OUTCOMES, "paused": labels.PAUSE_REASONS, "cancelled": labels.CANCEL_REASONS, "entered_in_error": labels.ERROR_REASONS,
    "sent": labels.REDIRECT_REASONS,
}  # fmt: skip
_OF_PLACEMENT: dict[str, Words] = {
    "declined": labels.DECLINE_REASONS, "recalled": labels.RECALL_REASONS, "ended": labels.END_REASONS,
    "session_cancelled": {**labels.DECLINE_REASONS, **CALL_OFF, **BY_DIRECTORY, "excused": labels.SESSION["excused"]},
}  # fmt: skip


def what(event: Event) -> str:
    """What happened, without who."""
    if event.kind == "attempt":
        return _("Yhteydenotto: %(result)s") % {"result": lower(said(labels.ATTEMPTS, event.target))}
    redirected = event.kind == "case" and event.target == "sent" and event.reason in labels.REDIRECT_REASONS
    again = event.kind == "support" and event.target == "accompanied" and event.role != "system" and not event.reason
    if event.source == event.target and not (redirected or again):
        return _still(event)
    if redirected:
        head = _("Siirretty toiselle alueelle")
    else:
        head = said(_STATES.get(event.kind, {}), event.target)
    why = reason(event)
    body = f"{head}: {lower(why)}" if why else head
    return f"{event.about}: {lower(body)}" if event.about else body


def by_whom(event: Event) -> str:
    """Whose decision it was, who wrote it down and by what channel."""
    if event.role == "system":
        return _("kello")
    whose = said(labels.ROLES, event.role)
    staff = event.role in ("link_worker", "coordinator", "companions")
    names = [event.who] if staff and event.who else [whose]
    if not staff and event.who:
        names.append(_("kirjasi %(name)s") % {"name": event.who})
    if event.channel not in ("screen", "system"):
        names.append(said(labels.CHANNELS, event.channel))
    return ", ".join(names)


def reason(event: Event) -> str:
    """The reason in words; "" when there is none."""
    if event.reason in labels.MARK_REASONS:
        why = lower(said(labels.MARK_REASONS, event.reason))
        if event.kind != "session":
            return _("merkintä korjattiin, %(why)s") % {"why": why}
        was = lower(said(labels.SESSION, event.source))
        return _("merkintä korjattiin (aiemmin: %(was)s), %(why)s") % {"was": was, "why": why}
    table = {"case": _OF_CASE, "placement": _OF_PLACEMENT}.get(event.kind, {})
    return said(table[event.target], event.reason) if event.reason and event.target in table else ""


def lower(words: str) -> str:
    """Inside a sentence."""
    return words[:1].lower() + words[1:]


def _still(event: Event) -> str:
    """What the clock, or somebody, did without moving anything."""
    act, _colon, to = event.reason.partition(":")
    if act in labels.MARK_REASONS:
        head = _("Myöhemmän kerran merkintää korjattiin: %(why)s") % {"why": lower(said(labels.MARK_REASONS, act))}
        return f"{event.about}: {lower(head)}" if event.about else head
    head = {
        "remind": _("Muistutus: aika alkaa loppua"),
        "tell": _("Kerrottu myös: %(to)s") % {"to": said(labels.ROLES, to)},
        "escalate": _("Vuoro siirtyi: %(to)s") % {"to": said(labels.ROLES, to)},
        "errand": _("Tehtävä: %(to)s") % {"to": lower(said(labels.ERRANDS, to))},
        "wake": _("Tauko päättyy pian"),
        "error_asked": _("Pyydetty merkittäväksi vahingossa tehdyksi: %(to)s") % {"to": lower(said(labels.ERROR_REASONS, to))},
        "error_kept": _("Ei ollut vahinko: lähete jatkuu"),
        "again": _("Seuraava yhteinen kerta on sovittu"),
        "moved": _("Järjestäjä siirsi ensimmäisen kerran"),
        "own_asked": _("Asukkaalta kysyttiin, tuliko saattaja mukaan"),
        "decided": _("Saattajan mukanaolo selvitettiin"),
        **{f"own_{word}": _("Asukas kertoi: %(word)s") % {"word": lower(said(OWN_WORDS, word))} for word in OWN_WORDS},
        **{word: _("Saattaja kertoi: %(word)s") % {"word": lower(said(THEIR_WORDS, word))} for word in THEIR_WORDS},
        "follow_up_vain": _("Seurantasoittoon ei vastattu"),
        "followed_up": _("Seurantasoitto %(to)s tehty") % {"to": to},
    }.get(act, said(_STATES.get(event.kind, {}), event.target))
    return f"{event.about}: {lower(head)}" if event.about else head
