"""Login links let the right person in, once and for half an hour; roles open what they say."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from mukana.accounts.actions import DEMO_ACCOUNTS, LinkRefused, make_demo_accounts, make_login_link, use_login_link
from mukana.accounts.models import Person
from mukana.accounts.queries import can
from mukana.accounts.rules import PERMISSIONS, ROLES
from mukana.audit.models import Trace
from mukana.organisations.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def tiina() -> Person:
    make_demo_accounts()
    return Person.objects.get(email="tiina@mukana.example")


def test_a_link_lets_its_person_in_once(tiina: Person) -> None:
    token = make_login_link(tiina)
    assert use_login_link(token) == tiina
    with pytest.raises(LinkRefused) as refusal:
        use_login_link(token)
    assert refusal.value.code == "used"
    assert Trace.objects.filter(verb="used a login link", actor=str(tiina.pk)).count() == 1


def test_a_link_is_refused_after_half_an_hour(tiina: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    token = make_login_link(tiina)
    monkeypatch.setenv("MUKANA_NOW", "2026-11-22T10:31")
    with pytest.raises(LinkRefused) as refusal:
        use_login_link(token)
    assert refusal.value.code == "expired"


def test_a_made_up_link_and_a_closed_account_are_refused(tiina: Person) -> None:
    token = make_login_link(tiina)
    Person.objects.filter(pk=tiina.pk).update(active=False)
    for wrong in (token, "arvaus"):
        with pytest.raises(LinkRefused) as refusal:
            use_login_link(wrong)
        assert refusal.value.code == "unknown"


def test_opening_a_link_does_not_use_it_up_but_pressing_the_button_does(client: Client, tiina: Person) -> None:
    address = reverse("enter", args=[make_login_link(tiina)])
    assert client.get(address).status_code == 200
    assert client.post(address).headers["Location"] == reverse("desk")
    assert "Tiina Tossavainen" in client.get(reverse("desk")).content.decode()
    assert client.post(address).status_code == 410


def test_there_is_one_demo_account_for_each_role() -> None:
    make_demo_accounts()
    make_demo_accounts()
    assert Person.objects.filter(demo=True).count() == len(ROLES) == len(DEMO_ACCOUNTS)


def test_the_demos_organiser_works_in_an_organisation_that_has_something_to_keep() -> None:
    make_demo_accounts()
    home = Organisation.objects.create(kind="association", texts={"fi": {"name": "Verlan seura"}})
    for _ in range(2):
        make_demo_accounts({"organiser": home})
    anneli = Person.objects.get(email="anneli@mukana.example")
    assert [row.organisation for row in anneli.memberships.all()] == [home]
    assert can(anneli, "entries.edit", home)


def test_login_links_are_printed_only_in_the_demo(settings: object, tiina: Person, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match="vain esittelyssä"):
        call_command("login_link", tiina.email)
    settings.DEMO = True  # type: ignore[attr-defined]
    call_command("login_link", tiina.email)
    assert "/kirjaudu/" in capsys.readouterr().out
    with pytest.raises(CommandError, match=r"tiina@mukana\.example"):
        call_command("login_link", "joku@muu.example")


@pytest.mark.parametrize("account", DEMO_ACCOUNTS, ids=lambda account: account.role)
def test_a_role_may_do_exactly_what_its_row_says(account: object) -> None:
    make_demo_accounts()
    person = Person.objects.get(email=account.email)  # type: ignore[attr-defined]
    for permission in set(PERMISSIONS) - {"public", "signed_in"}:
        assert can(person, permission) == (permission in ROLES[account.role][1])  # type: ignore[attr-defined]


def test_a_stranger_is_sent_to_log_in_and_a_wrong_role_is_refused(client: Client) -> None:
    make_demo_accounts()
    assert client.get(reverse("sources")).headers["Location"].startswith(reverse("login"))
    client.force_login(Person.objects.get(email="henna@mukana.example"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("sources")).status_code == 403
    client.force_login(Person.objects.get(email="tiina@mukana.example"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("sources")).status_code == 200
