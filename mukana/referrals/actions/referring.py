"""Making a referral together with the resident: a draft, the resident's word, sending."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction

from mukana.accounts.models import Person
from mukana.guidance.models import REFERRAL
from mukana.guidance.queries.agreements import agreements_of
from mukana.lib import phones
from mukana.lib.clock import now, today
from mukana.lib.deeds import whole
from mukana.lib.quickrows import insert_row
from mukana.organisations.models import Municipality
from mukana.referrals import wording
from mukana.referrals.actions.moving import Change, Clock, Step, chained, move, set_clock
from mukana.referrals.actions.permitting import Given, permit
from mukana.referrals.actions.telling import tell_resident
from mukana.referrals.models import Raising, Referral, Resident, Transition
from mukana.referrals.queries.same import same_people
from mukana.referrals.queries.seeing import is_permitted
from mukana.referrals.queries.served import is_served
from mukana.referrals.rules.cases import AWAITING, DRAFT, SENT, WATCHES
from mukana.referrals.rules.clocks import due
from mukana.referrals.rules.codes import NEEDS, PRACTICAL, PROXY, Deed, Refused
from mukana.referrals.rules.reaching import SAFE_RULES
from mukana.referrals.rules.writing import check_free_text, new_reference, tells_danger

LONGEST_UNIT = 120


@dataclass(frozen=True, slots=True)
class Who:
    """The resident as they told: nothing here is asked that the work does not need."""

    name: str
    phone: str = ""
    email: str = ""
    address: dict[str, str] = field(default_factory=dict)
    age_band: str = "unknown"
    language: str = "fi"
    preferred: str = "call"
    safe: tuple[str, ...] | None = None  # None: nobody has asked yet
    protected: bool = False
    practical: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    gender_wish: str = ""
    digital: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """What a referral says.  `danger_seen`: the page with 112 was shown and the person is safe."""

    who: Who
    area: Municipality
    needs: tuple[str, ...] = ()
    wish: str = ""
    urgency: str = "normal"
    wants_companion: bool = False
    referrer: Person | None = None
    unit: str = ""
    referrer_email: str = ""
    permissions: tuple[Given, ...] = ()
    danger_seen: bool = False


@whole
def refer(form: Form, deed: Deed) -> Referral:
    """Write and send in one: the one-minute form.  The same form again gives the first one's case.  Raises Refused.

    A form that was sent and then changed (the browser's arrow back, the next resident's name) is refused: nothing of it
    may be taken for sent.
    """
    case, whole = draft(form, deed), _of_content(form, deed)
    if case.state == DRAFT:
        return send(case, whole, danger_seen=form.danger_seen)
    _check_unchanged(whole)
    return case


@whole
def refer_for(form: Form, deed: Deed) -> Referral:
    """Somebody near asks: written down, and the resident is asked.  Raises Refused, as `refer` does."""
    case, whole = draft(form, deed), _of_content(form, deed)
    if case.state == DRAFT:
        if tells_danger(case.wish) and not form.danger_seen:
            raise Refused("acute_danger")
        return ask_confirmation(case, whole)
    _check_unchanged(whole)
    return case


@whole
def draft(form: Form, deed: Deed) -> Referral:
    """Write it down without sending; deleted after fourteen days.  The same key gives the first one back.  Raises Refused."""
    if known := _known(deed):
        return known
    check_free_text(form.wish)
    if not set(form.needs) <= set(NEEDS):
        raise Refused("unknown_need")
    try:
        with transaction.atomic():
            return _written(form, deed)
    except IntegrityError as error:  # the same form at the same moment; or one reference in 10^14
        if known := _known(deed):
            return known
        raise Refused("try_again") from error


@whole
def ask_confirmation(case: Referral, deed: Deed) -> Referral:
    """A relative wrote it: the resident has to say yes.  Raises Refused."""
    if move(case, AWAITING, deed):
        tell_resident(case, "confirmation", wording.confirmation(case, due(now(), WATCHES[AWAITING].limit)))
    return case


@whole
def send(case: Referral, deed: Deed, *, danger_seen: bool = False) -> Referral:
    """Send it to the area's coordinator; the resident gets a receipt by their own channel.  Raises Refused.

    Asked first: a permission to refer, the rule of safe contact, no words of acute danger unseen, somebody who receives it.
    """
    if not is_permitted(case, "referral", now()):
        raise Refused("no_permission")
    if not case.resident.safe_asked:
        raise Refused("safe_contact_not_asked")
    if tells_danger(case.wish) and not danger_seen:
        raise Refused("acute_danger")
    if deed.role == PROXY:
        raise Refused("needs_confirmation")
    if not is_served(case.area_id):
        raise Refused("no_coordinator")
    if move(case, SENT, deed, Change(facts={"sent_at": now()})):
        by = due(now(), WATCHES["acknowledged"].limit, urgent=case.urgent)
        tell_resident(case, "receipt", wording.receipt(case, by))
    return case


def raised(area: Municipality, unit: str) -> Raising:
    """It was suggested and the resident said no: counted, nobody named.  Raises Refused."""
    return Raising.objects.create(area=area, unit=check_free_text(unit)[:LONGEST_UNIT], on=today())


def _of_content(form: Form, deed: Deed) -> Deed:
    """The deed with a key that is another one when anything of the form is."""
    if not deed.key:
        return deed
    print_of = sha256(repr(replace(form, danger_seen=False)).encode()).hexdigest()[:16]
    return replace(deed, key=f"{deed.key}.{print_of}")


def _check_unchanged(whole: Deed) -> None:
    if not Transition.objects.filter(key=whole.key).exists():
        raise Refused("sent_already")


def _known(deed: Deed) -> Referral | None:
    """What the same form made before.  Raises Refused when it was somebody else's form."""
    link = Transition.objects.filter(key=f"{deed.key}.draft").select_related("referral").first() if deed.key else None
    if link is not None and link.by != deed.by:
        raise Refused("done_already")
    return link.referral if link else None


