"""The results page: a complete list, a map with the same numbers, and never a dead end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from mukana.directory.models import Entry
from mukana.directory.tests import make
from mukana.search import pages, views
from mukana.search.rules import Hit, Reason, SearchRequest, SearchResult

pytestmark = pytest.mark.django_db
KUOPIO = {"paikka": "297"}
UNDERSTOOD = {"weekday": "wed", "municipality": "297", "price": "free", "odd": "x"}


class Engine:
    """Gives what it is told and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[SearchRequest] = []
        self.answers: list[SearchResult] = []

    def __call__(self, request: SearchRequest) -> SearchResult:
        self.asked.append(request)
        return self.answers.pop(0) if self.answers else SearchResult(0, ())


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    made = Engine()
    monkeypatch.setattr(pages, "search", made)
    monkeypatch.setattr(pages, "understood", lambda words: {})
    monkeypatch.setattr(views, "note_unanswered", lambda words: None)
    monkeypatch.setattr(views, "position", lambda: 1)
    return made


@pytest.fixture
def page(client: Client) -> Callable[..., str]:
    """`page("?q=…", place="297")` as text."""

    def get(query: str = "", place: str = "") -> str:
        if place:
            client.cookies["paikka"] = place
        response = client.get(f"/haku/{query}", headers={"accept-language": "fi"})
        assert response.status_code == 200
        return response.content.decode()

    return get


def found(*entries: Entry, reasons: tuple[Reason, ...] = (), **more: object) -> SearchResult:
    hits = tuple(Hit(str(one.pk), 1.0, reasons, 0.7) for one in entries)
    return SearchResult(more.pop("total", len(hits)), hits, **more)  # type: ignore[arg-type]


def test_a_row_says_when_where_how_far_for_how_much_and_why(engine: Engine, page: Callable[..., str]) -> None:
    group = make.group("Allasjumppa", accessibility={"step_free": "yes"})
    engine.answers = [found(group, reasons=(Reason("synonym", "vesijumppa", "allastunti"),))]
    text = page("?q=vesijumppa", place="297")
    for said in (
        "Yksi ehdotus: vesijumppa", "ke\xa025.11. klo\xa017.00–17.45", "Kallanrannan uimahalli", "700\xa0m", "5,50\xa0€", "Ei portaita",
        "Sama asia kuin <b>vesijumppa</b>: <b>allastunti</b>.", "Ensimmäisellä kerralla ei tarvitse tehdä mitään.",
    ):  # fmt: skip
        assert said in text


def test_the_list_and_the_map_have_the_same_numbers(engine: Engine, page: Callable[..., str]) -> None:
    near = make.group("Lähellä")
    home = make.entry("Etänä", form="remote_together")
    other = make.group("Toinen", place=make.place("Toinen sali", lat=62.93, lon=27.7))
    engine.answers = [found(near, home, other)]
    text = page("?q=x", place="297")
    assert 'aria-label="1: Lähellä"' in text
    assert 'aria-label="2: Toinen"' in text
    assert 'id="tulos-2"' in text
    assert "3: " not in text
    assert text.index("Lähellä</a>") < text.index("Etänä</a>") < text.index("Toinen</a>")


def test_the_date_shown_is_of_the_day_that_was_asked(engine: Engine, page: Callable[..., str]) -> None:
    group = make.entry()
    make.date(group, make.WEDNESDAY)
    make.date(group, make.WEDNESDAY + timedelta(days=1))
    engine.answers = [found(group)]
    assert "to\xa026.11." in page("?paiva=thu")
    assert engine.asked[0].filters.weekdays == ("thu",)


def test_conditions_are_links_that_say_whether_they_are_on(engine: Engine, page: Callable[..., str]) -> None:
    engine.answers = [found(make.group())]
    text = page("?q=x&hinta=maksuton", place="297")
    assert '<a class="chip" href="?q=x" aria-current="true">' in text
    assert '<a class="chip" href="?q=x&amp;km=10&amp;hinta=maksuton"> Enintään 10 km</a>' in text


def test_a_limit_of_distance_is_offered_only_when_there_is_a_place(engine: Engine, page: Callable[..., str]) -> None:
    engine.answers = [found(make.group())]
    text = page("?q=x")
    assert "Enintään 10 km" not in text
    assert "Valitse paikkakunta, niin näytämme lähimmät" in text


def test_what_a_condition_hides_is_told_with_a_way_to_see_it(engine: Engine, page: Callable[..., str]) -> None:
    engine.answers = [found(make.group(), left_out={"within_km": 2})]
    text = page("?q=x&km=5", place="297")
    assert '2 jäi pois matkan takia. <a href="?q=x">Näytä' in text


