"""A theme is made, seen where it belongs, and taken away; what had to give way is shown first."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from mukana.accounts.models import Person
from mukana.audit.models import Trace
from mukana.lib.clock import now
from mukana.organisations.models import Organisation
from mukana.themes import jobs, snapshot
from mukana.themes.actions import Logo, remove, save
from mukana.themes.logos import LogoError, fitted
from mukana.themes.models import Theme

pytestmark = pytest.mark.django_db
Enter = Callable[[str], Client]
DESK = "/tyopoyta/ulkoasu/"
TYPED = {
    "name": "Pielavesi", "slug": "pielavesi", "brand": "#ffcc00", "accent": "#f2a93b", "tint": "#e8e5f1",
    "font": "ysabeau", "corner": "6", "owner": "", "addresses": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: Path) -> Iterator[None]:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    yield
    snapshot._held = (("", 0, 0), ())


@pytest.fixture
def kept(django_capture_on_commit_callbacks: Callable[..., object]) -> Callable[..., Theme]:
    def keep(logo: Logo | None = None, **facts: object) -> Theme:
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
            words = {"slug": "kunta", "name": "Kunnan Mukana", "saved_at": now(), **facts}
            return save(Theme(**words), by="p1", logo=logo)

    return keep


def picture(size: tuple[int, int] = (400, 100), form: str = "PNG") -> bytes:
    held = io.BytesIO()
    Image.new("RGBA", size, "#aa0000").save(held, form)
    return held.getvalue()


def test_without_themes_pages_are_mukanas_own_and_no_file_is_made(client: Client) -> None:
    assert jobs.follow_themes(now()) is None
    page = client.get("/tietosuoja/").content.decode()
    assert "<span>Mukana</span>" in page
    assert "/teema/" not in page
    assert not list(snapshot._path().parent.glob("themes.json"))


def test_a_theme_is_seen_at_its_own_address_with_links_that_stay_there(client: Client, kept: Callable[..., Theme]) -> None:
    kept(brand="#005500")
    page = client.get("/y/kunta/tietosuoja/").content.decode()
    assert "<span>Kunnan Mukana</span>" in page
    assert "– Kunnan Mukana</title>" in page
    assert 'href="/y/kunta/teema/kunta.css?v=' in page
    assert 'href="/y/kunta/palaute/"' in page
    assert "Kunnan Mukana" not in client.get("/tietosuoja/").content.decode()
    assert client.get("/y/toinen/tietosuoja/").status_code == 404


def test_a_theme_is_seen_at_its_host_name_and_everywhere_when_so_decided(
    client: Client, kept: Callable[..., Theme], settings: object
) -> None:
    settings.ALLOWED_HOSTS = ["*"]  # type: ignore[attr-defined]
    kept(hosts=["mukana.kunta.example"])
    kept(slug="kaikki", name="Maakunnan Mukana", everywhere=True)
    for host, name in (("mukana.kunta.example:8000", "Kunnan"), ("MUKANA.kunta.example", "Kunnan"), ("muu.example", "Maakunnan")):
        assert f"<span>{name} Mukana</span>" in client.get("/tietosuoja/", headers={"host": host}).content.decode()
    assert "[::1]" in settings.ALLOWED_HOSTS or snapshot.theme_at("[::1]") is not None  # type: ignore[attr-defined]


def test_the_style_sheet_is_kept_for_a_year_by_its_version_and_shows_made_colours(client: Client, kept: Callable[..., Theme]) -> None:
    theme = kept(brand="#ffff00")
    address = snapshot.shown(theme).css_url
    answer = client.get(address)
    assert answer.headers["Content-Type"].startswith("text/css")
    assert "immutable" in answer.headers["Cache-Control"]
    assert "--brand: #4d4d00;" in answer.content.decode()
    assert client.get("/teema/kunta.css?v=old").headers["Cache-Control"] == "public, max-age=60"
    assert client.get("/teema/toinen.css").status_code == 404


def test_pages_learn_of_a_change_and_of_the_end_and_ask_nothing_of_the_database(
    kept: Callable[..., Theme], django_capture_on_commit_callbacks: Callable[..., object], django_assert_num_queries: Callable[..., object]
) -> None:
    theme = kept()
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        assert snapshot.theme_of("kunta") is not None
    Theme.objects.filter(pk=theme.pk).update(name="Toinen")  # on another machine
    assert jobs.follow_themes(now()) == "Ulkoasut vietiin sivuille."
    assert jobs.follow_themes(now()) is None
    assert snapshot.theme_of("kunta").name == "Toinen"  # type: ignore[union-attr]
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        remove(theme, by="p1")
    assert snapshot.themes() == ()
    assert [trace.verb for trace in Trace.objects.order_by("id")] == ["theme.saved", "theme.removed"]


def test_one_look_is_everywhere_and_the_former_gives_way(kept: Callable[..., Theme]) -> None:
    first = kept(everywhere=True)
    kept(slug="toinen", everywhere=True)
    first.refresh_from_db()
    assert not first.everywhere


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_a_logo_stands_beside_the_name(client: Client, kept: Callable[..., Theme], form: str) -> None:
    kept(Logo(*fitted(picture(form=form))))
    page = client.get("/y/kunta/tietosuoja/").content.decode()
    assert 'alt="" width="112" height="28"' in page
    answer = client.get("/teema/kunta/logo.png")
    assert answer.headers["Content-Type"] == "image/png"
    with Image.open(io.BytesIO(answer.content)) as opened:
        assert opened.size == (448, 112) or opened.size == (400, 100)
    kept(slug="ilman")
    assert client.get("/teema/ilman/logo.png").status_code == 404


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "kind"),
        (b"\x89PNG\r\n\x1a\nrikki", "broken"),
        (picture((1000, 100)), "strip"),
        (b"\x89PNG" + b"0" * 1024 * 1024, "large"),
        (picture((5000, 4001)), "large"),
    ],
)
def test_what_is_no_logo_is_refused_with_the_reason(data: bytes, code: str) -> None:
    with pytest.raises(LogoError) as refused:
        fitted(data)
    assert refused.value.code == code


def test_a_colour_that_gives_way_is_shown_before_it_is_saved(enter: Enter) -> None:
    client = enter("coordinator")
    page = client.post(f"{DESK}uusi/", TYPED)
    text = page.content.decode()
    assert "Tummensimme väriä, jotta teksti erottuu." in text
    assert 'fill="#ffcc00"' in text
    assert not Theme.objects.exists()
    (after,) = [line.split('"')[0] for line in text.split('name="seen" value="')[1:]]
    assert f'fill="{after}"' in text
    done = client.post(f"{DESK}uusi/", {**TYPED, "seen": after})
    theme = Theme.objects.get()
    assert done.headers["Location"] == f"{DESK}{theme.pk}/esikatselu/"
    assert (theme.brand, theme.corner, theme.everywhere) == ("#ffcc00", 6, False)
    assert "Pielavesi" in client.get(DESK).content.decode()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"brand": "punainen"}, "Tämä ei ole väri"),
        ({"brand": ""}, "Valitse väri"),
        ({"addresses": "mukana.muualla.example"}, "MUKANA_HOSTS"),
        ({"owner": "Ei ole olemassa"}, "tarkoittaa vain yhtä"),
        ({"slug": "Ää"}, "kirjaimia a–z"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(enter: Enter, changed: dict[str, str], sentence: str) -> None:
    page = enter("coordinator").post(f"{DESK}uusi/", {**TYPED, **changed})
    assert (page.status_code, sentence in page.content.decode()) == (422, True)


def test_a_logo_is_sent_changed_and_taken_away(enter: Enter) -> None:
    client = enter("coordinator")
    words = {**TYPED, "brand": "#43306b"}
    svg = SimpleUploadedFile("logo.svg", b"<svg/>")
    assert "SVG-kuvaa emme ota" in client.post(f"{DESK}uusi/", {**words, "picture": svg}).content.decode()
    client.post(f"{DESK}uusi/", {**words, "picture": SimpleUploadedFile("logo.png", picture())})
    theme = Theme.objects.get()
    assert theme.logo_width == 112
    assert "Ota logo pois" in client.get(f"{DESK}{theme.pk}/").content.decode()
    client.post(f"{DESK}{theme.pk}/", {**words, "name": "Uusi nimi"})
    theme.refresh_from_db()
    assert (theme.name, theme.logo_width) == ("Uusi nimi", 112)
    client.post(f"{DESK}{theme.pk}/", {**words, "without_logo": "on"})
    theme.refresh_from_db()
    assert theme.logo_width == 0
    client.post(f"{DESK}{theme.pk}/poista/")
    assert not Theme.objects.exists()


def test_a_role_in_one_organisation_reaches_its_own_look_only(client: Client) -> None:
    mine, other = (Organisation.objects.create(texts={"fi": {"name": name}}) for name in ("Oma kunta", "Toinen kunta"))
    person = Person.objects.create_person("oma@mukana.example", "Oma")
    person.memberships.create(role="coordinator", organisation=mine)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    words = {**TYPED, "brand": "#43306b"}
    form = client.get(f"{DESK}uusi/").content.decode()
    assert 'name="addresses"' not in form
    assert 'name="everywhere"' not in form
    assert client.post(f"{DESK}uusi/", words).status_code == 422
    assert "vain oman organisaatiosi" in client.post(f"{DESK}uusi/", {**words, "owner": "Toinen kunta"}).content.decode()
    client.post(f"{DESK}uusi/", {**words, "owner": "Oma kunta", "everywhere": "on"})
    theme = Theme.objects.get()
    assert (theme.organisation, theme.everywhere) == (mine, False)
    others = Theme.objects.create(slug="muu", name="Muu", organisation=other, saved_at=now())
    assert client.get(f"{DESK}{others.pk}/").status_code == 403
    assert "Muu" not in client.get(DESK).content.decode().split("<main")[1]


@pytest.mark.parametrize("look", ["vaalea", "tumma", "kontrasti", "outo"])
def test_the_preview_shows_every_part_in_the_theme(enter: Enter, kept: Callable[..., Theme], look: str) -> None:
    theme = kept(brand="#ffff00")
    page = enter("coordinator").get(f"{DESK}{theme.pk}/esikatselu/?teema={look}").content.decode()
    assert f'data-theme="{"vaalea" if look == "outo" else look}"' in page
    assert "/teema/kunta.css" in page
    assert "Tummensimme väriä" in page


def test_colours_not_saved_yet_have_a_style_sheet_for_those_who_choose(enter: Enter) -> None:
    client = enter("coordinator")
    address = f"{DESK}varit.css?brand=%23ff0000&accent=%2300ff00&tint=%230000ff"
    assert "--brand: #990000;" in client.get(address).content.decode()
    for wrong in ("?brand=x", "?brand=%23fff&accent=%23fff&tint=%23fff&corner=9", "?brand=%23fff&accent=%23fff&tint=%23fff&font=comic"):
        assert client.get(f"{DESK}varit.css{wrong}").status_code == 404
