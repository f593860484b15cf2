"""Languages, text variants and the policy, without a browser or a database."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mukana.look import rules
from mukana.look.csp import origin, policy

codes = st.sampled_from([*rules.LANGUAGES, rules.SELKO, "de"])
texts = st.dictionaries(codes, st.dictionaries(st.just("name"), st.text(max_size=5)), max_size=5)


def test_selkokieli_comes_right_before_finnish() -> None:
    assert rules.text_languages("fi", selko=True) == ("fi-x-selko", "fi")
    assert rules.text_languages("sv", selko=False) == ("sv", "fi")
    assert rules.text_languages("sms", selko=True) == ("sms", "fi-x-selko", "fi")


def test_a_sami_speaker_reads_the_sites_own_words_in_finnish() -> None:
    assert rules.page_language("se") == "fi"


def test_a_page_is_finnish_until_the_visitor_chooses() -> None:
    assert [rules.page_language(code) for code in ("", "xx", "sv", "en")] == ["fi", "fi", "sv", "en"]


def test_a_text_in_another_language_than_the_page_is_marked() -> None:
    picked = rules.pick({"sv": {"name": "Stolsgymnastik"}}, "name", ("fi",), "fi")
    assert (picked.value, picked.foreign) == ("Stolsgymnastik", "sv")


def test_selkokieli_is_finnish_and_needs_no_mark() -> None:
    picked = rules.pick({"fi-x-selko": {"name": "Jumppa"}, "fi": {"name": "Tuolijumppa"}}, "name", ("fi-x-selko", "fi"))
    assert (picked.value, picked.foreign) == ("Jumppa", "")


@given(texts, st.lists(codes, max_size=4))
def test_whatever_text_there_is_gets_picked(given_texts: dict[str, dict[str, str]], order: list[str]) -> None:
    picked = rules.pick(given_texts, "name", order)
    available = [fields["name"] for fields in given_texts.values() if fields.get("name")]
    assert bool(picked) == bool(available)
    assert not picked or picked.value in available


@given(st.text(max_size=80))
def test_any_cookie_gives_a_language_of_ours(cookie: str) -> None:
    assert rules.page_language(cookie) in rules.PAGE_LANGUAGES


@given(st.sampled_from(sorted(rules.LANGUAGES)), st.booleans())
def test_finnish_is_always_among_the_languages_tried(language: str, selko: bool) -> None:
    order = rules.text_languages(language, selko)
    assert "fi" in order
    assert len(set(order)) == len(order)


def test_the_policy_lets_map_pictures_in_from_the_tile_host_only() -> None:
    assert "img-src 'self' data: https://tiles.example;" in policy("https://tiles.example/{z}/{x}/{y}.png")
    assert "img-src 'self' data:;" in policy()
    assert "unsafe" not in policy()
    assert origin("tiles/{z}") == ""


def test_a_view_may_widen_one_directive() -> None:
    assert "frame-ancestors *" in policy(changes={"frame-ancestors": ("*",)})
