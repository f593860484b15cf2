"""What guidance does not find is counted: by week, municipality, topic and kind of condition, once for each page, without words."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from mukana.directory.actions.vocabulary import load_vocabulary
from mukana.directory.tests import make
from mukana.guidance import once
from mukana.guidance.actions.units import make_unit
from mukana.guidance.models import Count, Lack
from mukana.guidance.once import fresh
from mukana.guidance.rules.choosing import Chosen, Suggestion
from mukana.guidance.rules.facts import Facts
from mukana.guidance.rules.judging import Judgement, Mark
from mukana.guidance.rules.lacking import REASONS, lacking
from mukana.guidance.rules.wish import Wish
from mukana.lib.clock import today

ASKED = {"teksti": "haluan laulaa", "kunta": "Kuopio", "este": ["free"]}
BARS = ("free", "remote", "step_free", "times", "age", "gender", "language", "far", "device", "refused")


def rows() -> list[tuple[str, str, str, int]]:
    return list(Lack.objects.order_by("pk").values_list("municipality", "subject", "reason", "number"))


@pytest.fixture
def paid_choir(fresh_index: Path, db: None) -> None:
    """The only choir there is costs something."""
    from mukana.search.actions import rebuild

    load_vocabulary()
    texts = {"fi": {"name": "Lauluilta", "summary": "Lauletaan kapakassa."}}
    make.entry("Lauluilta", texts=texts, price_kind="paid", kind="group")
    rebuild()


def page_number(client: Client, address: str) -> str:
    """What stands in the hidden field of a page that is opened."""
    return str(client.get(address).context["form"]["kerran"].value())


@pytest.mark.django_db
def test_what_a_resident_asks_in_vain_is_counted_by_codes(client: Client, paid_choir: None) -> None:
    client.post(reverse("need"), {**ASKED, "kerran": page_number(client, reverse("need"))})
    assert rows() == [("297", "singing", "price", 1)]
    week = Lack.objects.get().week
    assert week == today() - timedelta(days=today().weekday())


@pytest.mark.django_db
def test_a_tile_is_counted_as_the_need_it_is(client: Client, paid_choir: None) -> None:
    told = {"tarve": "lonely", "kunta": "Kuopio", "kieli": "sv", "este": ["near_only", "remote"], "kerran": fresh()}
    client.post(reverse("need"), told)
    assert [row[:2] for row in rows()] == [("297", "lonely")]


@pytest.mark.django_db
def test_a_professional_s_asking_counts_for_the_unit_s_municipality_when_none_is_told(client: Client, paid_choir: None) -> None:
    unit = make_unit("Nilsiän terveysasema", make.kuopio(), by="1")
    link = reverse("guide", args=[unit.key])
    client.post(link, {"toimi": "ehdota", "teksti": "kaipaa laulua", "este": ["free"], "kerran": page_number(client, link)})
    assert rows() == [("297", "singing", "price", 1)]


@pytest.mark.django_db
def test_a_reload_or_another_try_on_the_same_page_does_not_count_again(client: Client, paid_choir: None) -> None:
    number = fresh()
    for _ in range(3):
        client.post(reverse("need"), {**ASKED, "kerran": number})
    client.post(reverse("need"), {**ASKED, "este": ["free", "step_free"], "kerran": number})
    assert [row[3] for row in rows()] == [1]
    assert Count.objects.get(strength="guided").number == 1
    client.post(reverse("need"), {**ASKED, "kerran": fresh()})
    assert [row[3] for row in rows()] == [2]


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["", "made-up", "1234:5678:signature"])
def test_a_robot_without_a_page_s_number_is_not_counted(client: Client, paid_choir: None, number: str) -> None:
    assert client.post(reverse("need"), {**ASKED, "kerran": number}).status_code == 200
    assert rows() == []
    assert not Count.objects.exists()


@pytest.mark.django_db
def test_a_page_left_open_for_long_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    number = fresh()
    assert once.first_time(number, "lacking")
    assert not once.first_time(number, "lacking")
    monkeypatch.setattr(once, "HOURS", -1)
    assert not once.first_time(number, "guided")


@pytest.mark.django_db
def test_something_found_words_without_meaning_and_danger_are_no_lack(client: Client, paid_choir: None) -> None:
    client.post(reverse("need"), {"teksti": "haluan laulaa", "kunta": "Kuopio", "kerran": fresh()})
    client.post(reverse("need"), {"teksti": "qqqzzz", "kerran": fresh()})
    client.post(reverse("need"), {"teksti": "en jaksa enää elää", "este": ["free"], "kerran": fresh()})
    assert rows() == []


@pytest.mark.django_db
def test_nothing_is_counted_while_there_is_no_index(client: Client, fresh_index: Path) -> None:
    client.post(reverse("need"), {**ASKED, "kerran": fresh()})
    assert rows() == []


def suggestion(*lacks: str) -> Suggestion:
    return Suggestion(Facts("1", "group"), 1.0, Judgement((), (), tuple(Mark(code) for code in lacks)))


def test_the_condition_that_left_the_most_out_is_the_reason() -> None:
    assert lacking(Wish(), Chosen((), {"far": 2, "free": 5})) == "price"
    assert lacking(Wish(), Chosen((), {"age": 2, "gender": 2, "free": 3})) == "audience"
    assert lacking(Wish(), Chosen((), {"far": 2, "free": 2})) == "distance"
    assert lacking(Wish(), Chosen()) == "nothing"
    assert lacking(Wish(), Chosen((suggestion(),), {"far": 9})) == ""


def test_company_is_missing_when_nothing_suggested_tells_of_it() -> None:
    alone, along = suggestion("nobody_along"), suggestion()
    assert lacking(Wish(companion=True), Chosen((alone, alone))) == "company"
    assert lacking(Wish(companion=True), Chosen((alone, along))) == ""
    assert lacking(Wish(), Chosen((alone,))) == ""


@given(st.dictionaries(st.sampled_from(BARS), st.integers(1, 9)))
def test_every_condition_has_a_kind_that_is_known(left_out: dict[str, int]) -> None:
    assert lacking(Wish(), Chosen((), left_out)) in REASONS
