"""Lying bars, one or two for each row: label above, count at the bar's end; what the two are, a key beside tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from mukana.look.charts.frame import Words, framed

_LABEL, _BAR, _GAP, _NUMBER = 22, 20, 14, 90
_MASKED = 56  # how long a bar is of which the length is not told


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its label, one count or two; None is not shown."""

    label: str
    counts: tuple[int | None, ...]


def bars(words: Words, rows: Sequence[Bar]) -> SafeString:
    """The picture; the longest bar is the greatest count."""
    most = max((count for row in rows for count in row.counts if count), default=1)
    step = _LABEL + max((len(row.counts) for row in rows), default=1) * (_BAR + 4) + _GAP

    def draw(width: int, hatch: str) -> SafeString:
        places = ((number * step, row) for number, row in enumerate(rows))
        return format_html_join("", "{}", ((_row(row, top, (width - _NUMBER) / most, words, hatch),) for top, row in places))

    return framed(words, lambda _width: max(len(rows) * step, 1), draw)


def _row(row: Bar, top: float, scale: float, words: Words, hatch: str) -> SafeString:
    parts = []
    for number, count in enumerate(row.counts):
        y = top + _LABEL + number * (_BAR + 4)
        if count is None:
            shape = format_html('<rect class="masked" x="1" y="{}" width="{}" height="{}" fill="url(#{})"/>', y, _MASKED, _BAR, hatch)
            end, said = _MASKED, words.hidden
        else:
            end = max(2, round(count * scale))
            shape = format_html('<rect class="s{}" x="0" y="{}" width="{}" height="{}" rx="2"/>', number + 1, y, end, _BAR)
            said = str(count)
        parts.append(format_html('{}<text x="{}" y="{}" class="b">{}</text>', shape, end + 8, y + 15, said))
    return format_html('<text x="0" y="{}">{}</text>{}', top + 15, row.label, format_html_join("", "{}", ((part,) for part in parts)))
