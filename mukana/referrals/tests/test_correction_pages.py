"""The pages that put a wrong mark right: the case, the receiver's own, and what each says when it cannot be done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from mukana.accounts.models import Person
from mukana.referrals.actions import ending, visiting
from mukana.referrals.actions.errands import ask
from mukana.referrals.actions.marking import mark_session
from mukana.referrals.models import Errand, Feedback, Placement, Referral, Transition
from mukana.referrals.queries.marked import noted
from mukana.referrals.rules.codes import RECEIVER, RESIDENT, Deed
from mukana.referrals.tests import make
from mukana.referrals.tests.make import Time, deed
from mukana.referrals.tests.receiving import agreed, once, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_limits() -> None:
    cache.clear()


@pytest.fixture
def mari(client: Client) -> Person:
    found = make.mari()
    client.force_login(found, backend="django.contrib.auth.backends.ModelBackend")
    return found


def missed(time: Time) -> tuple[Placement, str]:
    _, placement, session = make.scheduled()
    time.to(session.starts_at + timedelta(hours=1))
    mark_session(placement, "missed", Deed("link:x", RECEIVER, "link"))
    return placement, f"/tyopoyta/hyvinvointilahete/{placement.referral_id}/paikka/{placement.pk}/korjaa/"


def form_of(placement: Placement, result: str, **more: str) -> dict[str, str]:
    one = noted(placement)[0]
    return {"kerta": f"{one.key}:{one.result}", "tulos": result, "miksi": "slip", "kanava": "phone", "kerran": "eka", **more}


def test_the_link_worker_corrects_on_the_case_page_and_the_page_shows_both(client: Client, mari: Person, time: Time) -> None:
    placement, address = missed(time)
    case_page = text(client.get(address.split("paikka/")[0]))
    assert "Korjaa merkintä" in case_page
    page = text(client.get(address))
    assert "ei tullut" in page
    assert client.post(address, form_of(placement, "attended", miksi="")).status_code == 422
    told = form_of(placement, "attended")
    for _ in range(2):  # a double click
        answer = client.post(address, told)
        assert answer.status_code == 302
    page = text(client.get(answer.headers["Location"]))
    assert "Merkintä on korjattu." in page
    assert "aiemmin: ei tullut" in page
    placement.refresh_from_db()
    assert placement.state == "first_attended"
    assert Transition.objects.filter(thing="session").count() == 1
    assert list(Feedback.objects.filter(kind="first_visit").values_list("told", flat=True)) == ["email"]


def test_who_comes_second_reads_what_has_happened_and_nothing_is_undone(client: Client, mari: Person, time: Time) -> None:
    placement, address = missed(time)
    first, second = form_of(placement, "attended"), form_of(placement, "excused", kerran="toka")
    assert client.post(address, first).status_code == 302
    late = client.post(address, second)
    assert (late.status_code, "Joku muu ehti korjata merkinnän." in text(late)) == (409, True)
    assert client.post(address, {**second, "kerta": "roskaa"}).status_code == 422
    placement.refresh_from_db()
    assert placement.state == "first_attended"


def test_after_the_end_and_after_a_withdrawal_the_page_says_so(client: Client, mari: Person, time: Time) -> None:
    placement, address = missed(time)
    told = form_of(placement, "attended")
    ending.close(Referral.objects.get(pk=placement.referral_id), "duplicate", deed())
    late = client.post(address, told)
    assert (late.status_code, "Merkintää ei voi enää korjata" in text(late)) == (409, True)
    other, where = missed(time)
    told = form_of(other, "attended")
    ending.withdraw(Referral.objects.get(pk=other.referral_id), deed(RESIDENT, "phone"))
    assert client.post(where, told).status_code == 410


def test_a_check_that_was_asked_for_makes_the_correction_the_main_deed(client: Client, mari: Person, time: Time) -> None:
    placement, address = missed(time)
    ask("check_mark", placement.referral, placement)
    page = text(client.get(address.split("paikka/")[0]))
    place = page[page.index(f'id="k-{placement.pk}"') :]
    assert place.index("/korjaa/") < place.index("Muut toimet")


def test_a_receiver_corrects_on_the_own_page_until_the_link_worker_has_rung(client: Client, time: Time) -> None:
    placement, address, session = agreed(client, time)
    time.to(session.starts_at + timedelta(hours=1))
    client.post(address, {"toimi": "merkitse", "tulos": "missed"})
    page = client.get(address)
    assert "Korjaa merkintä" in text(page)
    told = {**form_of(placement, "attended"), "toimi": "korjaa", "kerran": once(page)}
    assert client.post(address, {**told, "miksi": ""}).status_code == 422
    for _ in range(2):
        answer = client.post(address, told)
    assert "Merkintä on korjattu." in text(client.get(answer.headers["Location"]))
    placement.refresh_from_db()
    assert placement.state == "first_attended"
    client.post(address, {**form_of(placement, "missed"), "toimi": "korjaa", "kerran": "kolmas"})
    visiting.answer_why(Placement.objects.get(pk=placement.pk), "health", deed(RESIDENT, "link"))
    page = client.get(address)
    assert ("Korjaa merkintä" in text(page), "Merkitsin väärin" in text(page)) == (False, True)
    stale = client.post(address, {**form_of(placement, "attended"), "toimi": "korjaa", "kerran": "neljas"})
    assert (stale.status_code, "on jo seurannut muuta" in text(stale)) == (409, True)
    asked = client.post(address, {"toimi": "vaarin", "kerran": "viides"})
    assert "Pyysimme linkkihenkilöä tarkistamaan merkinnän." in text(client.get(asked.headers["Location"]))
    assert Errand.objects.filter(kind="check_mark", done_at=None).count() == 1
