"""Whatever colours are given, text stands out from every ground in the light and in the dark look."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mukana.lib.colours import Oklch, contrast, normal, oklch
from mukana.themes.rules import CORNERS, DARK_GROUNDS, FONTS, INK, LIGHT_GROUNDS, NIGHT, Given, changes, css, made

COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")
EDGES = ("#ffffff", "#000000", "#ffff00", "#0000ff", "#00ff00")
TOKENS = Path(__file__).parents[2] / "look" / "static" / "look" / "css" / "tokens.css"
OURS = Given("#43306b", "#f2a93b", "#e8e5f1")


@pytest.mark.parametrize("colour", EDGES)
def test_even_the_farthest_colours_give_readable_text(colour: str) -> None:
    readable(Given(colour, colour, colour))


@given(COLOURS, COLOURS, COLOURS)
@example("#808080", "#808080", "#808080")
def test_any_colours_give_readable_text(brand: str, accent: str, tint: str) -> None:
    readable(Given(brand, accent, tint))


def readable(theme: Given) -> None:
    found = made(theme)
    for look, grounds, ink2, edge in ((found.light, LIGHT_GROUNDS, "#4a4459", "#75786b"), (found.dark, DARK_GROUNDS, "#cdc8d8", "#9590a6")):
        under = (*grounds, look["bloom"])
        assert min(contrast(look[word], ground) for word in ("brand", "brand-2") for ground in under) >= 7
        assert min(contrast(look["on-brand"], look[ground]) for ground in ("brand", "brand-2")) >= 7
        assert contrast(look["on-accent"], look["accent"]) >= 4.5
        assert contrast(ink2, look["bloom"]) >= 7
        assert contrast(edge, look["bloom"]) >= 3


@given(COLOURS)
def test_hue_is_kept_when_lightness_gives_way(colour: str) -> None:
    before, after = oklch(colour), oklch(made(Given(colour, colour, colour)).light["brand"])
    if before.chroma > 0.06 and after.chroma > 0.06:
        turn = abs(before.hue - after.hue) % 6.283185
        assert min(turn, 6.283185 - turn) < 0.2


@given(COLOURS)
def test_a_colour_comes_back_from_oklch_as_it_went(colour: str) -> None:
    assert oklch(colour).hex == colour


def test_a_colour_outside_the_screen_loses_chroma_only() -> None:
    inside = oklch(Oklch(0.7, 0.4, 2.5).hex)
    assert inside.chroma < 0.3
    assert abs(inside.lightness - 0.7) < 0.01


@given(st.text(max_size=9))
def test_only_colours_are_colours(text: str) -> None:
    assert re.fullmatch(r"(#[0-9a-f]{6})?", normal(text))


def test_colours_as_people_write_them() -> None:
    assert [normal(one) for one in ("43306B", "#abc", " #43306b ", "punainen", "#12345")] == ["#43306b", "#aabbcc", "#43306b", "", ""]


def test_what_gave_way_is_told_with_the_side_it_went_to() -> None:
    told = {change.part: change.how for change in changes(Given("#ffff00", "#ff0000", "#ff0000"))}
    assert told == {"brand": "darker", "accent": "lighter", "tint": "lighter"}
    assert [change.how for change in changes(Given("#43306b", "#f2a93b", oklch("#e8e5f1").hex))] == []
    assert changes(Given("#43306b", "#f2a93b", "#fff2a8"))[0].how == "paler"


def test_our_own_colours_stay_as_they_are() -> None:
    light = made(OURS).light
    assert (light["brand"], light["accent"], light["on-accent"], light["bloom"]) == ("#43306b", "#f2a93b", INK, "#e8e5f1")


def test_the_grounds_are_those_of_the_look() -> None:
    text = TOKENS.read_text(encoding="utf-8")
    for name, grounds in (("vaalea", LIGHT_GROUNDS), ("tumma", DARK_GROUNDS)):
        block = text[text.index(f'[data-theme="{name}"]') :].split("}", 1)[0]
        assert tuple(re.findall(rf"--{token}: (#\w+)", block)[0] for token in ("paper", "ground", "mist")) == grounds
    assert f"--on-accent: {INK}" in text
    assert f"--on-brand: {NIGHT}" in text


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("corner", CORNERS)
def test_the_style_sheet_leaves_high_contrast_alone(font: str, corner: int) -> None:
    text = css(Given("#aa0000", "#00aa00", "#0000aa", font, corner))
    assert "kontrasti" not in text
    assert ("--font" in text) == (font == "plain")
    assert text.count("{") == text.count("}")
    assert re.search(rf"--r1: {CORNERS[corner][0]};", text)
