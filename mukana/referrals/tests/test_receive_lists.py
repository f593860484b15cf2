"""The group's paper list: first names only, none of the protected, entered afterwards by staff."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from mukana.accounts.models import Person
from mukana.attendance.models import Headcount
from mukana.attendance.queries import marks_on
from mukana.audit.models import Trace
from mukana.directory.models import Occurrence
from mukana.directory.tests import make as hub
from mukana.lib.clock import now
from mukana.referrals.actions import answering, ending, offering, visiting
from mukana.referrals.actions.permitting import unpermit
from mukana.referrals.actions.protecting import protect
from mukana.referrals.models import Permission, Placement, Referral
from mukana.referrals.rules.codes import RECEIVER, RESIDENT, Deed
from mukana.referrals.tests import make
from mukana.referrals.tests.make import AINO, Time, deed

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
LISTS = "/tyopoyta/osallistujalistat/"


def text(page: HttpResponse) -> str:
    return page.content.decode().replace("\u00a0", " ")


def expected(*people: make.Who) -> tuple[Occurrence, list[Placement], str]:
    """A date of one group to which everybody comes for the first time; and the last one's receiver's page."""
    entry = make.group()
    date = hub.date(entry, now() + timedelta(days=7))
    found, token = [], ""
    for who in people:
        _, placement = make.planned(make.talking(who), entry)
        token = answering.accept(placement, deed(RECEIVER, "phone"))
        visiting.schedule(placement, visiting.When(date.starts_at, "Anneli", date.ends_at, occurrence=date), deed())
        found.append(Placement.objects.get(pk=placement.pk))
    return date, found, token


@pytest.fixture
def mari(client: Client, time: Time) -> Person:
    person = make.mari()
    client.force_login(person, backend=BACKEND)
    return person


def test_the_receiver_prints_first_names_and_boxes_and_each_look_is_written_down(client: Client, time: Time) -> None:
    twin = make.variant(AINO, name="Aino Aalto", phone="017 765 4321")
    date, found, token = expected(AINO, twin, make.REIJO)
    page = client.get(f"/tulija/{token}/lista/{date.pk}/")
    shown = text(page)
    assert all(word in shown for word in ("Aino V.", "Aino A.", "Reijo", "Vesijumppa", "017 555 0100", "ensimmäinen kerta"))
    assert not any(word in shown for word in ("Virtanen", "Räsänen", "4567", "Kaipaan", "Rollaattori", "Laiturikatu"))
    assert Trace.objects.filter(verb="read", detail__purpose="group_list", actor__startswith="link:").count() == len(found)
    assert f"/tulija/{token}/lista/{date.pk}/" in text(client.get(f"/tulija/{token}/"))


def test_a_protected_person_and_one_whose_name_may_not_be_told_stand_without_a_name(client: Client, time: Time) -> None:
    date, found, token = expected(AINO, make.REIJO)
    protect(found[0].referral.resident, deed(), protected=True, safe=[])
    Permission.objects.filter(kind="receiver", referral=found[1].referral).update(groups=["wish"])
    shown = text(client.get(f"/tulija/{token}/lista/{date.pk}/"))
    assert "Osallistuja 1 (nimi linkin takana)" in shown
    assert "Osallistuja 2 (nimi linkin takana)" in shown
    assert not any(word in shown for word in ("Aino", "Reijo"))


def test_who_withdrew_or_took_the_permission_back_is_not_on_the_list(client: Client, time: Time) -> None:
    date, found, token = expected(AINO, make.variant(AINO, name="Eeva Eskola"), make.REIJO)
    ending.withdraw(Referral.objects.get(pk=found[0].referral_id), Deed("p1", RESIDENT, "phone"))
    unpermit(Permission.objects.get(kind="receiver", referral=found[1].referral), deed())
    shown = text(client.get(f"/tulija/{token}/lista/{date.pk}/"))
    assert ("Aino" in shown, "Eeva" in shown, "Reijo" in shown) == (False, False, True)


def test_a_list_of_another_group_or_behind_a_dead_link_does_not_open(client: Client, time: Time) -> None:
    date, found, token = expected(AINO)
    other = hub.date(make.group("Kuoro"), date.starts_at)
    assert client.get(f"/tulija/{token}/lista/{other.pk}/").status_code == 404
    assert client.get(f"/tulija/{token}/lista/{uuid4()}/").status_code == 404
    assert client.get(f"/tulija/olematon/lista/{date.pk}/").status_code == 404
    offering.recall(found[0], "changed_plan", deed())
    assert client.get(f"/tulija/{token}/lista/{date.pk}/").status_code == 410


def test_staff_see_the_dates_of_their_own_cases_only(client: Client, mari: Person, time: Time) -> None:
    date, _, _ = expected(AINO, make.REIJO)
    page = text(client.get(LISTS))
    assert "Vesijumppa" in page
    assert "Kirjaa lista" not in page
    assert "Aino" in text(client.get(f"{LISTS}{date.pk}/tuloste/"))
    client.force_login(make.person("link_worker", "Liisa Muualta"), backend=BACKEND)
    assert "Vesijumppa" not in text(client.get(LISTS))
    for path in (f"{LISTS}{date.pk}/", f"{LISTS}{date.pk}/tuloste/"):
        assert client.get(path).status_code == 404


def test_ticks_of_the_paper_are_entered_at_once_and_can_be_corrected(client: Client, mari: Person, time: Time) -> None:
    date, (aino, reijo), _ = expected(AINO, make.REIJO)
    path = f"{LISTS}{date.pk}/"
    early = client.post(path, {f"r{aino.pk}": "attended"})
    assert early.status_code == 409
    assert "kun kerta on alkanut" in text(early)
    assert re.search(rf'name="r{aino.pk}" value="attended" checked', text(early))
    time.to(date.starts_at + timedelta(hours=2))
    assert "Kirjaa lista" in text(client.get(LISTS))
    assert client.post(path, {}).status_code == 422
    assert client.post(path, {"montako": "monta"}).status_code == 422
    form = {f"r{aino.pk}": "attended", f"r{reijo.pk}": "missed", "montako": "14", "rolematon": "attended"}
    for _ in range(2):
        assert client.post(path, form).status_code == 302
    assert marks_on(date) == {aino.subject: "attended", reijo.subject: "missed"}
    assert Headcount.objects.get().people == 14
    assert {Placement.objects.get(pk=one.pk).state for one in (aino, reijo)} == {"first_attended", "missed_first"}
    assert aino.sessions.get().marked_how == "paper"
    unexplained = client.post(path, {f"r{reijo.pk}": "attended"})
    assert (unexplained.status_code, "Kerro, miksi merkintä oli väärä." in text(unexplained)) == (422, True)
    assert client.post(path, {f"r{reijo.pk}": "attended", "miksi": "mixed_up"}).status_code == 302
    assert Placement.objects.get(pk=reijo.pk).state == "first_attended"
    assert "2 riviä" in text(client.get(f"{path}?tehty=2"))
    assert "merkitty" in text(client.get(f"{path}tuloste/"))


def test_a_headcount_that_cannot_be_is_refused_and_marks_nobody(client: Client, mari: Person, time: Time) -> None:
    date, (aino,), _ = expected(AINO)
    time.to(date.starts_at + timedelta(hours=2))
    page = client.post(f"{LISTS}{date.pk}/", {f"r{aino.pk}": "attended", "montako": "9999"})
    assert page.status_code == 409
    assert marks_on(date) == {}


def test_those_who_already_come_stand_after_the_new_ones(client: Client, mari: Person, time: Time) -> None:
    date, (aino,), _ = expected(AINO)
    time.to(date.starts_at + timedelta(hours=2))
    client.post(f"{LISTS}{date.pk}/", {f"r{aino.pk}": "attended"})
    assert date.entry is not None
    following = hub.date(date.entry, date.starts_at + timedelta(days=7))
    _, placement = make.planned(make.talking(), date.entry)
    answering.accept(placement, deed(RECEIVER, "phone"))
    visiting.schedule(placement, visiting.When(following.starts_at, "Anneli", occurrence=following), deed())
    page = text(client.get(f"{LISTS}{following.pk}/"))
    assert page.index("Reijo") < page.index("Aino")
