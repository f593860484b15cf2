"""The pure rules: when to ask, why an entry is not seen, two editors at once, plain Finnish."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.upkeep.rules import asking, merging, plain, reasons
from mukana.upkeep.rules.facts import critical_of
from mukana.upkeep.rules.reasons import Standing

TODAY = date(2026, 11, 22)
VALUES = st.dictionaries(st.sampled_from("abc"), st.integers(0, 2))


def codes(**facts: object) -> list[str]:
    return [reason.code for reason in reasons.reasons(Standing(**{"kind": "group", **facts}))]


def test_first_asked_then_reminded_after_three_weeks_then_rung() -> None:
    first, second = TODAY - timedelta(weeks=6), TODAY - timedelta(weeks=3)
    assert asking.next_step("due", [], TODAY).what == "ask"
    assert asking.next_step("due", [TODAY], TODAY) == asking.Step("wait", TODAY + timedelta(weeks=3))
    assert asking.next_step("due", [second], TODAY).what == "remind"
    assert asking.next_step("late", [first, second], TODAY).what == "call"


def test_what_is_fresh_is_left_in_peace_and_the_unreachable_are_rung() -> None:
    assert asking.next_step("fresh", [TODAY], TODAY).what == "none"
    assert asking.next_step("due", [], TODAY, reachable=False).what == "call"


def test_an_entry_in_order_has_no_reason() -> None:
    assert codes() == []


@pytest.mark.parametrize(
    ("facts", "code", "hides"),
    [
        ({"status": "draft"}, "draft", True),
        ({"status": "withdrawn"}, "withdrawn", True),
        ({"status": "withdrawn", "gone_from_source": True}, "gone_from_source", True),
        ({"merged": True}, "merged", True),
        ({"do_not_list": True}, "do_not_list", True),
        ({"do_not_list": True, "organisation_do_not_list": True}, "organisation_do_not_list", True),
        ({"named": False}, "no_name", True),
        ({"dates": "past"}, "over", False),
        ({"dates": "past", "schedule": "ended"}, "season_over", False),
        ({"dates": "none"}, "no_dates", False),
        ({"freshness": "expired"}, "expired", False),
        ({"freshness": "late"}, "late", False),
        ({"freshness": "due"}, "due", False),
        ({"topics": 0}, "no_topic", False),
        ({"placed": False}, "no_point", False),
        ({"contact": False}, "no_contact", False),
        ({"organiser": False}, "no_organiser", False),
    ],
)
def test_each_reason_is_told_alone(facts: dict[str, object], code: str, hides: bool) -> None:
    assert reasons.reasons(Standing("group", **facts)) == [reasons.Reason(code, hides)]


def test_all_reasons_are_told_at_once_those_that_hide_first() -> None:
    assert codes(topics=0, status="draft", freshness="expired") == ["draft", "expired", "no_topic"]


def test_a_service_needs_no_dates_and_what_is_done_at_home_no_place() -> None:
    assert codes(kind="service", dates="none") == []
    assert codes(form="video_home", placed=False) == []
    assert codes(kind="route", contact=False, organiser=False) == []


@given(VALUES, VALUES, VALUES)
def test_nothing_of_two_editors_is_lost(base: dict[str, int], theirs: dict[str, int], mine: dict[str, int]) -> None:
    wanted, conflicts = merging.merged(base, theirs, mine)
    asked = {one.key for one in conflicts}
    assert not asked & wanted.keys()
    for key, value in mine.items():
        changed_by_me, changed_by_them = value != base.get(key), theirs.get(key) != base.get(key)
        assert (key in asked) == (changed_by_me and changed_by_them and value != theirs.get(key))
        assert (key in wanted) == (changed_by_me and not changed_by_them)


def test_a_changed_fact_tells_of_its_critical_field() -> None:
    assert critical_of("phone") == ("contact",)
    assert critical_of("schedules") == ("time", "season")
    assert critical_of("texts.sv.price_note") == ("price",)
    assert critical_of("texts.fi.summary") == ()
    assert critical_of("features") == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Me istumme ja seisomme niin, että jokainen pysyy mukana omassa tahdissaan ihan alusta aivan loppuun saakka.", "long_sentence"),
        ("Ryhmässä ohjataan ja neuvotaan.", "passive"),
        ("Kahvit juodaan lopuksi.", "passive"),
        ("Retket pidettiin kesällä.", "passive"),
        ("Toimintakyky paranee.", "office"),
        ("Tämä on matalan kynnyksen ryhmä.", "phrase"),
        ("Kysy hyvinvointipalvelukokonaisuudesta.", "long_word"),
    ],
)  # fmt: skip
def test_what_would_be_easier_is_found(text: str, code: str) -> None:
    assert code in {finding.code for finding in plain.findings(text)}


@pytest.mark.parametrize(
    "text", ["", "Tule rantaan. Annelilla ei ole mitään kiirettä.", "Soita klo 9.30. Anneli vastaa.", "Ota uikkarit mukaan."]
)
def test_plain_words_are_left_in_peace(text: str) -> None:
    assert plain.findings(text) == []


def test_selkokieli_has_shorter_sentences_and_no_abbreviations() -> None:
    text = "Auto hakee sinut kotoa ja vie sinut sen jälkeen takaisin kotiin."
    assert plain.findings(text) == []
    assert [one.code for one in plain.findings(text, selko=True)] == ["long_sentence"]
    assert [one.place for one in plain.findings("Soita esim. tänään.", selko=True)] == ["esim."]


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    assert len(plain.findings(text, selko=True)) <= plain.SHOWN
