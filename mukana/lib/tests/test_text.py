import json
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.lib.text import (
    clean_html,
    first_sentences,
    from_draft_js,
    same_text_in_all_languages,
    shorten,
    squeeze,
    strip_identifiers,
    title_case_place,
    without_copies,
)


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        (None, ""),
        ("Kevyt  jumppa ", "Kevyt jumppa"),
        (
            "<p>Tervetuloa!<br>Ota pyyhe.</p><p>Kahvi 2&nbsp;€</p>",
            "Tervetuloa!\nOta pyyhe.\n\nKahvi 2 €",
        ),
        ("<div>Yksi<ul><li>kaksi</li><li>kolme</li></ul></div>", "Yksi\n\n– kaksi\n– kolme"),
        ("Hei<script>alert(1)</script><style>p{}</style> sinä", "Hei sinä"),
        ("a<script/>b", "ab"),
        ("a<script>if (a<b && c>d) { x('</p>') }</script>b", "ab"),
        ("a<style>p{}", "a"),
        ('<a href="https://a.fi" title="a > b">linkki</a>', "linkki"),
        ("<![CDATA[<p>Hei</p>]]>", "Hei"),
        ("a<!-- auki", "a"),
        ("<html><head><title>Otsikko</title><body>Teksti", "Teksti"),
        ("&lt;p&gt;Hei &amp;auml;iti&lt;/p&gt;", "Hei äiti"),
        ("Alle <5-vuotiaat & muut", "Alle <5-vuotiaat & muut"),
        ("Kysy <liikunta@kunta.fi> <b>heti</b>", "Kysy <liikunta@kunta.fi> heti"),
        ("<!-- huomio -->Avoin<center>kaikille</center>", "Avoinkaikille"),
        ("rivi\r\n\r\n\r\n\r\ntoinen\x85kolmas", "rivi\n\ntoinen\nkolmas"),
        ("paha\u202eteksti\u200b\x07 pe\u00adhmeä", "pahateksti pehmeä"),
        ("a\u0308iti", "äiti"),
    ],
)
def test_html_becomes_plain_paragraphs(source: str | None, plain: str) -> None:
    assert clean_html(source) == plain


@given(
    st.text(alphabet=st.sampled_from("<>/&;#pbr scriptÄx\n\t\u202e\x00\ud800!-="), max_size=200),
    st.integers(1, 80),
)
def test_cleaned_text_is_short_and_harmless_whatever_comes(source: str, limit: int) -> None:
    plain = clean_html(source, limit)
    assert len(plain) <= limit
    assert not any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n" for c in plain)
    assert "\u202e" not in plain
    assert "\n\n\n" not in plain


@pytest.mark.parametrize("piece", ["<a", "<!--", "<![CDATA[", "</", "<a x='", "<a b=c ", "<?", "&#", "<script>", "</a ", '<a "', " \n"])
def test_broken_markup_takes_no_longer_than_its_length(piece: str) -> None:
    started = time.perf_counter()
    clean_html("<b>" + piece * (160_000 // len(piece)))
    assert time.perf_counter() - started < 2


@given(st.text(alphabet="abcäö .,!\n", max_size=100))
def test_cleaning_plain_text_twice_changes_nothing(source: str) -> None:
    once = clean_html(source)
    assert clean_html(once) == once


def test_squeezing_makes_one_line() -> None:
    assert squeeze(" Olhavan\u00a0 laavu \n") == "Olhavan laavu"


def test_long_text_is_cut_between_words() -> None:
    assert shorten("Tule mukaan kävelylle", 15) == "Tule mukaan…"
    assert shorten("Tule", 15) == "Tule"
    assert shorten("x" * 20, 5) == "xxxx…"


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("Lyhyt.", 20, "Lyhyt."),
        ("Tule mukaan. Kahvia on tarjolla. Ota ystävä.", 33, "Tule mukaan. Kahvia on tarjolla."),
        (
            "Ota mukaan esim. Kuopion kartta. Lähtö torilta heti.",
            40,
            "Ota mukaan esim. Kuopion kartta.",
        ),
        ("Alkaa ti 24.11. Ilmoittaudu heti", 20, "Alkaa ti 24.11…"),
        ("Yksi pitkä virke ilman loppua vielä", 18, "Yksi pitkä virke…"),
    ],
)
def test_a_summary_is_made_of_whole_sentences(text: str, limit: int, expected: str) -> None:
    assert first_sentences(text, limit) == expected


@given(st.text(alphabet="abc. A1\n", max_size=200), st.integers(1, 120))
def test_first_sentences_fit(text: str, limit: int) -> None:
    assert len(first_sentences(text, limit)) <= limit


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("KUOPIO", "Kuopio"),
        ("YLI-II", "Yli-Ii"),
        ("ÄÄNEKOSKI ", "Äänekoski"),
        ("Koski Tl", "Koski Tl"),
        ("", ""),
    ],
)
def test_place_names_in_capitals_get_small_letters(name: str, expected: str) -> None:
    assert title_case_place(name) == expected


def test_the_text_of_a_draft_js_document_is_found() -> None:
    document = {
        "entityMap": {},
        "blocks": [
            {"text": "Ota yhteys.", "type": "unstyled"},
            {"text": "kortti", "type": "unordered-list-item"},
            {"text": "kuva", "type": "unordered-list-item"},
            {},
        ],
    }
    assert from_draft_js(json.dumps(document)) == "Ota yhteys.\n– kortti\n– kuva"
    assert from_draft_js("{rikki") == "{rikki"
    assert from_draft_js('{"a": 1}') == '{"a": 1}'
    assert from_draft_js("<p>tavallinen</p>") == "tavallinen"
    assert from_draft_js(None) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Maksu tilille FI21 1234 5600 0007 85 ennen", "Maksu tilille … ennen"),
        ("tili FI2112345600000785.", "tili …."),
        ("IBAN DE89 3704 0044 0532 0130 00 Berlin", "IBAN … Berlin"),
        ("hetu 131052-308T ja 010199A9000", "hetu … ja 010199A9000"),
        ("soita 040510-7536", "soita 040510-7536"),
        ("Avoinna 2026", "Avoinna 2026"),
        ("ei numeroita", "ei numeroita"),
        ("koodi AB12 3456 7890 ja FI12 3456", "koodi AB12 3456 7890 ja FI12 3456"),
        ("hetu 991352-308T", "hetu 991352-308T"),
    ],
)
def test_account_numbers_and_identity_codes_are_hidden(text: str, expected: str) -> None:
    assert strip_identifiers(text) == expected


def test_a_text_copied_into_other_languages_is_noticed() -> None:
    copied = {"fi": "Vesijumppa", "sv": "Vesijumppa ", "en": "vesijumppa"}
    assert same_text_in_all_languages(copied)
    assert not same_text_in_all_languages({"fi": "Vesijumppa", "sv": None})
    assert not same_text_in_all_languages({"fi": "Vesijumppa", "sv": "Vattengymnastik"})
    assert without_copies(copied) == {"fi": "Vesijumppa"}
    assert without_copies({"sv": "Simhall", "en": ""}) == {"sv": "Simhall"}
