"""Referrals in numbers: how far people come, how long they wait, what was not to be had; never a name."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mukana.audit.tables import line
from mukana.lib.allow import allow
from mukana.lib.clock import now, today
from mukana.lib.ladders import Ladder
from mukana.referrals import lack_sheets, pictures, sheets
from mukana.referrals.actions.releasing import release
from mukana.referrals.lack_sheets import PLACES, SEARCHED
from mukana.referrals.queries.numbers import Released, overdue_now, released, years
from mukana.referrals.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the page is of: all, one area ("k297") or one quarter of the year ("n4"); its words and its ladder."""

    code: str
    words: str
    ladder: Ladder
    area: str = ""


@allow("referrals.numbers")
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """The page: pictures with their tables."""
    told = _released(request)
    chosen = _chosen(request, told)
    whole = not chosen.code
    facts = {
        "told": told, "chosen": chosen, "years": years(today()), "whole": whole, "choices": _choices(told),
        "heading": _heading(chosen.ladder), "path": sheets.path(chosen.ladder), "path_picture": pictures.path(chosen.ladder),
        "waits": _waits(told, chosen), "waits_picture": pictures.waits(told.numbers.waits.get(chosen.area, ())),
        "halves": _halves(told) if whole else [], "wide": _wide(told) if whole else [], "overdue": sheets.overdue(overdue_now(now())),
        "parity": sheets.parity(told), "places": _lack(told, PLACES), "searched": _lack(told, SEARCHED),
        "lacked_picture": pictures.lacked(told), "company": sheets.company(told), "company_areas": sheets.company_areas(told),
        "measured": sheets.measured(told), "strengths": sheets.strengths(told),
    }  # fmt: skip
    return render(request, "referrals/numbers.html", facts)


@allow("referrals.numbers")
@require_safe
def numbers_table(request: HttpRequest) -> HttpResponse:
    """The same tables for a spreadsheet: what is not shown on the page is not in them either."""
    told = _released(request)
    found = [sheets.path(told.numbers.ladders.whole), *(one for _name, one, _picture in _halves(told)), *_wide(told)]
    found += [sheets.waiting(told.numbers.waits[""]), sheets.overdue(overdue_now(now())), sheets.parity(told)]
    found += [sheets.company(told), sheets.company_areas(told)]
    found += [*lack_sheets.all_sheets(told, PLACES), *lack_sheets.all_sheets(told, SEARCHED), sheets.measured(told), sheets.strengths(told)]
    answer = HttpResponse("\ufeff" + "".join(_lines(found)), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="lahetteet-lukuina-{told.year}.csv"'
    return answer


def _lines(found: list[Sheet]) -> list[str]:
    rows = []
    for sheet in found:
        rows += [line((sheet.title,)), line(sheet.head), *(line(row) for row in sheet.rows), line(("",))]
    return rows


def _released(request: HttpRequest) -> Released:
    asked = request.GET.get("vuosi", "")
    known = years(today())
    return released(release(int(asked) if asked.isdecimal() and int(asked) in known else known[0]))


def _chosen(request: HttpRequest, told: Released) -> Chosen:
    """An unknown choice is the whole: nothing tells whether somebody is there."""
    code = request.GET.get("rajaus", "")
    by, key = {"k": "area", "n": "quarter"}.get(code[:1], ""), code[1:]
    found = told.numbers.ladders.by.get(by, {}).get(key)
    if found is None:
        return Chosen("", _("Kaikki"), told.numbers.ladders.whole)
    words = told.areas.get(key, key) if by == "area" else _quarter(key)
    return Chosen(code, words, found, key if by == "area" else "")


def _choices(told: Released) -> list[tuple[str, list[tuple[str, str]]]]:
    quarters = told.numbers.ladders.by["quarter"]
    areas = [(f"k{code}", name) for code, name in told.areas.items() if code in told.numbers.ladders.by["area"]]
    return [(_("Kunta"), areas), (_("Vuosineljännes"), [(f"n{key}", _quarter(key)) for key in quarters])]


def _quarter(key: str) -> str:
    return {"1": _("tammi–maaliskuu"), "2": _("huhti–kesäkuu"), "3": _("heinä–syyskuu"), "4": _("loka–joulukuu")}[key]


def _heading(ladder: Ladder) -> str:
    """What the picture says, in its heading."""
    offered, came = ladder.came.get("offered"), ladder.came.get("first_visit")
    if offered is None:
        return _("Liian vähän tietoa: alle 5")
    if came is None:
        return _("Lähetettä ehdotettiin %(offered)s ihmiselle") % {"offered": offered}
    return _("Lähetettä ehdotettiin %(offered)s ihmiselle, %(came)s tuli ensimmäiselle käynnille") % {"offered": offered, "came": came}


def _lack(told: Released, kind: str) -> dict[str, object]:
    """What the page shows of what was not to be had."""
    return {
        "wanted": lack_sheets.wanted(told, kind),
        "weeks_picture": pictures.weeks(told, kind) if lack_sheets.lack(told, kind).weeks else "",
        "sheets": lack_sheets.all_sheets(told, kind),
    }


def _waits(told: Released, chosen: Chosen) -> Sheet:
    return sheets.waiting(told.numbers.waits.get(chosen.area, ()))


def _halves(told: Released) -> list[tuple[str, Sheet, str]]:
    named = {
        "companion": (_("Saattajan kanssa ja ilman"), (_("Toivoi saattajaa"), _("Ei toivonut"))),
        "digital": (_("Digitaalisesti ja ilman"), (_("Käyttää digipalveluja"), _("Ei käytä"))),
    }
    found = [(name, sheets.halves(told, name, title, words)) for name, (title, words) in named.items()]
    return [(name, sheet, pictures.halves(told, name, sheet.head)) for name, sheet in found]


def _wide(told: Released) -> list[Sheet]:
    return [
        sheets.groups(told, "area", _("Kunnittain"), lambda key: told.areas.get(key, key)),
        sheets.groups(told, "quarter", _("Vuosineljänneksittäin"), _quarter),
        sheets.reasons(told),
    ]