def test_a_corrected_word_is_told(engine: Engine, page: Callable[..., str]) -> None:
    engine.answers = [found(make.group(), corrected={"vesijumpa": "vesijumppa"})]
    assert "etsimme sanalla <b>vesijumppa</b>" in page("?q=vesijumpa")


def test_conditions_in_the_words_limit_and_are_given_up_by_one_tap(
    engine: Engine, page: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "understood", lambda words: UNDERSTOOD)
    engine.answers = [found(make.group(), make.group("b"), make.group("c"), understood=UNDERSTOOD)]
    text = page("?q=jumppaa keskiviikkona kuopiossa ilmaiseksi")
    assert engine.asked[0].filters.weekdays == ("wed",)
    assert engine.asked[0].filters.free
    assert "Näytämme vain:" in text
    assert "ilman=paiva" in text
    assert 'href="?q=jumppaa+keskiviikkona+ilmaiseksi"' in text  # without the town
    page("?q=jumppaa keskiviikkona&ilman=paiva&ilman=hinta")
    assert engine.asked[-1].filters.weekdays == ()


def test_where_too_little_meets_the_conditions_of_the_words_it_comes_first(
    engine: Engine, page: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "understood", lambda words: {"price": "free"})
    free, other = make.group("Maksuton kerho"), make.group("Toinen kerho")
    engine.answers = [found(free, understood={"price": "free"}), found(other, free, understood={"price": "free"})]
    text = page("?q=ilmainen kerho")
    assert "Ensin ne, joihin sopii:" in text
    assert text.index("Maksuton kerho") < text.index("Toinen kerho")


def test_what_answers_loosely_waits_behind_a_link(engine: Engine, page: Callable[..., str]) -> None:
    groups = [make.group(f"Ryhmä {number}") for number in range(4)]
    engine.answers = [found(*groups, total=102, best=3), found(*groups, total=102, best=3)]
    text = page("?q=yksin")
    assert "3 sopivinta: yksin" in text
    assert "Näytä vielä 99" in text
    assert "102 ehdotusta: yksin" in page("?q=yksin&kaikki=1")


@pytest.mark.parametrize(("view", "listed", "drawn"), [("", True, True), ("luettelo", True, False), ("kartta", False, True)])
def test_list_and_map_are_two_views_of_the_same_answer(
    engine: Engine, page: Callable[..., str], view: str, listed: bool, drawn: bool
) -> None:
    engine.answers = [found(make.group(lat=62.9, lon=27.7))]
    text = page(f"?q=jumppa&hinta=maksuton&nakyma={view}")
    assert ('id="lista"' in text) is listed
    assert ('id="kartta"' in text) is drawn
    assert "?q=jumppa&amp;hinta=maksuton&amp;nakyma=kartta" in text  # the switch keeps the conditions


def test_a_word_nobody_knows_is_told(engine: Engine, page: Callable[..., str]) -> None:
    engine.answers = [found(make.group(), unknown=("avaruuslento",))]
    assert "Emme löytäneet sanaa <b>avaruuslento</b>." in page("?q=avaruuslento")


def test_counts_of_conditions_come_from_the_engine(engine: Engine, page: Callable[..., str]) -> None:
    engine.answers = [found(make.group(), facets={"weekday": {"wed": 1234}, "audience": {"older": 7}})]
    text = page("?q=x")
    assert 'value="wed"> keskiviikko <span class="muted">1\xa0234</span>' in text
    assert "Ikäihmiset" in text


def test_an_empty_answer_shows_the_nearest_that_exists_and_two_ways_on(engine: Engine, page: Callable[..., str], settings: object) -> None:
    settings.CONTACT_PHONE = "05 000 1200"  # type: ignore[attr-defined]
    engine.answers = [SearchResult(0, (), left_out={"free": 3}), found(make.group("Lähin jumppa"))]
    text = page("?q=vesi&hinta=maksuton", place="297")
    for said in ("Tarkkaa osumaa ei ole: vesi", "Poista kaikki ehdot", "05\xa0000\xa01200", "3 jäi pois hinnan takia.", "Lähin jumppa"):
        assert said in text
    assert engine.asked[1].filters.free is False


