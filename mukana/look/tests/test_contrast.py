"""Every ratio of the look's tables, computed anew from the style sheet that visitors get."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[1] / "static" / "look" / "css" / "tokens.css"
THEMES = ("vaalea", "tumma", "kontrasti")
GROUNDS = ("ground", "paper", "mist", "bloom")
TEXT, STRONG, MARK = 7.0, 4.5, 3.0

# Pair of tokens → ratios in the light, dark and high-contrast theme (rounded as in the tables).
RATIOS = {
    ("ink", "ground"): (15.3, 16.2, 21.0), ("ink", "paper"): (16.4, 14.7, 21.0),
    ("ink", "mist"): (13.8, 13.0, 21.0), ("ink", "bloom"): (13.2, 12.2, 21.0),
    ("ink-2", "ground"): (8.6, 11.3, 17.7), ("ink-2", "paper"): (9.3, 10.3, 17.7),
    ("ink-2", "mist"): (7.8, 9.1, 17.7), ("ink-2", "bloom"): (7.5, 8.5, 17.7),
    ("brand", "ground"): (10.4, 10.7, 15.8), ("brand", "paper"): (11.2, 9.7, 15.8),
    ("brand", "mist"): (9.4, 8.6, 15.8), ("brand", "bloom"): (9.0, 8.0, 15.8),
    ("on-brand", "brand"): (11.2, 10.3, 15.8), ("on-brand", "brand-2"): (14.7, 13.1, 21.0),
    ("on-accent", "accent"): (8.2, 10.0, 12.1),
    ("ok", "ok-bg"): (7.4, 8.8, 12.4), ("warn", "warn-bg"): (7.5, 9.2, 12.8), ("bad", "bad-bg"): (7.3, 9.3, 12.5),
    ("ok", "paper"): (9.1, 11.0, 12.4), ("warn", "paper"): (9.0, 11.2, 12.8), ("bad", "paper"): (9.1, 10.3, 12.5),
    ("ink", "ok-bg"): (13.3, 11.9, 21.0), ("ink", "warn-bg"): (13.5, 12.1, 21.0), ("ink", "bad-bg"): (13.2, 13.3, 21.0),
    ("edge", "ground"): (4.2, 6.0, 21.0), ("edge", "paper"): (4.5, 5.5, 21.0),
    ("edge", "mist"): (3.8, 4.8, 21.0), ("edge", "bloom"): (3.6, 4.5, 21.0),
    ("focus", "ground"): (15.3, 10.4, 21.0), ("focus", "paper"): (16.4, 9.5, 21.0),
    ("ground", "ink"): (15.3, 16.2, 21.0),
}  # fmt: skip
# Drawn series: on the ground in light, on paper in dark, on white in high contrast.
SERIES = {"d1": (10.4, 11.3, 11.2), "d2": (5.5, 7.4, 5.9), "d3": (5.7, 6.3, 6.1), "d4": (3.1, 3.4, 3.3)}
SERIES_GROUND = ("ground", "paper", "paper")


def declarations(selector: str, within: str = "") -> dict[str, str]:
    """Custom properties of the first block of `selector` (after the words `within`, when given)."""
    css = TOKENS.read_text(encoding="utf-8")
    css = css[css.index(within) :] if within else css
    block = css[css.index(selector) :].split("{", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", block))


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb" (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def theme(name: str) -> dict[str, str]:
    return declarations(f'[data-theme="{name}"]')


@pytest.mark.parametrize("index", range(3), ids=THEMES)
@pytest.mark.parametrize(("one", "other"), RATIOS)
def test_every_pair_has_the_ratio_of_the_table(one: str, other: str, index: int) -> None:
    tokens = theme(THEMES[index])
    assert ratio(tokens[one], tokens[other]) == pytest.approx(RATIOS[one, other][index], abs=0.06)


@pytest.mark.parametrize("index", range(3), ids=THEMES)
@pytest.mark.parametrize("name", SERIES)
def test_every_drawn_series_stands_out(name: str, index: int) -> None:
    tokens = theme(THEMES[index])
    found = ratio(tokens[name], tokens[SERIES_GROUND[index]])
    assert found >= MARK
    assert found == pytest.approx(SERIES[name][index], abs=0.06)


@pytest.mark.parametrize("name", THEMES)
def test_text_is_readable_on_every_ground_it_may_stand_on(name: str) -> None:
    tokens = theme(name)
    for ground in GROUNDS:
        for text in ("ink", "ink-2", "brand", "brand-2"):
            assert ratio(tokens[text], tokens[ground]) >= TEXT, (text, ground)
        assert ratio(tokens["edge"], tokens[ground]) >= MARK, ground
        for state in ("ok", "warn", "bad"):
            assert ratio(tokens[state], tokens[ground]) >= TEXT, (state, ground)
    assert ratio(tokens["on-accent"], tokens["accent"]) >= STRONG


def test_links_in_notices_are_readable() -> None:
    for name in THEMES:
        tokens = theme(name)
        for ground in ("ok-bg", "warn-bg", "bad-bg"):
            assert ratio(tokens["brand"], tokens[ground]) >= TEXT, (name, ground)


@pytest.mark.parametrize(("name", "query"), [("tumma", "prefers-color-scheme: dark"), ("kontrasti", "prefers-contrast: more")])
def test_the_devices_own_wish_gives_the_same_colours_as_the_choice(name: str, query: str) -> None:
    assert declarations(":root:not([data-theme])", within=query) == theme(name)


def test_every_theme_names_the_same_colours() -> None:
    missing_in_contrast = {key for key in theme("vaalea") if key.startswith("art-")}
    assert set(theme("tumma")) == set(theme("vaalea"))
    assert set(theme("vaalea")) - set(theme("kontrasti")) == missing_in_contrast
