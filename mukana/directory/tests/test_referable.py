"""A stale entry says so to residents, and why nobody is referred to it to professionals."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from mukana.accounts.models import Membership, Person
from mukana.directory.queries.freshness import freshness_of, referable, seen_on
from mukana.directory.tests import make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
OLD, STALE = date(2026, 2, 3), date(2025, 10, 20)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"status": "withdrawn"}, "withdrawn"),
        ({"status": "draft"}, "draft"),
        ({"do_not_list": True}, "do_not_list"),
        ({"reviewed_on": STALE}, "expired"),
    ],
)
def test_the_reason_for_not_referring_is_told(facts: dict[str, object], code: str) -> None:
    refusal = referable(make.entry(**facts), TODAY)
    assert refusal is not None
    assert refusal.code == code
    assert refusal.why.endswith(".")


def test_a_merged_entry_sends_to_the_other_one() -> None:
    refusal = referable(make.entry(merged_into=make.entry("Toinen")), TODAY)
    assert refusal is not None
    assert refusal.code == "merged"


def test_a_late_entry_and_a_registers_row_can_still_be_referred_to() -> None:
    assert referable(make.entry(reviewed_on=OLD), TODAY) is None
    assert referable(make.entry(), TODAY) is None


def test_a_late_entry_says_since_when_it_has_not_been_confirmed(client: Client) -> None:
    page = client.get(f"/kohde/{make.group(reviewed_on=OLD).pk}/").content.decode()
    assert "Vahvistamatta" in page
    assert "Ei vahvistettu ti\xa03.2. jälkeen" in page


def test_a_confirmed_entry_says_when(client: Client) -> None:
    assert "Tiedot vahvistettu su\xa01.11." in client.get(f"/kohde/{make.group(reviewed_on=date(2026, 11, 1)).pk}/").content.decode()


def test_only_professionals_are_told_why_they_cannot_refer(client: Client) -> None:
    address = f"/kohde/{make.group(reviewed_on=STALE).pk}/"
    assert "Tähän ei voi nyt ohjata" not in client.get(address).content.decode()
    person = Person.objects.create_person("henna@example.fi", "Henna")
    Membership.objects.create(person=person, role="professional")
    client.force_login(person)
    page = client.get(address).content.decode()
    assert "Tähän ei voi nyt ohjata" in page
    assert "Tietoja ei ole vahvistettu vuoteen" in page


def test_a_row_counts_as_seen_by_its_last_fetch_and_an_own_entry_from_its_making() -> None:
    fetched, own = make.entry(), make.entry("Oma")
    row = make.from_source(fetched)
    assert seen_on([row], fetched) == date(2026, 11, 12)
    assert freshness_of(own, TODAY, seen_on([], own)).known_on == own.created_at.date()


def test_lists_and_paper_say_it_too(client: Client) -> None:
    late = make.group(reviewed_on=OLD, organisation=make.organisation())
    assert "Vahvistamatta" in client.get(f"/jarjestaja/{late.organisation_id}/").content.decode()
    assert "Soita ennen kuin lähdet." in client.get(f"/kohde/{late.pk}/tulosta/").content.decode()
    fresh = make.group(reviewed_on=TODAY, organisation=make.organisation("Toinen ry"))
    assert "Vahvistamatta" not in client.get(f"/jarjestaja/{fresh.organisation_id}/").content.decode()
