"""The pictures of the numbers: what each says in words, and its drawing."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mukana.lib.ladders import Ladder
from mukana.look.charts.bars import Bar, bars
from mukana.look.charts.columns import Column, columns
from mukana.look.charts.frame import Words
from mukana.look.charts.spans import Span, spans
from mukana.referrals import labels, lack_sheets, sheets
from mukana.referrals.queries.numbers import Released
from mukana.referrals.rules.numbers import NO, PROMISED, STAGES, YES, Wait


def path(ladder: Ladder) -> SafeString:
    """How far people came."""
    rows = [Bar(labels.said(sheets.STAGE, stage), (came,)) for stage, came in ladder.came.items()]
    said = "; ".join(f"{row.label} {sheets.number(row.counts[0])}" for row in rows)
    return bars(Words("polku", _("Kuinka pitkälle ihmiset pääsivät"), f"{said}. {_in_table()}", sheets.few()), rows)


def halves(told: Released, name: str, head: Sequence[str]) -> SafeString:
    """Two halves of the people, stage by stage."""
    groups = told.numbers.ladders.by[name]
    rows = [Bar(labels.said(sheets.STAGE, stage), (groups[YES].came[stage], groups[NO].came[stage])) for stage in STAGES[1:]]
    return bars(Words(f"jako-{name}", f"{head[1]}, {head[2].lower()}", _in_table(), sheets.few()), rows)


def waits(found: Sequence[Wait]) -> SafeString:
    """How long half and nine of ten waited."""
    rows = [Span(labels.said(sheets.LEG, one.leg), one.median, one.most, PROMISED.get(one.leg), _waited(one)) for one in found]
    words = Words("odotus", _("Odotus arkipäivinä"), " ".join(f"{row.label}: {row.said}." for row in rows), sheets.few())
    return spans(words, rows, _("luvattu"))


def weeks(told: Released, kind: str) -> SafeString:
    """What was not to be had, week by week."""
    row = [Column(sheets.week(monday), count) for monday, count in lack_sheets.lack(told, kind).weeks.items()]
    return columns(Words(f"viikot-{kind}", lack_sheets.weeks(told, kind).title, _in_table(), sheets.few()), row)


def lacked(told: Released) -> SafeString:
    """What stood in the way when guidance found nothing."""
    rows = [Bar(label, (count,)) for label, count in lack_sheets.reasons(told, lack_sheets.SEARCHED)]
    said = "; ".join(f"{row.label} {sheets.number(row.counts[0])}" for row in rows)
    return bars(Words("kaivattu", _("Mikä esti löytymästä"), f"{said}. {_in_table()}", sheets.few()), rows)


def _waited(one: Wait) -> str:
    if one.median is None:
        return sheets.few()
    half = _("puolet %(days)s päivässä") % {"days": one.median}
    return half if one.most is None else _("%(half)s, 9/10 %(days)s päivässä") % {"half": half, "days": one.most}


def _in_table() -> str:
    return _("Luvut ovat taulukossa.")
