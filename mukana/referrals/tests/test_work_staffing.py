"""Areas and absences: the deeds and their pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from mukana.accounts.models import Person
from mukana.audit.models import Trace
from mukana.lib.clock import now, today
from mukana.organisations.models import Municipality
from mukana.referrals.actions.staffing import Staff, end_absence, set_absence, set_area
from mukana.referrals.models import Absence, Area, Referral
from mukana.referrals.queries.scope import areas_of, cases_of
from mukana.referrals.rules.codes import Refused
from mukana.referrals.tests import make
from mukana.referrals.tests.make import Time
from mukana.referrals.tests.test_work_pages import page, said, seen_by

pytestmark = pytest.mark.django_db


def outi() -> Person:
    return make.person("referral_coordinator", "Outi Uusi")


def test_a_new_coordinator_has_the_area_s_open_turns_at_once(time: Time) -> None:
    case, area, new = make.sent(), make.area(), outi()
    set_area(area.municipality, Staff(new, area.deputy, area.lead, area.companions, " 017 1 "), by=area.coordinator)
    case.refresh_from_db()
    assert case.owner_person == new
    assert Area.objects.get().phone == "017 1"
    assert Trace.objects.get(verb="area.staffed").detail["coordinator"] == str(new.pk)


@pytest.mark.parametrize(("coordinator", "deputy", "code"), [(False, False, "no_area_coordinator"), (True, True, "deputy_same")])
def test_an_area_needs_a_coordinator_and_another_deputy(time: Time, coordinator: bool, deputy: bool, code: str) -> None:
    new = outi()
    with pytest.raises(Refused) as refused:
        set_area(make.hub.kuopio(), Staff(new if coordinator else None, new if deputy else None), by=new)
    assert refused.value.code == code


def test_absences_are_whole_covered_and_ended(time: Time) -> None:
    mari, coordinator, other = make.mari(), make.area().coordinator, make.area().deputy
    assert coordinator is not None
    day = today()
    for first, last, cover, code in (
        (day, day - timedelta(days=1), other, "absence_order"),
        (day - timedelta(days=9), day - timedelta(days=5), other, "absence_order"),
        (day, day + timedelta(days=400), other, "absence_long"),
        (day, day, mari, "cover_same"),
    ):
        with pytest.raises(Refused) as refused:
            set_absence(mari, first, last, cover, by=coordinator)
        assert refused.value.code == code
    made = set_absence(mari, day, day + timedelta(days=2), None, by=coordinator)
    with pytest.raises(Refused) as refused:
        set_absence(mari, day, day, other, by=coordinator)
    assert refused.value.code == "absence_twice"
    end_absence(made, by=coordinator)
    assert not Absence.objects.exists()
    assert Trace.objects.filter(verb__startswith="absence.").count() == 2


def _siilinjarvi(coordinator: Person) -> Area:
    town = Municipality.objects.create(code="749", name_fi="Siilinjärvi", name_sv="Siilinjärvi", region_name="Pohjois-Savo")
    return Area.objects.create(municipality=town, coordinator=coordinator)


def _refused(person: Person, cover: Person | None, by: Person) -> str:
    with pytest.raises(Refused) as refused:
        set_absence(person, today(), today(), cover, by=by)
    return refused.value.code


def test_nobody_opens_another_area_s_cases_to_themselves_by_writing_an_absence(time: Time) -> None:
    make.acknowledged()
    coordinator, stranger = make.area().coordinator, outi()
    assert coordinator is not None
    for whose in (coordinator, make.mari()):
        assert _refused(whose, stranger, stranger) == "absence_not_yours"
    told = {"kuka": str(coordinator.pk), "alkaa": today().isoformat(), "loppuu": today().isoformat(), "sijainen": str(stranger.pk)}
    assert seen_by(stranger).post(reverse("absence"), told).status_code == 422
    _siilinjarvi(stranger)
    assert seen_by(stranger).post(reverse("absence"), told).status_code == 422
    assert not cases_of(stranger).exists()


def test_a_cover_is_of_one_s_own_areas_and_comes_to_see_nothing_that_is_not_one_s_own_to_give(time: Time) -> None:
    make.acknowledged()
    area, stranger = make.area(), outi()
    coordinator, deputy, mari = area.coordinator, area.deputy, make.mari()
    assert coordinator is not None
    assert deputy is not None
    other = _siilinjarvi(stranger)
    assert _refused(mari, stranger, coordinator) == "cover_not_yours"
    other.deputy = coordinator
    other.save()
    assert _refused(coordinator, deputy, deputy) == "cover_sees_more"  # the other town is not the deputy's to give
    set_absence(coordinator, today(), today(), deputy, by=coordinator)  # but is the coordinator's own
    assert set(areas_of(deputy)) == {"297", "749"}
    assert _refused(stranger, mari, deputy) == "cover_sees_more"  # what one stands in for is not given on
    set_absence(stranger, today(), today(), None, by=deputy)  # but an absence there can be written down


def test_a_link_worker_without_cases_can_be_anybody_s_cover_and_one_with_cases_elsewhere_is_not_ours(time: Time) -> None:
    make.acknowledged()
    coordinator, new = make.area().coordinator, make.person("link_worker", "Uusi Linkki")
    assert coordinator is not None
    end_absence(set_absence(make.mari(), today(), today(), new, by=coordinator), by=coordinator)
    elsewhere = _siilinjarvi(outi())
    case = make.sent()
    Referral.objects.filter(pk=case.pk).update(area=elsewhere.pk, link_worker=new)
    assert _refused(make.mari(), new, coordinator) == "cover_not_yours"


def test_another_area_s_absence_is_not_taken_away(time: Time) -> None:
    coordinator, stranger = make.area().coordinator, outi()
    assert coordinator is not None
    made = set_absence(coordinator, today(), today(), None, by=coordinator)
    assert seen_by(stranger).post(reverse("absence_end", args=[made.pk])).status_code == 403
    assert Absence.objects.exists()
    assert "Poista poissaolo" not in page(seen_by(stranger), "areas")


def test_the_page_changes_an_area_and_tells_what_is_wrong_without_losing_anything(time: Time) -> None:
    area, new = make.area(), outi()
    client = seen_by(area.coordinator)
    assert "Kaisa Koordinoija" in page(client, "areas")
    told = {"koordinaattori": str(area.coordinator_id), "sijainen": str(area.coordinator_id), "puhelin": "017 555 0100"}
    answer = client.post(reverse("area", args=["297"]), told)
    assert (answer.status_code, "ei voi olla sama" in said(answer)) == (409, True)
    assert client.post(reverse("area", args=["297"]), {**told, "sijainen": str(new.pk)}).status_code == 302
    area.refresh_from_db()
    assert area.deputy == new


def test_nobody_takes_another_area_to_themselves_but_an_unheld_one_may_be_taken(time: Time) -> None:
    area, new = make.area(), outi()
    client = seen_by(new)
    told = {"koordinaattori": str(new.pk), "puhelin": "017 1"}
    assert client.post(reverse("area", args=["297"]), told).status_code == 403
    Municipality.objects.create(code="749", name_fi="Siilinjärvi", name_sv="Siilinjärvi", region_name="Pohjois-Savo")
    assert client.post(reverse("area_new"), {**told, "kunta": "749"}).status_code == 302
    assert Area.objects.get(pk="749").coordinator == new
    Area.objects.filter(pk="297").update(coordinator=None)
    assert client.post(reverse("area", args=["297"]), told).status_code == 302
    area.refresh_from_db()
    assert area.coordinator == new


def test_an_absence_is_written_and_taken_away_on_the_page(time: Time) -> None:
    area, mari = make.area(), make.mari()
    client = seen_by(area.coordinator)
    told = {"kuka": str(mari.pk), "alkaa": today().isoformat(), "loppuu": today().isoformat(), "sijainen": str(area.deputy_id)}
    assert client.post(reverse("absence"), {**told, "alkaa": "huomenna"}).status_code == 422
    for day in ("9999-12-31", "0001-01-01"):
        answer = client.post(reverse("absence"), {**told, "alkaa": day, "loppuu": day})
        assert (answer.status_code, "Tarkista vuosi" in answer.content.decode()) == (422, True)
    assert client.post(reverse("absence"), {**told, "sijainen": str(mari.pk)}).status_code == 409
    assert client.post(reverse("absence"), told).status_code == 302
    assert "Sijaisena Veli Varalla" in page(client, "areas")
    gone = reverse("absence_end", args=[Absence.objects.get().pk])
    for _ in range(2):
        assert client.post(gone).status_code == 302
    assert not Absence.objects.exists()


def test_a_reminder_of_the_clock_does_not_move_the_months_of_follow_up_nor_the_days_left_of_a_pause(time: Time) -> None:
    from mukana.referrals.actions import working
    from mukana.referrals.actions.ticking import tick

    case = make.talking()
    working.plan(case, make.deed(), own_path="Kävelee")
    working.follow_up(case, make.deed())
    time.on(days=36)
    tick(now())  # a reminder: a link of the history that moves nothing
    working.followed_up(Referral.objects.get(pk=case.pk), make.deed())
    case.refresh_from_db()
    assert case.since.date().isoformat() == "2027-02-23"  # three months from 23.11., not from the reminder
    other = make.talking()
    left = (other.due_at.date() - today()).days
    working.pause(other, today() + timedelta(days=28), "hospital", make.deed())
    time.on(days=25)
    tick(now())  # wakes five working days before
    working.resume(other, make.deed())
    other.refresh_from_db()
    assert abs((other.due_at.date() - today()).days - left) <= 3  # holidays may lie between
