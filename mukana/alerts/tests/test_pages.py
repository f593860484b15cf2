"""The pages of an alert: a GET changes nothing, one press does; staff see counts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from mukana.alerts import secrets
from mukana.alerts.actions.subscribing import Address, Wish, subscribe
from mukana.alerts.models import Alert
from mukana.audit.models import Trace
from mukana.organisations.models import Municipality
from mukana.outbox.models import Message
from mukana.search.asked import Asked
from mukana.search.matching import Question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_index")]
Enter = Callable[[str], Client]
NEW = "/hakuvahti/uusi/?q=vesijumppa"
DESK = "/tyopoyta/hakuvahdit/"


@pytest.fixture(autouse=True)
def no_limits_yet(db: None) -> None:
    cache.clear()


@pytest.fixture
def alert() -> Alert:
    return subscribe(Address("email", "outi@mukana.example"), Wish(Question(Asked(text="vesijumppa"))))


def test_the_results_page_offers_to_tell_of_new_ones(client: Client) -> None:
    page = client.get("/haku/?q=vesijumppa&hinta=maksuton").content.decode()
    assert 'href="/hakuvahti/uusi/?q=vesijumppa&amp;hinta=maksuton"' in page


def test_a_wish_by_mail_is_kept_and_asked_of(client: Client) -> None:
    assert "”vesijumppa”" in client.get(NEW).content.decode()
    answer = client.post(NEW, {"address": "outi@mukana.example", "rhythm": "daily"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/hakuvahti/lahetetty/")
    assert client.get("/hakuvahti/lahetetty/").status_code == 200
    assert (Alert.objects.get().rhythm, Alert.objects.get().search) == ("daily", {"text": "vesijumppa"})
    assert Message.objects.get().by == "system"


def test_a_wish_by_phone_is_begun_with_the_code(client: Client) -> None:
    answer = client.post(NEW, {"address": "041 730 8168", "rhythm": "weekly"})
    assert answer.headers["Location"] == "/hakuvahti/koodi/"
    (code,) = re.findall(r"koodi (\d{6})", Message.objects.get().text)
    wrong = client.post("/hakuvahti/koodi/", {"address": "0417308168", "code": "12"})
    assert wrong.status_code == 422
    other = client.post("/hakuvahti/koodi/", {"address": "0417308169", "code": code})
    assert (other.status_code, "Koodi ei käy tähän numeroon" in other.content.decode()) == (422, True)
    right = client.post("/hakuvahti/koodi/", {"address": "0417308168", "code": f"{code[:3]} {code[3:]}"})
    assert right.headers["Location"] == f"/v/{secrets.token_of(Alert.objects.get().pk)}/"
    assert Alert.objects.get().state == "on"


@pytest.mark.parametrize(("area", "search"), [("here", {"municipalities": ["297"]}), ("near", {"km": 20}), ("anywhere", {})])
def test_where_is_asked_when_a_place_is_chosen_and_the_search_leaves_it_open(client: Client, area: str, search: dict[str, object]) -> None:
    Municipality.objects.get_or_create(code="297", defaults={"name_fi": "Kuopio", "name_sv": "Kuopio"})
    client.cookies["paikka"] = "297"
    client.post(NEW, {"address": "outi@mukana.example", "rhythm": "weekly", "area": area})
    assert (Alert.objects.get().search, Alert.objects.get().place) == ({"text": "vesijumppa", **search}, "297")


def test_what_cannot_be_an_address_is_told_and_a_machine_is_thanked(client: Client) -> None:
    page = client.post(NEW, {"address": "hei", "rhythm": "weekly"})
    assert (page.status_code, "ei löydy sähköpostiosoitetta" in page.content.decode()) == (422, True)
    assert client.post(NEW, {"address": "o@mukana.example", "rhythm": "weekly", "website": "x"}).status_code == 302
    assert not Alert.objects.exists()


def test_one_address_gets_four_messages_an_hour_and_a_code_five_tries(client: Client) -> None:
    found = [client.post(f"{NEW}{n}", {"address": "o@mukana.example", "rhythm": "weekly"}).status_code for n in range(5)]
    assert found == [302, 302, 302, 302, 429]
    codes = [client.post("/hakuvahti/koodi/", {"address": "0417308168", "code": "123456"}).status_code for _ in range(6)]
    assert codes == [422] * 5 + [429]


def test_an_address_with_too_many_is_told_so(client: Client, monkeypatch: pytest.MonkeyPatch, alert: Alert) -> None:
    monkeypatch.setattr("mukana.alerts.actions.subscribing.MOST_OF_ADDRESS", 1)
    page = client.post("/hakuvahti/uusi/?q=kuoro", {"address": "outi@mukana.example", "rhythm": "weekly"})
    assert "on jo monta hakuvahtia" in page.content.decode()


def test_opening_the_link_begins_nothing_and_one_press_does(client: Client, alert: Alert) -> None:
    address = f"/v/{secrets.token_of(alert.pk)}/"
    page = client.get(address)
    assert "o…@mukana.example" in page.content.decode()
    assert "outi@" not in page.content.decode()
    assert "no-cache" in page.headers["Cache-Control"]
    alert.refresh_from_db()
    assert alert.state == "waiting"
    assert client.post(address).status_code == 302
    client.post(address, {"rhythm": "daily"})
    client.post(f"{address}tauko/", {"paused": "1"})
    alert.refresh_from_db()
    assert (alert.state, alert.rhythm) == ("paused", "daily")
    assert "Tauolla" in client.get(address).content.decode()
    assert client.post(address, {"rhythm": "never"}).status_code == 302


def test_a_mail_programme_ends_it_with_one_click_and_a_scanner_does_not(alert: Alert) -> None:
    address = f"/v/{secrets.token_of(alert.pk)}/loppu/"
    strict = Client(enforce_csrf_checks=True)
    assert "Lopetetaanko viestit?" in strict.get(address).content.decode()
    assert Alert.objects.exists()
    assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Alert.objects.exists()
    assert strict.get(address).status_code == 410
    assert strict.post(address).status_code == 200


def test_a_link_that_opens_nothing_says_so(client: Client) -> None:
    for method, path in (("get", "/v/abc/"), ("post", "/v/abc/"), ("post", "/v/abc/tauko/")):
        assert getattr(client, method)(path).status_code == 410


def test_staff_see_counts_and_no_addresses_and_the_look_is_written_down(enter: Enter, alert: Alert) -> None:
    page = enter("coordinator").get(DESK).content.decode()
    assert "outi" not in page.split("<main")[1]
    assert "vesijumppa" not in page
    assert Trace.objects.filter(verb="alerts.counted").count() == 1


def test_staff_begin_with_the_code_and_end_by_the_number_for_one_who_phones(enter: Enter) -> None:
    subscribe(Address("sms", "+358417308168"), Wish(Question(Asked(text="kuoro"))))
    (code,) = re.findall(r"koodi (\d{6})", Message.objects.get().text)
    client = enter("coordinator")
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    assert client.post(f"{DESK}vahvista/", {"koodi-address": "0417308168", "koodi-code": wrong}).status_code == 422
    assert client.post(f"{DESK}vahvista/", {"koodi-address": "", "koodi-code": code}).status_code == 422
    done = client.post(f"{DESK}vahvista/", {"koodi-address": "0417308168", "koodi-code": code}, follow=True)
    assert "Hakuvahti alkoi." in done.content.decode()
    assert client.post(f"{DESK}lopeta/", {"loppu-address": "x"}).status_code == 422
    ended = client.post(f"{DESK}lopeta/", {"loppu-address": "041 730 8168"}, follow=True)
    assert "ei lähde enää" in ended.content.decode()
    assert not Alert.objects.exists()
    assert Trace.objects.filter(verb__in=["alert.confirmed", "alert.ended"]).exclude(actor="visitor").count() == 2
