from __future__ import annotations

import pytest
from django.test import Client

from mukana.referrals.models import Answer, Goal, Permission, Referral
from mukana.referrals.tests import make
from mukana.referrals.tests.make import Time

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(time: Time, client: Client) -> Referral:
    found = make.talking()
    client.force_login(make.mari())
    return found


def page(case: Referral) -> str:
    return f"/tyopoyta/hyvinvointilahete/{case.pk}/tavoitteet/"


def test_permission_is_asked_first_and_once(case: Referral, client: Client) -> None:
    assert "Kysy ensin lupa" in client.get(page(case)).content.decode()
    assert client.post(page(case), {"teko": "oma", "laji": "goal", "sanat": "Kävelen"}).status_code == 409
    for _ in range(2):
        client.post(f"{page(case)}lupa/")
    assert Permission.objects.filter(kind="measures").count() == 1
    assert "Miten nyt menee" in client.get(page(case)).content.decode()


def test_a_goal_is_written_answered_passed_over_and_left(case: Referral, client: Client) -> None:
    client.post(f"{page(case)}lupa/")
    form = {"teko": "oma", "laji": "goal", "sanat": "Haluan kävellä torille", "kerran": "k1"}
    for _ in range(2):
        assert client.post(page(case), form).status_code == 302
    goal = Goal.objects.get()
    first = {"teko": "vointi", "tapa": "oral", str(goal.pk): "-1", "happy": "ohi", "anxious": "", "satisfied": "6"}
    assert client.post(page(case), first).status_code == 302
    assert client.post(page(case), {**first, str(goal.pk): "1"}).status_code == 302
    said = client.get(page(case)).content.decode()
    assert "Alussa -1, viimeksi 1." in said
    assert Answer.objects.filter(item="happy", value=None).count() == 2
    assert not Answer.objects.filter(item="anxious").exists()
    client.post(f"{page(case)}{goal.pk}/jata/")
    assert "Haluan kävellä torille" not in client.get(page(case)).content.decode()


def test_bad_answers_are_said_and_what_was_typed_stays(case: Referral, client: Client) -> None:
    client.post(f"{page(case)}lupa/")
    answer = client.post(page(case), {"teko": "oma", "laji": "goal", "sanat": ""})
    assert answer.status_code == 422
    assert client.post(page(case), {"teko": "vointi", "tapa": "oral", "happy": "11"}).status_code == 422
    three = [client.post(page(case), {"teko": "oma", "laji": "concern", "sanat": f"Huoli {number}"}) for number in range(4)]
    assert [one.status_code for one in three] == [302, 302, 302, 409]
    assert "Huoli 3" in three[3].content.decode()


def test_another_area_s_worker_sees_nothing(case: Referral, client: Client) -> None:
    client.force_login(make.person("link_worker", "Toinen Työntekijä"))
    assert client.get(page(case)).status_code == 404
