"""Small things for the tests of referrals: an area with its people, a resident, a case brought to a state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from mukana.accounts.models import Membership, Person
from mukana.directory.models import Entry
from mukana.directory.tests import make as hub
from mukana.lib.clock import now
from mukana.lib.moments import ZONE, as_local
from mukana.referrals.actions import answering, contacting, offering, referring, visiting, working
from mukana.referrals.actions.permitting import Given, permit
from mukana.referrals.actions.referring import Form, Who
from mukana.referrals.models import Area, Companion, Placement, Referral, Session
from mukana.referrals.rules.codes import COORDINATOR, LINK_WORKER, RECEIVER, REFERRER, Deed

MONDAY = datetime(2026, 11, 23, 9, tzinfo=ZONE)
ALL = ("area", "wish", "practical", "language", "name", "contact")
AINO = Who(
    "Aino Virtanen", phone="017 123 4567", address={"street": "Laiturikatu 1", "postal_code": "70100", "city": "Kuopio"},
    age_band="75_84", preferred="letter", safe=("no_voicemail",), practical=("walker",),
)  # fmt: skip
REIJO = Who("Reijo Räsänen", phone="040 123 4567", preferred="sms", safe=(), age_band="50_64", digital=True)


class Time:
    """The clock of a test: `time.to(moment)`, `time.on(days=2)`."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch
        self.to(MONDAY)

    def to(self, moment: datetime) -> datetime:
        self._patch.setenv("MUKANA_NOW", as_local(moment).replace(tzinfo=None).isoformat())
        return moment

    def on(self, **more: float) -> datetime:
        return self.to(now() + timedelta(**more))


def person(role: str, name: str) -> Person:
    made = Person.objects.create_person(f"{name.split(maxsplit=1)[0].lower()}{Person.objects.count()}@example.fi", name)
    Membership.objects.create(person=made, role=role)
    return made


def area() -> Area:
    found = Area.objects.filter(pk="297").first()
    if found is not None:
        return found
    return Area.objects.create(
        municipality=hub.kuopio(),
        coordinator=person("referral_coordinator", "Kaisa Koordinoija"),
        deputy=person("referral_coordinator", "Veli Varalla"),
        lead=person("supervisor", "Liisa Lead"),
        companions=person("coordinator", "Saara Saattaja"),
        phone="017 555 0100",
    )


def mari() -> Person:
    return Person.objects.filter(name="Mari Linkki").first() or person("link_worker", "Mari Linkki")


def deed(role: str = LINK_WORKER, channel: str = "screen", by: str = "", key: str = "") -> Deed:
    return Deed(by or "p1", role, channel, key)


def form(who: Who = REIJO, **facts: Any) -> Form:
    given = (Given("referral"), Given("feedback"), Given("reminders"))
    defaults: dict[str, Any] = {
        "needs": ("lonely",), "wish": "Kaipaan seuraa", "unit": "Puijon terveysasema",
        "referrer_email": "noora@example.fi", "permissions": given,
    }  # fmt: skip
    return Form(who, area().municipality, **{**defaults, **facts})


def sent(who: Who = REIJO, channel: str = "screen", **facts: Any) -> Referral:
    return referring.refer(form(who, **facts), deed(REFERRER, channel))


def acknowledged(who: Who = REIJO, channel: str = "screen", **facts: Any) -> Referral:
    return working.acknowledge(sent(who, channel, **facts), mari(), deed(COORDINATOR, channel))


def talking(who: Who = REIJO, **facts: Any) -> Referral:
    case = contacting.attempt(acknowledged(who, **facts), "reached", deed(channel="phone"))
    return Referral.objects.get(pk=case.pk)


def allow(case: Referral, entry: Entry, groups: tuple[str, ...] = ALL) -> None:
    permit(case, [Given("receiver", groups, entry.pk)], deed())


def requested(case: Referral | None = None, entry: Entry | None = None) -> tuple[Placement, str]:
    found, where = case or talking(), entry or group()
    placement = offering.propose(found, where, deed())
    allow(found, where)
    return placement, offering.request(placement, deed())


def group(name: str = "Vesijumppa", **facts: Any) -> Entry:
    return hub.entry(name, **{"phone": "050 000 1299", "reviewed_on": date(2026, 11, 1), **facts})


def planned(case: Referral | None = None, entry: Entry | None = None) -> tuple[Referral, Placement]:
    placement, _ = requested(case, entry)
    found = Referral.objects.get(pk=placement.referral_id)
    working.plan(found, deed())
    return found, Placement.objects.get(pk=placement.pk)


def scheduled(case: Referral | None = None, at: datetime | None = None, entry: Entry | None = None) -> tuple[Referral, Placement, Session]:
    found, placement = planned(case, entry)
    answering.accept(placement, deed(RECEIVER, "phone"))
    starts = at or now() + timedelta(days=7)
    happening = hub.date(placement.entry, starts) if placement.entry else None
    when = visiting.When(starts, "Anneli Rautio", starts + timedelta(hours=1), "Uimahalli", "uikkarit", happening)
    session = visiting.schedule(placement, when, deed())
    return Referral.objects.get(pk=found.pk), Placement.objects.get(pk=placement.pk), session


def companion(name: str = "Ritva Reipas", **facts: Any) -> Companion:
    defaults = {"languages": ["fi"], "vetted_on": date(2026, 1, 1), "pledged_on": date(2026, 1, 1), "phone": "050 111 2233"}
    made = Companion.objects.create(name=name, **{**defaults, **facts})
    made.areas.add(hub.kuopio())
    return made


def variant(who: Who, **facts: Any) -> Who:
    return replace(who, **facts)
