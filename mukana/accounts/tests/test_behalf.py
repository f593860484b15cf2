"""Somebody acts for an organisation or its person: every page says so, every trace carries it, one press ends it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from mukana.accounts.models import Membership, Person
from mukana.accounts.queries import acting_of, can
from mukana.audit.actions import record
from mukana.audit.behalf import current, on_behalf_of
from mukana.audit.models import Trace
from mukana.organisations.models import Organisation

pytestmark = pytest.mark.django_db
Make = Callable[..., Organisation]
MakePerson = Callable[..., Person]
LogIn = Callable[[Person], Client]


@pytest.fixture
def seura(organisation: Make) -> Organisation:
    return organisation("Verlan kyläyhdistys")


def thing(of: Organisation | Person) -> str:
    return f"{of._meta.label}:{of.pk}"


def test_the_banner_stands_on_every_page_until_it_is_ended(demo: dict[str, Person], seura: Organisation, log_in: LogIn) -> None:
    client = log_in(demo["mari"])
    page = client.get(reverse("act_for"), {"q": "verlan"}).content.decode()
    assert f'value="{thing(seura)}"' in page
    client.post(reverse("act_for"), {"kenen": thing(seura)})
    for address in (reverse("desk"), reverse("home"), reverse("own_account"), "/ei-ole/"):
        assert "<b>Verlan kyläyhdistys</b> puolesta" in client.get(address).content.decode(), address
    client.post(reverse("act_for_end"))
    assert "puolesta." not in client.get(reverse("home")).content.decode()
    client.post(reverse("act_for_end"))
    traces = Trace.objects.filter(verb__startswith="acting").order_by("at")
    assert [(trace.verb, trace.on_behalf_of) for trace in traces] == [("acting.begun", thing(seura)), ("acting.ended", thing(seura))]


def test_what_is_done_meanwhile_is_written_down_on_behalf(demo: dict[str, Person], seura: Organisation, log_in: LogIn) -> None:
    client = log_in(demo["mari"])
    client.post(reverse("act_for"), {"kenen": thing(seura)})
    client.post(reverse("own_account"), {"name": "Mari M."})
    assert Trace.objects.get(verb="person.renamed").on_behalf_of == thing(seura)
    assert current() == ""


def test_one_reaches_the_things_of_the_one_acted_for_and_no_others(
    demo: dict[str, Person], seura: Organisation, organisation: Make
) -> None:
    mari, other = demo["mari"], organisation("Muu")
    assert not can(mari, "entries.edit", seura)
    mari.acting = acting_of(mari, thing(seura))
    assert can(mari, "entries.edit", seura)
    assert can(mari, "entries.edit", organisation("Jaos", parent=seura))
    assert not can(mari, "entries.edit", other)
    assert not can(mari, "people.manage", seura)


def test_acting_for_a_person_gives_only_their_roles_in_organisations(
    demo: dict[str, Person], seura: Organisation, person: MakePerson
) -> None:
    mari = demo["mari"]
    seppo = person("seppo@verla.example", "organiser", seura)
    Membership.objects.create(person=seppo, role="it", organisation=None)
    mari.acting = acting_of(mari, thing(seppo))
    assert can(mari, "entries.edit", seura)
    assert not can(mari, "people.manage")
    assert not can(mari, "sources.import")


@pytest.mark.parametrize(
    "wrong", ["", "x", "organisations.Organisation:x", f"organisations.Organisation:{UUID(int=1)}", f"accounts.Person:{UUID(int=1)}"]
)
def test_one_cannot_act_for_what_does_not_exist(demo: dict[str, Person], log_in: LogIn, wrong: str) -> None:
    answer = log_in(demo["mari"]).post(reverse("act_for"), {"kenen": wrong})
    assert answer.status_code == 422
    assert "Tämän puolesta et voi toimia" in answer.content.decode()


def test_one_cannot_act_for_colleagues(demo: dict[str, Person], log_in: LogIn) -> None:
    client = log_in(demo["mari"])
    assert client.post(reverse("act_for"), {"kenen": thing(demo["pekka"])}).status_code == 422
    assert "Pekka" not in client.get(reverse("act_for"), {"q": "Pekka"}).content.decode().split("<h2")[-1]


def test_the_permission_may_be_of_one_organisation(organisation: Make, person: MakePerson) -> None:
    kunta, muu = organisation("Kunta"), organisation("Muu")
    clerk = person("virkailija@kunta.example", "link_worker", kunta)
    assert acting_of(clerk, thing(organisation("Yksikkö", parent=kunta)))
    assert acting_of(clerk, thing(muu)) is None
    assert acting_of(clerk, thing(person("s@muu.example", "organiser", muu))) is None


def test_acting_ends_when_the_permission_ends(demo: dict[str, Person], seura: Organisation, log_in: LogIn) -> None:
    client = log_in(demo["mari"])
    client.post(reverse("act_for"), {"kenen": thing(seura)})
    demo["mari"].memberships.all().delete()
    assert "puolesta." not in client.get(reverse("own_account")).content.decode()


def test_an_explicit_other_wins_over_the_present_one() -> None:
    with on_behalf_of("a:1"):
        assert record("x", "y:1", by="system").on_behalf_of == "a:1"
        assert record("x", "y:1", by="system", on_behalf_of="b:2").on_behalf_of == "b:2"
    assert record("x", "y:1", by="system").on_behalf_of == ""
