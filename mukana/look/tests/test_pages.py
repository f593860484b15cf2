"""The shared pages: the policy, the settings and the errors."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.test import Client, RequestFactory
from django.urls import include, path

from mukana.look import middleware, navigation, views

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

urlpatterns = [path("", include("mukana.look.urls"))]
handler404 = "mukana.look.views.missing"
handler403 = "mukana.look.views.denied"


@pytest.mark.parametrize("address", ["/osat/", "/kieli/", "/nakyma/", "/ei-ole/"])
def test_no_page_has_inline_style_or_script(client: Client, address: str) -> None:
    html = client.get(address).content.decode()
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", html)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))


def test_every_answer_carries_the_strict_policy(client: Client) -> None:
    headers = client.get("/osat/").headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "geolocation=(self)" in headers["Permissions-Policy"]


def test_a_policy_that_a_view_has_set_stays() -> None:
    def embeddable(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Content-Security-Policy": "frame-ancestors *"})

    response = middleware.ContentSecurityPolicy(embeddable)(RequestFactory().get("/"))
    assert response.headers["Content-Security-Policy"] == "frame-ancestors *"


def test_a_theme_and_a_text_size_are_remembered(client: Client) -> None:
    response = client.post("/nakyma/", {"teema": "tumma", "teksti": "suuri", "next": "/osat/"})
    assert response.headers["Location"] == "/osat/"
    assert response.cookies["teema"]["samesite"] == "Lax"
    assert response.cookies["teema"]["httponly"]
    html = client.get("/osat/").content.decode()
    assert '<html lang="fi" data-theme="tumma" data-text="suuri">' in html


def test_the_usual_choice_forgets_the_cookie(client: Client) -> None:
    client.post("/nakyma/", {"teema": "tumma"})
    client.post("/nakyma/", {"teema": "auto"})
    assert 'data-theme="tumma">' not in client.get("/kieli/").content.decode().split("<body")[0]


def test_an_invented_theme_is_not_kept(client: Client) -> None:
    response = client.post("/nakyma/", {"teema": '"><b>'})
    assert "teema" not in response.cookies
    client.cookies["teema"] = "outo"
    assert "data-theme" not in client.get("/kieli/").content.decode().split("<body")[0]


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "http:///evil.example", ""]
)
def test_the_way_back_never_leaves_the_site(client: Client, target: str) -> None:
    for address in ("/nakyma/", "/kieli/"):
        assert client.post(address, {"next": target}).headers["Location"] == "/"
        assert "evil" not in client.get(address, {"next": target}).content.decode().split("<main")[1]


def test_a_language_is_remembered_and_changes_the_page(client: Client) -> None:
    client.post("/kieli/", {"kieli": "sv"})
    response = client.get("/osat/")
    assert response.headers["Content-Language"] == "sv"
    assert '<html lang="sv"' in response.content.decode()
    assert {"Cookie"} <= {part.strip() for part in response.headers["Vary"].split(",")}


def test_selkokieli_is_a_choice_of_its_own(client: Client) -> None:
    client.post("/kieli/", {"selko": "1"})
    client.post("/kieli/", {"kieli": "smn"})
    request = client.get("/osat/").wsgi_request
    assert request.text_languages == ("smn", "fi-x-selko", "fi")  # type: ignore[attr-defined]  # set by the middleware
    client.post("/kieli/", {"selko": "0"})
    assert client.get("/osat/").wsgi_request.text_languages == ("smn", "fi")  # type: ignore[attr-defined]


def test_the_settings_forms_need_the_sites_own_token() -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/nakyma/", {"teema": "tumma"})
    assert response.status_code == 403
    assert "lataa sivu uudelleen" in response.content.decode()


def test_a_missing_page_gives_two_ways_on(client: Client) -> None:
    response = client.get("/ei-ole/")
    assert response.status_code == 404
    assert "Tätä sivua ei ole" in response.content.decode()
    assert "Siirry etusivulle" in response.content.decode()


def test_our_own_fault_is_told_without_asking_the_database() -> None:
    response = views.broken(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Vika on meillä, ei sinussa" in response.content.decode()


def test_a_denied_and_an_unreadable_request_say_what_to_do(rf: RequestFactory) -> None:
    assert "pääkäyttäjältä" in views.denied(rf.get("/"), PermissionError()).content.decode()
    assert views.bad_request(rf.get("/"), ValueError()).status_code == 400


def test_an_address_of_forms_opened_as_a_page_says_so_and_stays_405(rf: RequestFactory) -> None:
    def only_post(request: HttpRequest) -> HttpResponse:
        return HttpResponseNotAllowed(["POST"])

    answer = middleware.FormOnly(only_post)
    shown = answer(rf.get("/lupa/peru/", headers={"accept": "text/html,*/*"}))
    assert (shown.status_code, shown.headers["Allow"], shown.headers["Content-Type"]) == (405, "POST", "text/html; charset=utf-8")
    assert "Tämä osoite toimii vain lomakkeesta. Palaa edelliselle sivulle." in shown.content.decode()
    assert answer(rf.get("/api/", headers={"accept": "application/json"})).content == b""
    assert answer(rf.put("/lupa/peru/", headers={"accept": "text/html"})).content == b""


def test_the_menu_leaves_out_what_a_visitor_may_not_open(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_items", {})
    navigation.register(
        navigation.Item("Näkymä", "view_settings", order=2),
        navigation.Item("Osat", "gallery", order=1),
        navigation.Item("Kielletty", "language_settings", permission=lambda request: False),
        navigation.Item("Työ", "language_settings", permission="desk.see", section="staff"),
        navigation.Item("Poissa", "no_such_page"),
    )
    request = rf.get("/osat/")
    assert [(item.label, item.current) for item in navigation.shown(request, "public")] == [("Osat", True), ("Näkymä", False)]
    assert navigation.shown(request, "staff") == []


def test_the_bar_of_the_desk_holds_few_and_always_the_open_page() -> None:
    items = [navigation.Shown(str(number), "/", "", number == 9, 0, number * 10) for number in range(12)]
    assert [item.label for item in navigation.bar(items)] == ["0", "1", "2", "3", "9"]
    assert len(navigation.bar(items[:9])) == navigation.BAR


def test_the_desk_puts_its_pages_under_headings() -> None:
    items = [navigation.Shown(str(order), "/", "", False, 0, order) for order in (1, 10, 39, 40, 99)]
    found = [[item.label for item in items] for _heading, items in navigation.shelves(items)]
    assert found == [["1"], ["10", "39"], ["40"], ["99"]]
    assert navigation.shelves([]) == []


def test_styles_and_scripts_leave_room_for_the_page_itself() -> None:
    folder = Path(views.__file__).parent / "static" / "look"
    sent = sum(len(gzip.compress(file.read_bytes())) for kind in ("css/*.css", "js/*.js") for file in folder.glob(kind))
    assert sent < 20_000  # of the 60 000 bytes that a public page may take without letters


def test_the_browser_keeps_the_words_for_no_network_and_their_looks_and_nothing_of_anybodys(client: Client) -> None:
    worker = client.get("/verkoton.js")
    assert worker.headers["Content-Type"].startswith("text/javascript")
    assert worker.headers["Cache-Control"] == "no-cache"
    kept = re.search(r"const KEPT = \[(.*?)\]", worker.content.decode())
    assert kept is not None
    addresses = re.findall(r'"([^"]+)"', kept[1])
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', client.get("/osat/").content.decode())
    assert addresses == [one for one in styles if "gallery" not in one]
    page = client.get("/verkoton/").content.decode()
    assert "Verkkoyhteys puuttuu" in page
    assert "<header" not in page
