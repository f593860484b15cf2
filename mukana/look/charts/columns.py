"""Standing bars in time: one for each week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from mukana.look.charts.frame import Words, framed

_TOP, _HEIGHT, _AXIS, _LEFT = 24, 150, 30, 30
_MASKED = 26


@dataclass(frozen=True, slots=True)
class Column:
    """One time: its label (shown where there is room) and its count, None is not shown."""

    label: str
    count: int | None


def columns(words: Words, row: Sequence[Column]) -> SafeString:
    """The picture, from zero up."""
    most = max((one.count for one in row if one.count), default=1)
    bottom = _TOP + _HEIGHT

    def draw(width: int, hatch: str) -> SafeString:
        step = (width - _LEFT) / max(1, len(row))
        every = max(1, -(-len(row) * 62 // (width - _LEFT)))
        drawn = [
            format_html("{}{}", _column(one, _LEFT + number * step, step, most, hatch), _label(one, number, _LEFT + number * step, every))
            for number, one in enumerate(row)
        ]
        axis = format_html('<path class="grid" d="M{} {}H{}"/><text class="soft" x="{}" y="{}" text-anchor="end">{}</text>',
                           _LEFT, bottom, width, _LEFT - 8, _TOP + 6, most)  # fmt: skip
        return format_html("{}{}", axis, format_html_join("", "{}", ((one,) for one in drawn)))

    return framed(words, lambda _width: bottom + _AXIS, draw)


def _column(one: Column, left: float, step: float, most: int, hatch: str) -> SafeString:
    tall = _MASKED if one.count is None else round(_HEIGHT * one.count / most)
    x, wide, y = round(left + 1, 1), round(max(2.0, min(step - 3, 40)), 1), _TOP + _HEIGHT - tall
    if one.count is None:
        return format_html('<rect class="masked" x="{}" y="{}" width="{}" height="{}" fill="url(#{})"/>', x, y, wide, tall, hatch)
    return format_html('<rect class="s1" x="{}" y="{}" width="{}" height="{}"/>', x, y, wide, tall)


def _label(one: Column, number: int, left: float, every: int) -> SafeString:
    if number % every:
        return SafeString("")
    return format_html('<text class="soft" x="{}" y="{}">{}</text>', round(left), _TOP + _HEIGHT + 20, one.label)