def test_a_question_without_an_answer_is_noted_for_the_lexicon(
    engine: Engine, page: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[str] = []
    monkeypatch.setattr(views, "note_unanswered", noted.append)
    page("?q=xyzzy")
    engine.answers = [found(make.group())]
    page("?q=vesi")
    assert noted == ["xyzzy"]


@pytest.mark.parametrize(
    "query",
    ["?q=" + "a" * 10_000, "?km=abc&paiva=x&sivu=999999&alkaen=31.2.2026", "?q=%00%ff", "?hoo=1", "?q=<script>alert(1)</script>"],
)
def test_no_question_breaks_the_page(engine: Engine, page: Callable[..., str], query: str) -> None:
    assert "<script>alert" not in page(query)


def test_a_site_without_an_index_says_that_the_search_is_being_made(
    engine: Engine, page: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "position", lambda: None)
    assert "Hakua valmistellaan juuri nyt." in page("?q=vesi")


def test_a_need_is_asked_in_its_own_words(engine: Engine, page: Callable[..., str]) -> None:
    engine.answers = [found(make.group())]
    assert "Yksi ehdotus: Olen usein yksin" in page("?tarve=lonely")
    assert engine.asked[0].text == "Olen usein yksin"


def test_one_municipality_asked_for_is_where_distances_are_counted_from(engine: Engine, page: Callable[..., str]) -> None:
    page("?kunta=211", place="297")
    origin = engine.asked[0].filters.origin
    assert origin is not None
    assert 61 < origin[0] < 62


def test_a_town_in_the_words_is_where_distances_are_counted_from(engine: Engine, page: Callable[..., str]) -> None:
    engine.answers = [found(make.group("Allasjumppa"), understood={"municipality": "749"})]
    text = page("?q=allasjumppaa+Siilinjärvellä", place="211")
    assert "Lähellä: Siilinjärvi" in text
    assert "700\xa0m" not in text
    assert "\xa0km" in text


def test_the_nearest_or_the_soonest_may_come_first(engine: Engine, page: Callable[..., str]) -> None:
    late, soon = make.entry("Myöhemmin"), make.group("Pian")
    make.date(late, make.WEDNESDAY + timedelta(days=5))
    hits = (Hit(str(late.pk), 2.0, (), 1.0), Hit(str(soon.pk), 1.0, (), 9.0))
    engine.answers = [SearchResult(2, hits), SearchResult(2, hits)]
    text = page("?q=x&jarjesta=pian", place="297")
    assert text.index("Pian</a>") < text.index("Myöhemmin</a>")
    text = page("?q=x&jarjesta=lahin", place="297")
    assert text.index("Myöhemmin</a>") < text.index("Pian</a>")


def test_further_pages_keep_the_question(engine: Engine, page: Callable[..., str]) -> None:
    engine.answers = [found(make.group(), total=30)]
    text = page("?q=x&hinta=maksuton&sivu=2")
    assert engine.asked[0].offset == 12
    assert "Sivu 2/3" in text
    assert "?q=x&amp;hinta=maksuton&amp;sivu=3" in text


def test_tiles_of_the_site_s_own_enhance_the_same_map(engine: Engine, page: Callable[..., str], settings: object) -> None:
    settings.TILE_URL = "https://tiles.example/{z}/{x}/{y}.png"  # type: ignore[attr-defined]
    engine.answers = [found(make.group())]
    text = page("?q=x")
    assert 'data-tiles="https://tiles.example/{z}/{x}/{y}.png"' in text
    assert 'aria-label="1: Vesijumppa"' in text
    assert "leaflet/leaflet.js" in text


def test_a_page_of_results_asks_the_database_a_fixed_number_of_times_and_is_light(
    engine: Engine, client: Client, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    many = [make.group(f"Ryhmä {number}", organisation=make.organisation(f"Seura {number}")) for number in range(12)]
    engine.answers = [found(*many)]
    with django_assert_max_num_queries(2):  # type: ignore[attr-defined]
        response = client.get("/haku/?q=x", headers={"accept-encoding": "gzip"})
    assert len(response.content) < 60_000


def test_words_are_offered_as_json(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "suggest", lambda typed: [f"{typed}jumppa"])
    assert client.get("/haku/ehdota/?q=vesi").json() == {"words": ["vesijumppa"]}
    assert client.get("/haku/ehdota/").json() == {"words": []}


def test_in_the_view_of_the_map_it_comes_before_what_follows(engine: Engine, page: Callable[..., str]) -> None:
    groups = [make.group(f"Ryhmä {number}") for number in range(4)]
    for view in ("kartta", ""):
        engine.answers = [found(*groups, total=9, best=3)]
        text = page(f"?q=x&nakyma={view}", place="297")
        assert (text.index('id="kartta"') < text.index("Näytä vielä")) == (view == "kartta")
