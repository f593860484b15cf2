"""What a referrer sees of the own referrals, and how one is taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from mukana.accounts.models import Person
from mukana.audit.models import Trace
from mukana.lib.clock import now
from mukana.lib.moments import as_local
from mukana.referrals.actions import contacting, ending, visiting, working
from mukana.referrals.actions.permitting import Given, unpermit
from mukana.referrals.actions.protecting import protect
from mukana.referrals.models import Feedback, Permission, Referral
from mukana.referrals.rules.codes import COORDINATOR, RECEIVER, RESIDENT, Deed
from mukana.referrals.tests import make
from mukana.referrals.tests.make import Time, deed

pytestmark = pytest.mark.django_db
URL = "/tyopoyta/omat-lahetteet/"


@pytest.fixture
def henna(time: Time) -> Person:
    """A professional."""
    return make.person("professional", "Henna Hoitaja")


@pytest.fixture
def browser(client: Client, henna: Person) -> Client:
    """Hers."""
    client.force_login(henna, backend="django.contrib.auth.backends.ModelBackend")
    return client


def hers(henna: Person, **facts: Any) -> Referral:
    return make.sent(referrer=henna, **facts)


def said(response: Any) -> str:
    return str(response.content.decode())


def test_the_list_is_empty_at_first_and_says_so(browser: Client) -> None:
    assert "Et ole vielä tehnyt hyvinvointilähetettä" in said(browser.get(URL))


def test_the_list_shows_the_own_ones_without_names_and_the_page_of_one_leaves_a_trace(browser: Client, henna: Person) -> None:
    case = hers(henna)
    make.sent(referrer=make.person("professional", "Pekka"))
    page = said(browser.get(URL))
    assert f"{case.reference[:5]}-{case.reference[5:]}" in page
    assert page.count("<tr>") == 2
    assert "Reijo" not in page
    assert not Trace.objects.filter(verb="read").exists()
    assert "Reijo Räsänen" in said(browser.get(f"{URL}{case.pk}/"))
    assert Trace.objects.get(verb="read").detail == {"fields": ["name"], "purpose": "own_referral"}


def test_somebody_elses_referral_is_not_found(browser: Client, henna: Person) -> None:
    case = make.sent(referrer=make.person("professional", "Pekka"))
    assert browser.get(f"{URL}{case.pk}/").status_code == 404
    assert browser.post(f"{URL}{case.pk}/", {"kerran": str(uuid4()), "syy": "mistake"}).status_code == 404
    case.refresh_from_db()
    assert case.state == "sent"


def test_feedback_is_news_until_it_is_looked_at_and_stands_in_the_line_for_the_record(browser: Client, henna: Person) -> None:
    case = hers(henna)
    working.acknowledge(case, make.mari(), deed(COORDINATOR))
    page = said(browser.get(URL))
    assert "Otettu vastaan" in page
    assert "Uutta" in page
    one = said(browser.get(f"{URL}{case.pk}/"))
    assert "Hyvinvointilähete lähetetty 23.11.2026, Kuopio, tunnus" in one
    assert "23.11.2026: otettu vastaan." in one
    assert Feedback.objects.get().read_at is not None
    assert "Uutta" not in said(browser.get(URL))


def test_how_it_ended_is_told_as_the_resident_allows(browser: Client, henna: Person) -> None:
    case = contacting.attempt(working.acknowledge(hers(henna), make.mari(), deed(COORDINATOR)), "reached", deed(channel="phone"))
    case = ending.close(Referral.objects.get(pk=case.pk), "declined_by_resident", deed())
    assert "Päättynyt: asukas ei halunnut" in said(browser.get(f"{URL}{case.pk}/"))
    assert "Reijo" not in said(browser.get(f"{URL}{case.pk}/"))
    unpermit(Permission.objects.get(kind="feedback"), deed(RESIDENT))
    hidden = said(browser.get(f"{URL}{case.pk}/"))
    assert "Päättynyt" not in hidden
    assert "ei ole antanut lupaa" in hidden


def test_without_permission_nothing_but_the_sending_is_seen(browser: Client, henna: Person) -> None:
    case = hers(henna, permissions=(Given("referral"),))
    working.acknowledge(case, make.mari(), deed(COORDINATOR))
    page = said(browser.get(URL))
    assert "Otettu vastaan" not in page
    assert "ei lupaa kertoa, miten kävi" in page
    assert "Kysy häneltä itseltään" in said(browser.get(f"{URL}{case.pk}/"))


def test_a_withdrawn_one_says_only_that(browser: Client, henna: Person) -> None:
    case = hers(henna)
    ending.withdraw(case, deed(RESIDENT))
    page = said(browser.get(f"{URL}{case.pk}/"))
    assert "Asukas perui" in page
    assert "Reijo" not in page


def test_a_referral_is_taken_back_once_with_a_reason(browser: Client, henna: Person) -> None:
    case = hers(henna)
    page = f"{URL}{case.pk}/"
    assert "Kerro perumisesta asukkaalle itse" in said(browser.get(page))
    refused = browser.post(page, {"kerran": str(uuid4())})
    assert refused.status_code == 422
    assert "Valitse syy." in said(refused)
    told = {"kerran": str(uuid4()), "syy": "resident_changed_mind"}
    assert browser.post(page, told).status_code == 302
    assert browser.post(page, told).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.reason) == ("cancelled", "resident_changed_mind")
    assert "Peruit tämän" in said(browser.get(page))


def test_what_has_been_taken_on_is_not_cancelled_any_more_and_the_page_says_why(browser: Client, henna: Person) -> None:
    case = hers(henna)
    working.acknowledge(case, make.mari(), Deed("p1", COORDINATOR))
    response = browser.post(f"{URL}{case.pk}/", {"kerran": str(uuid4()), "syy": "mistake"})
    assert response.status_code == 409
    assert "Tilanne on muuttunut" in said(response)
    assert "017\u00a0555\u00a00100" in said(response)


def test_a_reference_is_found_as_it_is_read_aloud(browser: Client, henna: Person) -> None:
    case, _ = hers(henna), hers(henna)
    typed = f" {case.reference[:5].lower()} - {case.reference[5:].lower()} "
    found = browser.get(URL, {"tunnus": typed})
    assert [row[0].case for row in found.context["rows"]] == [case]
    for nothing in ("ABC", "\x00A", "x" * 500, "2" * 10):
        assert "ei löytynyt omaa lähetettä" in said(browser.get(URL, {"tunnus": nothing}))


def test_many_are_parted_into_pages(browser: Client, henna: Person, django_assert_max_num_queries: Any) -> None:
    make.area()
    resident = hers(henna).resident
    first = Referral.objects.get()
    for number in range(30):
        first.pk, first.reference = uuid4(), f"{number:010d}"
        first.resident = resident
        first.save(force_insert=True)
    with django_assert_max_num_queries(14):
        page = browser.get(URL)
    assert "Sivu 1/2" in said(page)
    assert len(browser.get(URL, {"sivu": "2"}).context["rows"]) == 6
    assert browser.get(URL, {"sivu": "x"}).status_code == 200


def test_a_permission_that_has_ended_lets_nothing_be_seen(browser: Client, henna: Person) -> None:
    case = hers(henna)
    working.acknowledge(case, make.mari(), deed(COORDINATOR))
    Permission.objects.filter(kind="feedback").update(valid_to=now())
    assert "Otettu vastaan" not in said(browser.get(f"{URL}{case.pk}/"))


def test_of_a_protected_person_the_town_stands_neither_in_the_list_nor_on_the_page_nor_in_the_line_for_the_record(
    browser: Client, henna: Person
) -> None:
    case = hers(henna)
    pages = (URL, f"{URL}{case.pk}/")
    assert all("Kuopio" in said(browser.get(address)) for address in pages)
    protect(case.resident, deed(), protected=True)
    assert not [address for address in pages if "Kuopio" in said(browser.get(address))]
    assert "Hyvinvointilähete lähetetty 23.11.2026, tunnus" in said(browser.get(pages[1]))


def test_a_list_opens_no_sealed_text(browser: Client, henna: Person, django_assert_max_num_queries: Any) -> None:
    hers(henna)
    with django_assert_max_num_queries(30) as asked:
        browser.get(URL)
    assert not [one["sql"] for one in asked.captured_queries if "referrals_resident" in one["sql"] and '"address"' in one["sql"]]


def test_the_day_of_the_first_visit_is_told_also_when_it_was_marked_later(browser: Client, henna: Person, time: Time) -> None:
    talk = make.talking(referrer=henna, permissions=(Given("referral"), Given("feedback")))
    case, placement, session = make.scheduled(talk)
    day = as_local(session.starts_at)
    time.to(session.starts_at + timedelta(days=1))
    visiting.settle(placement, "attended", deed(RECEIVER, "phone"))
    assert f"Ensimmäinen käynti toteutui {day.day}.{day.month}." in said(browser.get(f"{URL}{case.pk}/"))
