"""A list on another site: framed there and nowhere else, the same for everybody, made by staff."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from mukana.accounts.models import Person
from mukana.audit.models import Trace
from mukana.directory.actions.changes import record
from mukana.directory.models import Entry
from mukana.directory.tests import make
from mukana.embeds import rules
from mukana.embeds.models import Embed
from mukana.lib.clock import now
from mukana.organisations.models import Organisation
from mukana.search.actions import catch_up
from mukana.themes import snapshot
from mukana.themes.models import Theme

pytestmark = pytest.mark.django_db
Enter = Callable[[str], Client]
DESK = "/tyopoyta/upotukset/"
SITE = "https://www.kunta.example"
TYPED = {"title": "Jumpat", "sort": "search", "address": "https://x/haku/?q=vesijumppa", "owner": "", "rows": "3", "language": "fi",
         "theme": "", "origins": "www.kunta.example/etusivu\nhttp://kirkko.example:8080"}  # fmt: skip


def embed(**facts: object) -> Embed:
    defaults = {"slug": "abc", "title": "Jumpat", "search": {"text": "vesijumppa"}, "rows": 3, "sites": [SITE], "saved_at": now()}
    return Embed.objects.create(**{**defaults, **facts})


def put(name: str, **facts: object) -> Entry:
    made = make.entry(name, **facts)
    make.date(made)
    record([made.pk], "created", now())
    return made


def test_a_search_is_shown_with_links_to_the_whole_window(client: Client, fresh_index: Path) -> None:
    for number in range(4):
        put(f"Vesijumppa {number}")
    put("Kuoro", texts={"fi": {"name": "Kuoro"}})
    catch_up()
    embed()
    page = client.get("/upota/abc/").content.decode()
    assert page.count('class="row"') == 3
    assert '<base target="_top">' in page
    assert "Kuoro" not in page
    assert re.search(r'href="/haku/\?q=vesijumppa">Näytä kaikki 4', page)


def test_the_answer_is_the_same_for_everybody_and_may_be_kept(client: Client, fresh_index: Path) -> None:
    embed()
    client.cookies["kieli"] = "sv"
    client.cookies["teema"] = "tumma"
    answer = client.get("/upota/abc/")
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.headers["Cache-Control"] == "public, max-age=300, stale-while-revalidate=3600"
    assert not answer.cookies
    page = answer.content.decode()
    assert '<html lang="fi">' in page
    assert "data-theme" not in page
    assert client.get("/upota/abc/", headers={"if-none-match": answer.headers["ETag"]}).status_code == 304


def test_only_the_named_sites_may_frame_it_and_nothing_else_may_be_framed(client: Client, fresh_index: Path) -> None:
    embed()
    answer = client.get("/upota/abc/")
    assert f"frame-ancestors 'self' {SITE};" in answer.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers
    for other in ("/tietosuoja/", "/haku/", "/v1/event/", "/upota/korkeus.js"):
        found = client.get(other)
        assert "frame-ancestors 'none'" in found.headers["Content-Security-Policy"]
        if not other.startswith("/v1/"):
            assert found.headers["X-Frame-Options"] == "DENY"


def test_an_organisers_list_has_its_units_and_what_comes_soonest_first(client: Client) -> None:
    parish = Organisation.objects.create(texts={"fi": {"name": "Seurakunta"}})
    unit = Organisation.objects.create(texts={"fi": {"name": "Yksikkö"}}, parent=parish)
    always = make.entry("Aina", organisation=parish)
    put("Pian", organisation=unit)
    make.entry("Muiden")
    embed(sort="organiser", organisation=parish, search={})
    page = client.get("/upota/abc/").content.decode()
    assert page.index("Pian") < page.index("Aina")
    assert "Muiden" not in page
    assert f'href="/jarjestaja/{parish.pk}/"' in page
    assert str(always.pk) in page


def test_the_language_is_the_lists_own(client: Client) -> None:
    seura = Organisation.objects.create(texts={"fi": {"name": "Seura"}})
    make.entry("Kuoro", organisation=seura, texts={"fi": {"name": "Kuoro"}, "sv": {"name": "Kör"}})
    embed(sort="organiser", organisation=seura, language="sv")
    answer = client.get("/upota/abc/")
    assert ">Kör<" in answer.content.decode()
    assert answer.headers["Content-Language"] == "sv"


def test_an_empty_list_and_an_ended_one_say_so(client: Client, fresh_index: Path) -> None:
    embed()
    assert "Juuri nyt tässä ei ole mitään." in client.get("/upota/abc/").content.decode()
    gone = client.get("/upota/xyz/")
    assert gone.status_code == 410
    assert "frame-ancestors 'self' *;" in gone.headers["Content-Security-Policy"]


def test_a_theme_colours_the_list(client: Client, fresh_index: Path) -> None:
    embed(theme=Theme.objects.create(slug="kunta", name="Kunta", saved_at=now()))
    page = client.get("/upota/abc/").content.decode()
    assert "/teema/kunta.css?v=" in page
    assert snapshot.themes() == ()


def test_the_script_is_ours_small_and_kept(client: Client) -> None:
    answer = client.get("/upota/korkeus.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert len(answer.content) < 1000
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_staff_make_a_list_copy_its_code_and_end_it(enter: Enter, fresh_index: Path) -> None:
    client = enter("coordinator")
    assert "Luetteloita ei ole vielä" in client.get(DESK).content.decode()
    done = client.post(f"{DESK}uusi/", TYPED)
    made = Embed.objects.get()
    assert done.headers["Location"] == f"{DESK}{made.pk}/#koodi"
    assert (made.search, made.rows, made.sites) == ({"text": "vesijumppa"}, 3, [SITE, "http://kirkko.example:8080"])
    page = client.get(f"{DESK}{made.pk}/").content.decode()
    assert "&lt;iframe src=&quot;http" in page
    assert f"/upota/{made.slug}/" in page
    assert 'value="http://testserver/haku/?q=vesijumppa"' in page
    client.post(f"{DESK}{made.pk}/", {**TYPED, "title": "Vesijumpat", "address": ""})
    made.refresh_from_db()
    assert (made.title, made.search) == ("Vesijumpat", {})
    assert "Vesijumpat" in client.get(DESK).content.decode()
    client.post(f"{DESK}{made.pk}/lopeta/")
    assert not Embed.objects.exists()
    assert [trace.verb for trace in Trace.objects.filter(verb__startswith="embed.").order_by("id")] == [
        "embed.saved", "embed.saved", "embed.ended",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"origins": ""}, "ainakin yksi sivusto"),
        ({"origins": "ftp://kunta.example"}, "Tämä ei ole sivuston osoite: ftp://kunta.example"),
        ({"sort": "organiser"}, "kenen kohteet"),
        ({"owner": "Ei sellaista"}, "tarkoittaa vain yhtä"),
        ({"title": ""}, "Otsikko:"),
    ],
)
def test_what_is_missing_is_told(enter: Enter, changed: dict[str, str], sentence: str) -> None:
    page = enter("coordinator").post(f"{DESK}uusi/", {**TYPED, **changed})
    assert (page.status_code, sentence in page.content.decode()) == (422, True)


def test_a_role_in_one_organisation_makes_lists_for_it_only(client: Client, fresh_index: Path) -> None:
    mine, other = (Organisation.objects.create(texts={"fi": {"name": name}}) for name in ("Oma seura", "Toinen seura"))
    person = Person.objects.create_person("oma@mukana.example", "Oma")
    person.memberships.create(role="coordinator", organisation=mine)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert "vain omalle" in client.post(f"{DESK}uusi/", TYPED).content.decode()
    assert "vain omalle" in client.post(f"{DESK}uusi/", {**TYPED, "owner": "Toinen seura"}).content.decode()
    assert client.post(f"{DESK}uusi/", {**TYPED, "owner": "Oma seura"}).status_code == 302
    theirs = embed(organisation=other)
    assert client.get(f"{DESK}{theirs.pk}/").status_code == 403
    assert client.post(f"{DESK}{theirs.pk}/lopeta/").status_code == 403


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("www.Kunta.fi/etusivu?x=1", "https://www.kunta.fi"),
        ("http://localhost:8080/", "http://localhost:8080"),
        ("https://käyttäjä@järvi.fi", "https://xn--jrvi-loa.fi"),
        ("https://", ""),
        ("ftp://kunta.fi", ""),
        ("https://a'; script-src *", ""),
        ("https://[::1", ""),
        ("*", ""),
        ("https://*.kunta.fi", ""),
        ("https://" + "a" * 70 + ".fi", ""),
    ],
)
def test_a_site_is_its_origin(text: str, found: str) -> None:
    assert rules.origin(text) == found


@given(st.text(max_size=60))
def test_no_text_breaks_the_policy(text: str) -> None:
    found = rules.origin(text)
    assert found == "" or re.fullmatch(r"https?://[a-z0-9.:-]+", found)
    assert rules.ancestors([found])[0] == "'self'"


def test_the_code_escapes_what_staff_wrote() -> None:
    text = rules.code("https://m.example/upota/abc/", "https://m.example/upota/korkeus.js", 'A "B" <c>', 5)
    assert 'title="A &quot;B&quot; &lt;c&gt;"' in text
    assert 'height="910"' in text
