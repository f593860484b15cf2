"""An answer by text message: done when it can mean one thing only, else answered in words; a stranger's is left alone."""

from __future__ import annotations

import logging
from hashlib import sha256

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from mukana.lib.clock import now
from mukana.lib.dates import when
from mukana.lib.phones import normal
from mukana.outbox.actions import send_sms
from mukana.outbox.models import Message
from mukana.referrals import wording, wording_marks
from mukana.referrals.actions import answering, supporting
from mukana.referrals.actions.errands import ask
from mukana.referrals.actions.marking import mark_session
from mukana.referrals.actions.saying import resident_says
from mukana.referrals.actions.telling import about
from mukana.referrals.actions.visiting import answer_why
from mukana.referrals.labels import said
from mukana.referrals.labels_meeting import MARKS
from mukana.referrals.models import Referral, Support, Transition
from mukana.referrals.queries.seeing import reach_of
from mukana.referrals.queries.texting import Open, answered_yes, case_known_by, lets_go, open_to
from mukana.referrals.refusals import words_of
from mukana.referrals.rules.codes import COMPANION, RECEIVER, RESIDENT, Deed, Refused
from mukana.referrals.rules.reaching import SMS, usable
from mukana.referrals.rules.texting import ALONG, COMPANY, MARK, OFFER, WHY, YES, answer_to, meant
from mukana.referrals.rules.writing import tells_danger

log = logging.getLogger(__name__)

_KIND = {"resident": "referrals.resident", "receiver": "referrals.receiver", "companion": "referrals.companion"}
_WHOSE = {MARK: "receiver", OFFER: "receiver", COMPANY: "companion", WHY: "resident", ALONG: "resident"}
_ROLE = {MARK: RECEIVER, OFFER: RECEIVER, COMPANY: COMPANION, WHY: RESIDENT, ALONG: RESIDENT}


@transaction.atomic
def take(sender: str, text: str, name: str) -> str:
    """One incoming message; `name` is what the gateway calls it.  Gives done, which, unclear, unknown or again.

    The words themselves are never kept: they may tell anything.
    """
    number, key = normal(sender), f"sms:{sha256(name.encode()).hexdigest()[:40]}"
    if Message.objects.filter(key=key).exists() or Transition.objects.filter(key=key).exists():
        return "again"
    found = open_to(number, now()) if number.startswith("+") else []
    answers = meant((one.question for one in found), text)
    if len(answers) == 1:
        one = next(row for row in found if row.question == answers[0].question)
        whose = _WHOSE[one.question.kind]
        _reply(one.placement.referral, whose, number, _done(one, answers[0].answer, number, key), key)
        return "done"
    if answers:
        case = found[0].placement.referral
        _reply(case, _WHOSE[answers[0].question.kind], number, wording.which(len(answers), wording.ring(case)), key)
        return "which"
    if number.startswith("+") and (task := lets_go(number, text, now())) is not None:
        _reply(task.placement.referral, "companion", number, _let_go(task, number, key), key)
        return "done"
    return _not_understood(number, text, key)


def _actor(number: str) -> str:
    return f"sms:{salted_hmac('mukana.sms', number).hexdigest()[:16]}"


def _done(one: Open, answer: str, number: str, key: str) -> str:
    """Do what the answer says.  Gives the words that tell so, or why it was not done."""
    kind = one.question.kind
    deed = Deed(_actor(number), _ROLE[kind], "sms", key)
    try:
        with transaction.atomic():
            return _DOING[kind](one, answer, deed)
    except Refused as refused:
        return words_of(refused)


def _mark(one: Open, answer: str, deed: Deed) -> str:
    mark_session(one.placement, answer, deed)
    return _("Kiitos. Merkitsimme: %(mark)s. %(what)s.") % {"mark": said(MARKS, answer).lower(), "what": one.placement.entry_name}


def _offer(one: Open, answer: str, deed: Deed) -> str:
    if answer != YES:
        phone = wording.ring(one.placement.referral)
        return _("Kertokaa vielä, miksi ei nyt: linkistä, jonka saitte, tai soittamalla %(phone)s.") % {"phone": phone}
    answering.accept(one.placement, deed)
    return _("Kiitos. Nimi ja puhelinnumero tulevat teille linkkinä.")


def _company(one: Open, answer: str, deed: Deed) -> str:
    assert one.offer is not None
    supporting.check_asked(one.offer)
    supporting.answer_offer(one.offer, yes=answer == YES, deed=deed)
    if answer != YES:
        return _("Kiitos tiedosta. Kysymme toista.")
    return _("Kiitos, olet saattajana. Etunimi ja puhelinnumero näkyvät linkissä, jonka sait.")


def _let_go(task: Support, number: str, key: str) -> str:
    """A no after the yes: somebody else is looked for."""
    try:
        with transaction.atomic():
            supporting.release(task, "released", Deed(_actor(number), COMPANION, "sms", key))
    except Refused as refused:
        return words_of(refused)
    return _("Kiitos tiedosta. Et ole enää saattajana %(when)s. Etsimme toisen.") % {"when": when(task.starts_at or now(), None, now())}


def _why(one: Open, answer: str, deed: Deed) -> str:
    answer_why(one.placement, answer, deed)
    return wording.thanks_why(one.placement.referral)


def _along(one: Open, answer: str, deed: Deed) -> str:
    assert one.support is not None
    resident_says(one.support, answer, deed)
    return wording_marks.thanks_company(one.placement.referral)


_DOING = {MARK: _mark, OFFER: _offer, COMPANY: _company, WHY: _why, ALONG: _along}


def _not_understood(number: str, text: str, key: str) -> str:
    known = case_known_by(number, now()) if number.startswith("+") else None
    if known is None:
        log.warning("a text message from a number that nobody here has was left unanswered: %s", key)
        return "unknown"
    case, whose = known
    danger = tells_danger(text)
    if whose == "resident":
        ask("ring_resident", case, words=_("Asukas lähetti tekstiviestin, joka ei ole vastaus kysymykseen. Ota yhteyttä."))
        _reply(case, whose, number, wording.heard(case, danger=danger), key)
        return "unclear"
    if whose == "receiver" and answer_to(OFFER, text) == YES and answered_yes(case):
        _reply(case, whose, number, _("Kiitos, vastauksenne on jo kirjattu. Nimi ja puhelinnumero ovat teille lähetetyssä linkissä."), key)
        return "again"
    words = {
        "receiver": _("Emme ymmärtäneet vastausta. Vastatkaa K (tuli) tai E (ei tullut), tai soittakaa %(phone)s."),
        "companion": _("Kysymys ei ole enää auki, tai emme ymmärtäneet vastausta. Soita %(phone)s."),
    }[whose] % {"phone": wording.ring(case)}
    _reply(case, whose, number, f"{wording.in_danger()} {words}" if danger else words, key)
    return "unclear"


def _reply(case: Referral, whose: str, number: str, words: str, key: str) -> None:
    """To the number that asked; never to a resident who has forbidden text messages."""
    if whose == "resident" and SMS not in usable(reach_of(case.resident)):
        return
    send_sms(to=number, text=words, kind=_KIND[whose], about=about(case), key=key)