def _written(form: Form, deed: Deed) -> Referral:
    moment = now()
    case = Referral(
        reference=new_reference(), resident=_resident(form), area=form.area, referrer=form.referrer, referrer_role=deed.role,
        referrer_unit=form.unit, referrer_email=form.referrer_email, channel=deed.channel, urgency=form.urgency,
        needs=list(form.needs), wish=form.wish.strip(), wants_companion=form.wants_companion, state=DRAFT, made_at=moment,
        followed=[str(one) for one in agreements_of(REFERRAL)],
    )  # fmt: skip
    set_clock(case, case, Clock(), moment)
    first = chained(case, Step("case", case.pk, "", DRAFT), deed, moment)
    first.key = f"{deed.key}.draft" if deed.key else None
    insert_row(case)
    insert_row(first)
    permit(case, form.permissions, deed)
    return case


def _resident(form: Form) -> Resident:
    who, phone = form.who, phones.normal(form.who.phone)
    protected = who.protected or any(one.protected for one in same_people(who.name, phone))
    address = {} if protected else {name: text for name, text in who.address.items() if text}
    if not who.name.strip() or not (phone or who.email.strip() or address):
        raise Refused("nobody_to_reach")
    if not set(who.practical) <= set(PRACTICAL) or not set(who.safe or ()) <= set(SAFE_RULES):
        raise Refused("unknown_word")
    for text in (who.name, form.unit, *who.address.values()):
        check_free_text(text)
    facts: dict[str, Any] = {
        "name": who.name.strip(), "phone": phone, "email": who.email.strip(), "age_band": who.age_band,
        "language": who.language, "preferred": who.preferred, "safe": list(who.safe or ()), "safe_asked": who.safe is not None,
        "protected": protected, "practical": list(who.practical), "interests": list(who.interests),
        "gender_wish": who.gender_wish, "digital": who.digital,
    }  # fmt: skip
    return insert_row(Resident(**facts, address=address, municipality=form.area, made_at=now()))
