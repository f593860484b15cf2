"""What the page reads besides the subject: days, places that are not wanted, distress, and words that say nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from mukana.directory.models import Entry
from mukana.directory.tests import make
from mukana.search import pages, views
from mukana.search.rules import Hit, SearchRequest, SearchResult
from mukana.search.said import CODES, said_days, says_nothing, span
from mukana.search.tests.engine import ask, document, engine, found, knowledge

SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "code", "rest"),
    [
        ("jumppa huomenna", "tomorrow", "jumppa"),
        ("mitä tänään Kuopiossa", "today", "mitä Kuopiossa"),
        ("Ylihuomenna uimaan", "day_after", "uimaan"),
        ("viikonloppuna laulua", "weekend", "laulua"),
        ("viikonloppuisin laulua", "", "viikonloppuisin laulua"),
        ("gympa i morgon", "tomorrow", "gympa"),
        ("swimming next week", "next_week", "swimming"),
        ("jumppa", "", "jumppa"),
    ],
)
def test_the_days_spoken_of_are_parted_from_the_subject(text: str, code: str, rest: str) -> None:
    found_days = said_days(text)
    assert (found_days.code, found_days.rest) == (code, rest)


def test_days_are_counted_from_today() -> None:
    assert span("tomorrow", SUNDAY) == (date(2026, 11, 23), date(2026, 11, 23))
    assert span("weekend", SUNDAY) == (SUNDAY, SUNDAY)
    assert span("weekend", date(2026, 11, 18)) == (date(2026, 11, 21), SUNDAY)
    assert span("next_week", SUNDAY) == (date(2026, 11, 23), date(2026, 11, 29))


@given(st.sampled_from(sorted(CODES)), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_no_spoken_day_is_past_or_over_two_weeks_away(code: str, today: date) -> None:
    first, last = span(code, today)
    assert today <= first <= last < today + timedelta(days=14)


@pytest.mark.parametrize("text", ["a" * 200, "aaaaaaaaaa", "😀", "' OR 1=1", "%00", "???", "12345"])
def test_what_says_nothing_is_known(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["", "x", "uinti", "jumppa 😀", "tv", "avaruuslento"])
def test_a_word_says_something(text: str) -> None:
    assert not says_nothing(text)


@pytest.mark.parametrize("question", ["jumppa ei Kuopiossa", "jumppa ilman Kuopiota"])
def test_a_place_that_is_not_wanted_is_no_place_asked_for(fresh_index: Path, question: str) -> None:
    near = document("kuopio", "Jumppa", municipality="297", municipality_name="Kuopio")
    far = document("iisalmi", "Jumppa", municipality="140", municipality_name="Iisalmi")
    finder = engine([near, far], knowledge())
    held = ask(finder, question).understood
    assert held == {"not_municipality": "297"}
    limited = pages.Asked(text=question).as_read(held)
    assert found(finder, question, filters=limited.filters(None)) == ["iisalmi"]


@pytest.mark.parametrize("question", ["itsemurha", "haluan kuolla", "vill inte leva", "suicidal", "akuutti kriisi"])
def test_distress_is_heard_in_the_words(fresh_index: Path, question: str) -> None:
    finder = engine([document("a", "Kriisipuhelin")], knowledge())
    assert ask(finder, question).understood.get("crisis") == "now"


@pytest.mark.parametrize("question", ["muisti huolettaa", "jumppa", "sururyhmä"])
def test_other_worries_are_no_crisis(fresh_index: Path, question: str) -> None:
    assert "crisis" not in ask(engine([document("a", "Kriisipuhelin")], knowledge()), question).understood


class Answers:
    """An engine that answers as told and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[SearchRequest] = []
        self.answers: list[SearchResult] = []
        self.held: dict[str, str] = {}

    def __call__(self, request: SearchRequest) -> SearchResult:
        self.asked.append(request)
        return self.answers.pop(0) if self.answers else SearchResult(0, ())

    def hits(self, *entries: Entry, km: float = 0.7) -> None:
        self.answers.append(SearchResult(len(entries), tuple(Hit(str(one.pk), 1.0, (), km) for one in entries), understood=self.held))


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch, db: None) -> Answers:
    made = Answers()
    monkeypatch.setattr(pages, "search", made)
    monkeypatch.setattr(pages, "understood", lambda words: made.held)
    monkeypatch.setattr(views, "note_unanswered", lambda words: None)
    monkeypatch.setattr(views, "position", lambda: 1)
    return made


@pytest.fixture
def shown(client: Client) -> Callable[[str], str]:
    def get(text: str, **more: str) -> str:
        return client.get("/haku/", {"q": text, **more}, headers={"accept-language": "fi"}).content.decode()

    return get


def test_tomorrow_limits_and_can_be_given_up(answers: Answers, shown: Callable[..., str]) -> None:
    answers.hits(make.group())
    text = shown("jumppa huomenna")
    asked = answers.asked[0]
    assert asked.text == "jumppa"
    assert asked.filters.starts_from == asked.filters.starts_until == date(2026, 11, 23)
    assert "Näytämme vain:" in text
    assert "ilman=milloin" in text
    answers.hits(make.group())
    shown("jumppa huomenna", ilman="milloin")
    assert answers.asked[1].filters.starts_from is None


def test_nothing_tomorrow_is_said_and_not_hidden_under_other_days(answers: Answers, shown: Callable[..., str]) -> None:
    text = shown("jumppa huomenna")
    assert "Tarkkaa osumaa ei ole: jumppa huomenna" in text
    assert "Poista ehto" in text


def test_conditions_that_nothing_meets_are_named_when_they_are_dropped(answers: Answers, shown: Callable[..., str]) -> None:
    answers.held = {"price": "free", "weekday": "sat"}
    answers.answers.append(SearchResult(0, ()))
    answers.hits(make.group())
    text = shown("ilmainen kuntosali lauantaina")
    assert "Mikään ei täytä kaikkia näitä, joten emme vaadi niitä:" in text
    assert "maksuton" in text


def test_distress_gets_the_numbers_first_and_only_help_after_them(answers: Answers, shown: Callable[..., str]) -> None:
    answers.held = {"crisis": "now"}
    answers.hits(make.group("Kriisikeskus"))
    text = shown("itsemurha")
    assert text.index("Jos sinulla on hätä, soita 112") < text.index("Kriisikeskus</a>")
    assert "tel:+358925250111" in text
    assert "crisis" in answers.asked[0].filters.topics
    assert "programme" not in answers.asked[0].filters.kinds


def test_what_says_nothing_is_answered_with_ways_on(answers: Answers, shown: Callable[..., str]) -> None:
    text = shown("😀")
    assert "Emme ymmärtäneet hakua" in text
    assert "?tarve=lonely" in text
    assert answers.asked == []


def test_a_town_with_nothing_near_is_told_how_far_the_nearest_is(answers: Answers, shown: Callable[..., str]) -> None:
    answers.held = {"municipality": "890"}  # Utsjoki
    answers.hits(make.group())
    assert " km päässä." in shown("jumppa Utsjoella")
