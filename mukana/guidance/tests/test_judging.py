"""Hard conditions hold, reasons are told, and nothing disappears silently."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.guidance.rules.choosing import choose
from mukana.guidance.rules.facts import Facts, Told
from mukana.guidance.rules.judging import judge
from mukana.guidance.rules.patterns import lines, needle, pattern, standing
from mukana.guidance.rules.telling import _DAY_AT, _DAY_PART, _day_parts, _days_at, told
from mukana.guidance.rules.vignette import wish_of
from mukana.guidance.rules.wish import REFUSED, TIMES, Wish


def group(title: str = "Ryhmä", body: str = "", **fields: object) -> Facts:
    return Facts(id="a", kind=str(fields.pop("kind", "group")), told=told(title, body), **fields)  # type: ignore[arg-type]


def codes(marks: object) -> set[str]:
    return {mark.code for mark in marks}  # type: ignore[attr-defined]


def test_words_of_an_entry_tell_ages_times_and_prices() -> None:
    assert told("Keilailu", "Yli 60-vuotiaille.").age_min == 60
    assert told("Kiipeily", "Alle 20-vuotiaille, joille joukkuelajit eivät sovi.").age_max == 20
    assert "games" not in told("Kiipeily", "Alle 20-vuotiaille, joille joukkuelajit eivät sovi.").about
    assert (told("Verstas", "7–12-vuotiaille.").age_min, told("Verstas", "7–12-vuotiaille.").age_max) == (7, 12)
    assert told("Kahvit", "Maanantaisin klo 10–11.30.").slots == {"weekday_morning"}
    assert told("Iltakahvit", "Maanantaisin klo 10.").slots == {"weekday_morning"}  # the clock knows better than the name
    assert told("Kuoro", "Harjoitukset maanantai-iltaisin.").slots == {"weekday_evening"}
    assert told("Retki", "Sunnuntaisin klo 12.").slots == {"weekend"}
    assert told("Kahvit", "").slots == frozenset()
    assert told("Sali", "12 euroa tunti.").costs


def test_registering_by_phone_makes_nothing_remote() -> None:
    assert not told("Kahvit", "Ilmoittautumiset puhelimitse arkisin kello 9–12.").remote
    assert told("Kahvit", "Ilmoittautumiset puhelimitse arkisin kello 9–12.").slots == frozenset()
    assert told("Tuki", "Valmentaja soittaa viikoittain.").remote
    assert told("Kirjakassi", "Tuodaan ovelle.").home_visit


def test_each_hard_condition_bars() -> None:
    bars = {
        "free": (Wish(free=True), group(price="paid")),
        "remote": (Wish(remote=True), group()),
        "step_free": (Wish(step_free=True), group(body="Nousua portaissa.")),
        "times": (Wish(times=("weekend",)), group(body="Tiistaisin klo 10.")),
        "age": (Wish(age=40), group(audiences=frozenset({"older"}))),
        "gender": (Wish(gender="man"), group(body="Vain naisille.")),
        "language": (Wish(language="sv", language_must=True), group(languages=frozenset({"fi"}))),
        "far": (Wish(near_only=True, municipality="297"), group(municipality="140")),
        "device": (Wish(no_device=True), group(form="video_home", kind="video")),
        "giver": (Wish(), group("Etsimme vapaaehtoisia")),
        "families": (Wish(bereaved=True), group("Vauvamuskari")),
        "refused": (Wish(refused=frozenset({"water"})), group("Vesijumppa")),
    }
    for code, (wish, facts) in bars.items():
        assert judge(wish, facts).bars == (code,)
        assert judge(Wish(gives=True), facts).bars == ()


def test_listings_that_look_for_helpers_are_for_those_who_want_to_help() -> None:
    for title, body in (
        ("Etsimme lukumummoja kouluun", ""),
        ("Vapaaehtoisten ilta", "Lähde tukihenkilöksi."),
        ("Bli volontär", ""),
        ("Volunteers wanted", ""),
    ):
        assert "giver" in judge(Wish(text="seuraa"), group(title, body)).bars
    seeker, walk = group("Tule vapaaehtoiseksi"), group("Kävelyryhmä")
    assert judge(Wish(gives=True), seeker).share > judge(Wish(gives=True), walk).share
    for title, body in (("Ystävätoiminta", "Vapaaehtoinen tulee seuraksi kotiin."), ("Rinnalla", "Vertainen hakee kotoa.")):
        assert "giver" not in judge(Wish(), group(title, body)).bars


def test_lines_home_visits_and_lent_devices_need_no_leaving() -> None:
    assert told("Kriisin linja", "Vastaamme yölläkin.").remote
    assert told("Virtuaalijumppa", "").remote
    assert not told("Palvelulinja", "Bussi hakee kotiportilta.").remote
    assert told("Kotihoitaja", "Hoitaja käy vanhuksen luona.").home_visit
    lent = group("Etäjumppa", "Laite lainataan.", form="remote_together")
    assert "device" not in judge(Wish(no_device=True), lent).bars
    assert told("Sali kahdeksankymppisille", "").age_min == 77
    assert told("Läksypaja", "Yläkoululaisille.").age_max == 16


def test_what_is_lost_is_not_shown_to_the_bereaved_unless_it_is_about_loss() -> None:
    assert judge(Wish(bereaved=True), group("Pieni enkeli", "Vauvan menettäneille vanhemmille.")).bars == ()
    assert judge(Wish(bereaved=True), group("Vauvakahvila", "Vauvojen kanssa.")).bars == ("families",)


def test_whom_to_ring_comes_first_when_it_is_urgent() -> None:
    line, meeting = group("Turvapuhelin", "Soita meille, maksuton numero.", kind="service"), group("Ryhmä", kind="service")
    assert judge(Wish(urgent=True), line).share > judge(Wish(urgent=True), meeting).share


def test_another_language_comes_only_where_there_is_nothing_else_and_it_was_not_ruled_out() -> None:
    finnish = Facts(id="f", kind="group", languages=frozenset({"fi"}))
    swedish = Facts(id="s", kind="group", languages=frozenset({"sv"}))
    wish = Wish(language="sv", language_must=True)
    assert [one.facts.id for one in choose(wish, [(finnish, 2.0), (swedish, 1.0)]).suggestions] == ["s"]
    alone = choose(wish, [(finnish, 2.0)])
    assert [mark.code for one in alone.suggestions for mark in one.judgement.lacks] == ["other_language"]
    assert alone.left_out == {"language": 1}
    assert choose(wish.but(language_only=True), [(finnish, 2.0)]).suggestions == ()


def test_who_drives_goes_farther() -> None:
    other = group(municipality="140")
    assert judge(Wish(municipality="297", drives=True), other).share > judge(Wish(municipality="297"), other).share


def test_ages_of_families_children_and_seniors() -> None:
    children, youth = group(audiences=frozenset({"children"})), group(audiences=frozenset({"youth"}))
    assert judge(Wish(age=40), children).bars == ("age",)
    assert judge(Wish(age=40, children=True), children).bars == ()
    assert judge(Wish(age=24), youth).bars == ()
    assert judge(Wish(age=15), youth).bars == ()
    assert judge(Wish(age=15), group(audiences=frozenset({"working_age"}))).bars == ("age",)
    assert judge(Wish(age=15), group(body="Yli 60-vuotiaille.")).bars == ("age",)
    assert judge(Wish(age=15), group(audiences=frozenset({"baby_parents"}))).bars == ("age",)
    assert judge(Wish(age=70), group(audiences=frozenset({"working_age"}))).bars == ("age",)
    assert judge(Wish(age=40), group(kind="place", audiences=frozenset({"children"}))).bars == ()
    assert judge(Wish(age=40), group(body="3–8-vuotiaiden vanhemmille.")).bars == ("age",)
    assert judge(Wish(age=40, children=True), group(body="3–8-vuotiaiden vanhemmille.")).bars == ()


def test_reasons_and_what_does_not_fit_are_told() -> None:
    sitting = group(body="Jumppaa istuen, rauhallisesti.", price="free", km=3.2, features=frozenset({"support_person", "ride"}))
    found = judge(Wish(seated=True, calm=True, companion=True, municipality="297"), sitting)
    assert {"near", "free", "seated", "calm", "support_person", "ride"} <= codes(found.why)
    unknown = judge(Wish(step_free=True, free=True, hearing=True, companion=True, times=("weekend",)), group())
    assert {"access_unknown", "price_unknown", "hearing_unknown", "nobody_along", "time_unknown"} == codes(unknown.lacks)
    assert unknown.share < 1


def test_near_comes_before_far_and_remote_is_near_to_everybody() -> None:
    wish = Wish(municipality="297")
    own, other, video = group(municipality="297"), group(municipality="140"), group(municipality="140", form="video_home")
    assert judge(wish, own).share > judge(wish, video).share > judge(wish, other).share
    close, away = group(municipality="140", km=5.0), group(municipality="140", km=50.0)
    assert judge(wish, close).share > judge(wish, away).share > judge(wish, group(municipality="140", km=200.0)).share
    assert judge(wish.but(near_only=True), close).bars == ()


def test_a_home_visit_is_made_in_its_own_municipality_only() -> None:
    visit = group(body="Vapaaehtoinen tulee kotiin.", municipality="297", kind="service")
    assert judge(Wish(remote=True, municipality="297"), visit).bars == ()
    assert "far" in judge(Wish(municipality="140"), visit).bars


def test_what_is_kept_away_is_counted_and_poor_answers_fill_nothing() -> None:
    paid, good, poor = (Facts(id=name, kind="group", price=price) for name, price in (("p", "paid"), ("g", "free"), ("x", "free")))
    chosen = choose(Wish(free=True), [(paid, 2.0), (good, 1.5), (poor, 0.05)])
    assert [one.facts.id for one in chosen.suggestions] == ["g"]
    assert chosen.left_out == {"free": 1}
    assert choose(Wish(), []).suggestions == ()


facts = st.builds(
    Facts,
    id=st.text("abc", min_size=1, max_size=3),
    kind=st.sampled_from(["service", "group", "event", "place", "route", "video", "programme"]),
    form=st.sampled_from(["", "on_site", "remote_together", "video_home", "outdoor_route"]),
    municipality=st.sampled_from(["", "297", "140"]),
    audiences=st.frozensets(st.sampled_from(["older", "children", "youth", "men", "women", "working_age"])),
    languages=st.frozensets(st.sampled_from(["fi", "sv", "en"])),
    price=st.sampled_from(["free", "paid", "unknown"]),
    km=st.none() | st.floats(0, 900),
    told=st.builds(
        Told,
        costs=st.booleans(),
        stairs=st.booleans(),
        slots=st.frozensets(st.sampled_from(TIMES)),
        about=st.frozensets(st.sampled_from(REFUSED)),
    ),
)
wishes = st.builds(
    Wish,
    age=st.none() | st.integers(0, 110),
    gender=st.sampled_from(["", "man", "woman"]),
    municipality=st.sampled_from(["", "297"]),
    free=st.booleans(),
    remote=st.booleans(),
    step_free=st.booleans(),
    near_only=st.booleans(),
    no_device=st.booleans(),
    refused=st.frozensets(st.sampled_from(REFUSED), max_size=2),
    times=st.lists(st.sampled_from(TIMES), unique=True).map(tuple),
)


@given(wishes, st.lists(st.tuples(facts, st.floats(0, 5)), max_size=12))
def test_no_suggestion_breaks_a_condition_whatever_is_found(wish: Wish, found: list[tuple[Facts, float]]) -> None:
    chosen = choose(wish, found)
    for one in chosen.suggestions:
        assert not judge(wish, one.facts).bars
        assert not (wish.free and (one.facts.price == "paid" or one.facts.told.costs))
        assert not (wish.remote and not one.facts.remote)
    assert [one.score for one in chosen.suggestions] == sorted((one.score for one in chosen.suggestions), reverse=True)


@given(
    st.dictionaries(
        st.sampled_from(["qid", "text", "age", "municipality", "language", "constraints"]),
        st.none() | st.integers() | st.text() | st.lists(st.text()),
    )
)
def test_any_vignette_is_a_wish(row: dict[str, object]) -> None:
    assert isinstance(wish_of(row), Wish)


def test_a_vignette_s_constraints_are_taken() -> None:
    limits = {"remote_only": True, "free_only": True, "step_free": True, "needs_companion": True, "times": ["weekend", "?"]}
    wish = wish_of({"text": "a", "age": 50, "municipality": "Kuopio", "language": "sv", "constraints": limits})
    assert wish == Wish("a", 50, "", "Kuopio", "sv", True, True, True, True, times=("weekend",), companion=True)


@pytest.mark.parametrize("name", ["wishes.txt", "entries.txt", "danger.txt"])
def test_the_letters_looked_for_first_never_hide_a_pattern(name: str) -> None:
    for code, ways in lines(name).items():
        for way in ways:
            plain = way.removeprefix("~ ")
            sure = needle(plain)
            assert sure == "" or sure in re.sub(r"[\\?*+()]", "", plain).lower() or sure in plain.lower(), (code, plain, sure)


NEEDLES = [
    ("tuolijumppa", "tuolijumppa"),
    (r"\bistu(?:en|aalla)\b", "istu"),
    (r"polve[tn]\w*", "polve"),
    ("a|b", ""),
    (r"kuu(?:ta )?huono", "huono"),
]


@pytest.mark.parametrize(("way", "letters"), NEEDLES)
def test_the_longest_sure_letters_are_found(way: str, letters: str) -> None:
    assert needle(way) == letters


_PIECES = st.sampled_from(
    ["maanantaisin", "ti", "ke", "keskiviikko-iltaisin", "iltapäivisin", "su", "klo", "kl.", "at", "9", "18", "aamu", "ilta", ".", ",", " "]
)


@given(st.lists(_PIECES, max_size=14).map(" ".join))
def test_hours_are_found_the_same_near_their_clock_as_in_the_whole_text(words: str) -> None:
    low = words.lower()
    assert list(_days_at(words, low)) == _DAY_AT.findall(words)
    assert set(_day_parts(words, low)) == set(_DAY_PART.findall(words))


_WRITTEN = [way for code in lines("entries.txt") for way in lines("entries.txt")[code]]


@given(st.lists(st.sampled_from(_WRITTEN), max_size=6).map(" ".join))
def test_what_stands_in_a_text_hides_no_expression(text: str) -> None:
    here = standing("entries.txt", text.lower())
    for code in lines("entries.txt"):
        assert pattern("entries.txt", code).found(text, here) == pattern("entries.txt", code).found(text), code
