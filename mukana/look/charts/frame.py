"""The two drawings of one picture, wide and narrow, with title and description; colours are classes of `charts.css`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

WIDE, NARROW = 720, 300


@dataclass(frozen=True, slots=True)
class Words:
    """`key` makes ids of the page's pictures different; `hidden` is said of a count that is not shown."""

    key: str
    title: str
    text: str
    hidden: str


def framed(words: Words, height: Callable[[int], int], draw: Callable[[int, str], SafeString]) -> SafeString:
    """Both drawings: `draw(width, hatch)` gives the shapes, `hatch` the name of the pattern for what is not shown."""
    return mark_safe("".join(_svg(words, width, height(width), draw) for width in (WIDE, NARROW)))  # noqa: S308  escaped below


def _svg(words: Words, width: int, height: int, draw: Callable[[int, str], SafeString]) -> SafeString:
    key = f"{words.key}-{'w' if width == WIDE else 'n'}"
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d"><title id="{}-t">{}</title><desc id="{}-d">{}</desc>'
        '<defs><pattern id="{}-h" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(35)">'
        '<path class="hatch" d="M0 0V8"/></pattern></defs>{}</svg>',
        "w" if width == WIDE else "n", width, height, key, key, key, words.title, key, words.text, key, draw(width, f"{key}-h"),
    )  # fmt: skip
