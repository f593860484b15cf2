"""The region that is played: its staff, entries, companions and residents; how likely things go how."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from mukana.accounts.models import Membership, Person
from mukana.directory.models import Entry
from mukana.organisations.models import Municipality, Organisation
from mukana.referrals.actions.permitting import Given
from mukana.referrals.actions.referring import Form, Who
from mukana.referrals.models import Absence, Area, Companion

AREAS = (("297", "Kuopio"), ("749", "Siilinjärvi"), ("140", "Iisalmi"))
FIRST_NAMES = ("Aino", "Reijo", "Helmi", "Veikko", "Lahja", "Tauno", "Sirkka", "Paavo", "Mirja", "Eino")
REASONS = ("full", "not_target_group", "too_far", "time_unsuitable", "needs_more_support", "other")


@dataclass(slots=True)
class World:
    """Everything that stands before the first resident comes."""

    dice: Random
    start: date
    areas: list[Area] = field(default_factory=list)
    workers: list[Person] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    silent: set[object] = field(default_factory=set)  # entries that never answer


def build(dice: Random, start: date) -> World:
    """Three areas with staff who take holidays, thirty groups of which some never answer, ten companions."""
    world = World(dice, start)
    for number, (code, name) in enumerate(AREAS):
        municipality, _ = Municipality.objects.get_or_create(code=code, defaults={"name_fi": name, "name_sv": name})
        staff = [
            _person(f"sim{number}{role}@example.fi", "referral_coordinator") for role in ("coordinator", "deputy", "lead", "companions")
        ]
        facts = {"coordinator": staff[0], "deputy": staff[1], "lead": staff[2], "companions": staff[3], "phone": "017 555 0100"}
        world.areas.append(Area.objects.update_or_create(municipality=municipality, defaults=facts)[0])
        world.workers += [_person(f"sim{number}worker{one}@example.fi", "link_worker") for one in range(3)]
        _absences(world, staff[0], staff[1])
        world.entries += [_entry(world, municipality, f"{number}{one}") for one in range(10)]
        for one in range(4):
            _companion(world, municipality, f"{number}{one}")
    _person("simprivacy@example.fi", "data_protection")
    return world


def somebody(world: World, number: int) -> Form:
    """A resident as they might come: some without a phone that takes messages, some protected, some afraid."""
    dice = world.dice
    digital = dice.random() < 0.6
    protected = dice.random() < 0.03
    who = Who(
        name=f"{dice.choice(FIRST_NAMES)} Simuloitu{number}",
        phone=f"04{dice.randrange(10**7, 10**8)}" if digital else f"017{dice.randrange(10**6, 10**7)}",
        address={} if protected or dice.random() < 0.1 else {"street": f"Salakatu {number}", "postal_code": "70100", "city": "Kuopio"},
        age_band=dice.choice(("30_49", "50_64", "65_74", "75_84", "85_over")),
        preferred="sms" if digital else dice.choice(("letter", "call")),
        safe=tuple(rule for rule in ("no_voicemail", "no_letter", "no_sms") if dice.random() < 0.05),
        protected=protected,
        digital=digital,
    )
    wants = dice.random() < 0.2
    given = (
        [Given("referral"), Given("reminders")]
        + [Given("feedback")] * (dice.random() < 0.8)
        + [Given("companion", ("name", "contact", "practical"))] * wants
    )
    area = dice.choice(world.areas)
    return Form(
        who, area.municipality, needs=("lonely",), wish=dice.choice(("", "Kaipaan seuraa", "Haluan liikkua")), wants_companion=wants,
        urgency="urgent" if dice.random() < 0.1 else "normal", unit="Terveysasema", referrer_email="sim@example.fi",
        permissions=tuple(given),
    )  # fmt: skip


def _person(email: str, role: str) -> Person:
    found = Person.objects.filter(email=email).first()
    if found is None:
        found = Person.objects.create_person(email, email.partition("@")[0])
        Membership.objects.create(person=found, role=role)
    return found


def _absences(world: World, person: Person, cover: Person) -> None:
    for _ in range(4):
        first = world.start + timedelta(days=world.dice.randrange(360))
        Absence.objects.create(person=person, first=first, last=first + timedelta(days=world.dice.randrange(3, 25)), cover=cover)


def _entry(world: World, municipality: Municipality, name: str) -> Entry:
    organiser = Organisation.objects.create(kind="association", texts={"fi": {"name": f"Yhdistys {name} ry"}}, municipality=municipality)
    reachable = world.dice.random() < 0.85
    made = Entry.objects.create(
        kind="group", form="on_site", texts={"fi": {"name": f"Ryhmä {name}"}}, organisation=organiser, municipality=municipality,
        phone="050 000 1299" if reachable else "", contact_name="Anneli", reviewed_on=world.start, fictitious=True,
    )  # fmt: skip
    if world.dice.random() < 0.1:
        world.silent.add(made.pk)
    return made


def _companion(world: World, municipality: Municipality, name: str) -> None:
    made = Companion.objects.create(
        name=f"Saattaja {name}", phone="0501112233", languages=["fi"], vetted_on=world.start, pledged_on=world.start, most=4
    )
    made.areas.add(municipality)
