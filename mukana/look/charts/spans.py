"""Waiting: for each row a dot where half have it behind them and a line to where nine of ten do, on an axis of days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from mukana.look.charts.frame import Words, framed

_ROW, _TOP, _AXIS, _LEFT, _RIGHT = 84, 8, 30, 10, 24
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)


@dataclass(frozen=True, slots=True)
class Span:
    """One row: half within `median`, nine of ten within `most` (None is too few to tell), `promised` is the limit."""

    label: str
    median: int | None
    most: int | None
    promised: int | None
    said: str


def spans(words: Words, rows: Sequence[Span], promise: str) -> SafeString:
    """The picture, from zero to the longest; `promise` says what the line across a row is."""
    longest = max((day for row in rows for day in (row.median, row.most, row.promised) if day), default=5)

    def draw(width: int, hatch: str) -> SafeString:
        scale = (width - _LEFT - _RIGHT) / longest
        drawn = [_span(row, _TOP + number * _ROW, scale, words, hatch, promise) for number, row in enumerate(rows)]
        return format_html("{}{}", _axis(longest, scale, _TOP + len(rows) * _ROW), format_html_join("", "{}", ((one,) for one in drawn)))

    return framed(words, lambda _width: _TOP + len(rows) * _ROW + _AXIS, draw)


def _axis(longest: int, scale: float, bottom: int) -> SafeString:
    step = next((step for step in _STEPS if longest / step <= 6), _STEPS[-1])
    marks = ((round(_LEFT + day * scale), bottom, bottom + 20, day) for day in range(0, longest + 1, step))
    return format_html_join(
        "", '<path class="grid" d="M{0} 6V{1}"/><text class="soft" x="{0}" y="{2}" text-anchor="middle">{3}</text>', marks
    )


def _span(row: Span, top: int, scale: float, words: Words, hatch: str, promise: str) -> SafeString:
    y = top + 62
    drawn = [
        format_html(
            '<text x="{0}" y="{1}">{3}</text><text x="{0}" y="{2}" class="b">{4}</text>', _LEFT, top + 18, top + 40, row.label, row.said
        )
    ]
    if row.promised:
        x = round(_LEFT + row.promised * scale)
        drawn.append(format_html('<path class="promise" d="M{} {}V{}"><title>{}</title></path>', x, y - 12, y + 12, promise))
    if row.median is None:
        drawn.append(format_html('<rect class="masked" x="{}" y="{}" width="56" height="14" fill="url(#{})"/>', _LEFT, y - 7, hatch))
    else:
        x = round(_LEFT + row.median * scale)
        if row.most is not None:
            drawn.append(format_html('<path class="line1" d="M{} {}H{}"/>', x, y, max(x + 2, round(_LEFT + row.most * scale))))
        drawn.append(format_html('<circle class="s1" cx="{}" cy="{}" r="7"/>', x, y))
    return format_html_join("", "{}", ((one,) for one in drawn))
