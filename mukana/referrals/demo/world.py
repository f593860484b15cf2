"""Who does what in the demo's referrals, and the turns that most stories share."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time, timedelta

from mukana.accounts.models import Person
from mukana.directory.models import Entry
from mukana.lib.clock import today
from mukana.lib.holidays import add_working_days
from mukana.lib.moments import at_wall
from mukana.organisations.models import Municipality
from mukana.referrals.actions import answering, contacting, offering, referring, visiting, working
from mukana.referrals.actions.permitting import Given, permit
from mukana.referrals.demo.people import Told
from mukana.referrals.models import Placement, Referral
from mukana.referrals.rules.codes import COORDINATOR, LINK_WORKER, RECEIVER, REFERRER, Deed

UNIT = "Jaalan terveysasema"
GROUPS = ("area", "wish", "practical", "language", "name", "contact")


@dataclass(slots=True)
class World:
    """Who does what, where there are places; `taken` of them are used already."""

    area: Municipality
    outi: Person
    mari: Person
    henna: Person
    entries: list[Entry]
    taken: int = field(default=0)

    def deed(self, role: str = LINK_WORKER, channel: str = "screen") -> Deed:
        """By whoever has the role."""
        by = {COORDINATOR: self.outi, REFERRER: self.henna}.get(role, self.mari)
        return Deed(str(by.pk), role, channel)

    def place(self) -> Entry:
        """The next place to go to, another one each time while there are others."""
        self.taken += 1
        return self.entries[(self.taken - 1) % len(self.entries)]


def sent(world: World, told: Told) -> Referral:
    given = [Given("referral"), Given("feedback"), Given("reminders")]
    if told.company:
        given.append(Given("companion", ("name", "contact", "practical")))
    form = referring.Form(
        told.who, world.area, told.needs, told.wish, told.urgency, told.company, world.henna, UNIT, permissions=tuple(given)
    )
    return referring.refer(form, world.deed(REFERRER))


def taken(world: World, told: Told) -> Referral:
    return working.acknowledge(sent(world, told), world.mari, world.deed(COORDINATOR))


def reached(world: World, case: Referral) -> None:
    contacting.attempt(case, "reached", world.deed(channel="phone"))


def asked(world: World, case: Referral) -> Placement:
    entry = world.place()
    placement = offering.propose(case, entry, world.deed())
    permit(case, [Given("receiver", GROUPS, entry.pk)], world.deed())
    offering.request(placement, world.deed())
    working.plan(case, world.deed())
    return placement


def agreed(world: World, placement: Placement, days: int) -> None:
    """Yes by phone, and the first session so many days from that day."""
    answering.accept(placement, world.deed(RECEIVER, "phone"))
    starts = at_wall(_on(days), time(10))
    host = placement.entry.contact_name if placement.entry and placement.entry.contact_name else "Anneli"
    place = str(placement.entry.place or "") if placement.entry else ""
    visiting.schedule(placement, visiting.When(starts, host, starts + timedelta(minutes=90), place, "oma kahvikuppi"), world.deed())


def _on(days: int) -> date:
    return add_working_days(today(), days)
