"""The numbers as tables in words: the same for the page, behind its pictures, and for the download."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mukana.lib.ladders import Ladder
from mukana.lib.suppression import ALL, Table, share
from mukana.referrals import labels
from mukana.referrals.queries.numbers import Released
from mukana.referrals.rules.numbers import CAME, NO, PROMISED, STAGES, YES, MeanChange, Wait

Words = labels.Words
STAGE: Words = {
    "offered": gettext_lazy("Ehdotettu"),
    "agreed": gettext_lazy("Suostui"),
    "reached": gettext_lazy("Tavoitettu"),
    "placed": gettext_lazy("Ensimmäinen kerta sovittu"),
    "first_visit": gettext_lazy("Kävi ensimmäisen kerran"),
    "fourth_visit": gettext_lazy("Kävi neljännen kerran"),
    "third_month": gettext_lazy("Mukana kolmen kuukauden päästä"),
}
END: Words = {
    **labels.OUTCOMES,
    "said_no": gettext_lazy("Ei halunnut lähetettä"),
    "open": gettext_lazy("Jatkuu yhä"),
    "too_early": gettext_lazy("Kolme kuukautta ei ole vielä kulunut"),
    "stayed_away": gettext_lazy("Ei ollut mukana kolmen kuukauden päästä"),
    "withdrawn": labels.CASE["withdrawn"],
    "cancelled": labels.CASE["cancelled"],
}
LEG: Words = {
    "acknowledged": gettext_lazy("Lähetteestä vastaanottoon"),
    "contact": gettext_lazy("Lähetteestä ensimmäiseen keskusteluun"),
    "session": gettext_lazy("Lähetteestä ensimmäiseen käyntiin"),
}
COMPANY: Words = {"with": gettext_lazy("Saattajan kanssa"), "without": gettext_lazy("Ilman saattajaa")}
KIND: Words = {
    "case": gettext_lazy("Lähetteet"),
    "placement": gettext_lazy("Tarjoukset järjestäjille"),
    "support": gettext_lazy("Saattamiset"),
    "errand": gettext_lazy("Tehtävät"),
}
ITEM: Words = {
    "goal": gettext_lazy("Oma tavoite (−2 … +2)"),
    "concern": gettext_lazy("Oma huoli (0–6, pienempi on parempi)"),
    "satisfied": gettext_lazy("Tyytyväisyys elämään (0–10)"),
    "worthwhile": gettext_lazy("Tekemisen mielekkyys (0–10)"),
    "happy": gettext_lazy("Onnellisuus eilen (0–10)"),
    "anxious": gettext_lazy("Ahdistus eilen (0–10, pienempi on parempi)"),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: what it is of, its heads, and rows of which the first cell is the head."""

    key: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def cells(self) -> list[list[tuple[str, str]]]:
        """Rows as (head, text), for tables that fold on narrow screens."""
        return [list(zip(self.head, row, strict=True)) for row in self.rows]


def few() -> str:
    """What stands for a number that is not shown."""
    return _("liian vähän")


def number(count: int | None) -> str:
    """A count as people read it."""
    return few() if count is None else str(count)


def percent(share: int | None) -> str:
    """A share as people read it."""
    return few() if share is None else f"{share}\u00a0%"


def path(ladder: Ladder) -> Sheet:
    """Stage by stage: who came, who came no further."""
    head = (_("Vaihe"), _("Tuli tähän asti"), _("Ei tullut pidemmälle"))
    rows = [
        (labels.said(STAGE, stage), number(came), number(ladder.left[stage]) if stage in ladder.left else "")
        for stage, came in ladder.came.items()
    ]
    return Sheet("polku", _("Kuinka pitkälle ihmiset pääsivät"), head, tuple(rows))


def halves(told: Released, name: str, title: str, names: tuple[str, str]) -> Sheet:
    """The two halves of a breakdown side by side."""
    groups = told.numbers.ladders.by[name]
    rows = [(labels.said(STAGE, stage), number(groups[YES].came[stage]), number(groups[NO].came[stage])) for stage in STAGES[1:]]
    return Sheet({"companion": "saattaja", "digital": "digi"}[name], title, (_("Vaihe"), *names), tuple(rows))


def groups(told: Released, name: str, title: str, named: Callable[[str], str]) -> Sheet:
    """One row for each group of a breakdown."""
    head = ({"area": _("Kunta"), "quarter": _("Vuosineljännes")}[name], *(labels.said(STAGE, stage) for stage in STAGES))
    rows = [(named(key), *(number(came) for came in ladder.came.values())) for key, ladder in told.numbers.ladders.by[name].items()]
    return Sheet({"area": "kunnat", "quarter": "neljannekset"}[name], title, head, tuple(sorted(rows) if name == "area" else rows))


def reasons(told: Released) -> Sheet:
    """Why people came no further, by stage."""
    found = told.numbers.reasons
    head = (_("Syy"), *(labels.said(STAGE, stage) for stage in found.rows), _("Yhteensä"))
    rows = [
        (labels.said(END, code), *(number(found.at(stage, code)) for stage in found.rows), number(found.at(ALL, code)))
        for code in found.columns
    ]
    return Sheet("syyt", _("Miksi ei tultu pidemmälle"), head, tuple(rows))


def waiting(found: Sequence[Wait]) -> Sheet:
    """Waiting in working days."""
    head = (_("Matka"), _("Puolet viimeistään"), _("Yhdeksän kymmenestä viimeistään"), _("Luvattu"))
    rows = [
        (labels.said(LEG, one.leg), days(one.median), days(one.most), days(PROMISED[one.leg]) if one.leg in PROMISED else "")
        for one in found
    ]
    return Sheet("odotus", _("Odotus arkipäivinä"), head, tuple(rows))


def days(count: int | None) -> str:
    """So many working days."""
    return few() if count is None else _("%(count)s arkipäivää") % {"count": count} if count != 1 else _("1 arkipäivä")


def overdue(found: Table) -> Sheet:
    """What is overdue at this moment."""
    head = (_("Mikä"), _("Myöhässä"), _("Ajallaan"))
    rows = [(labels.said(KIND, kind), number(found.at(kind, "overdue")), number(found.at(kind, "on_time"))) for kind in found.rows]
    rows.append((_("Yhteensä"), number(found.at(ALL, "overdue")), number(found.at(ALL, "on_time"))))
    return Sheet("myohassa", _("Myöhässä juuri nyt"), head, tuple(rows))


def parity(told: Released) -> Sheet:
    """Is everybody served alike, and does the loop close?"""
    found = told.numbers.parity
    rows = (
        (_("Ilman digilaitteita lähetetyistä"), percent(found.sent)),
        (_("Ilman digilaitteita päättyneistä"), percent(found.closed)),
        (_("Päättyneistä lähettäjä sai tiedon"), percent(found.told)),
        (_("Umpikujaan päättyi: sopivaa ei ollut tai kaikki oli täynnä"), percent(found.dead_ends)),
    )
    return Sheet("osuudet", _("Tasapuolisuus ja palaute"), (_("Osuus"), _("Prosenttia")), rows)


def company(told: Released) -> Sheet:
    """First sessions with a companion and without: do people come?  All areas together."""
    rows = [(labels.said(COMPANY, group), *_visits(found, ALL)) for group, found in told.numbers.company.items()]
    return Sheet("seura", _("Tulevatko ihmiset ensimmäiselle kerralle?"), (_("Miten"), *_visit_head(), _("Osuus")), tuple(rows))


def company_areas(told: Released) -> Sheet:
    """The same by area."""
    names = sorted({(told.areas.get(row, row), row) for found in told.numbers.company.values() for row in found.rows})
    rows = [
        (name, labels.said(COMPANY, group), *_visits(found, area))
        for name, area in names
        for group, found in told.numbers.company.items()
        if area in found.rows
    ]
    return Sheet("seura-kunnat", _("Ensimmäiset kerrat kunnittain"), (_("Kunta"), _("Miten"), *_visit_head(), _("Osuus")), tuple(rows))


def _visit_head() -> tuple[str, str]:
    return _("Ensimmäisiä kertoja"), _("Tuli")


def _visits(found: Table, area: str) -> tuple[str, str, str]:
    held, came = found.at(area, ALL), found.at(area, CAME)
    return number(held), number(came), percent(share(came, held))


def week(monday: str) -> str:
    """The ISO week as people say it."""
    return _("vko %(week)s") % {"week": date.fromisoformat(monday).isocalendar().week}


def measured(told: Released) -> Sheet:
    """Change of the same people between their first and latest answers."""
    head = (_("Kysymys"), _("Vastanneita kahdesti"), _("Muutos keskimäärin"), _("Parempaan"), _("Ennallaan"), _("Huonompaan"),
            _("Toinen vastaus tulossa"), _("Jäi pois ennen toista"), _("Ei halunnut vastata"))  # fmt: skip
    return Sheet("muutos", _("Muutos samoilla ihmisillä"), head, tuple(_measured(one) for one in told.numbers.changes))


def _measured(one: MeanChange) -> tuple[str, ...]:
    mean = few() if one.mean is None else f"{one.mean / 10:+.1f}".replace(".", ",").replace("-", "−")
    told: Iterable[int | None] = (*one.split.values(), *one.without.values())
    return (labels.said(ITEM, one.item), number(one.pairs), mean, *(number(count) for count in told))


def strengths(told: Released) -> Sheet:
    """The three strengths of guidance, each counted by itself."""
    found = told.numbers.strengths
    rows = (
        (_("Neuvonta: suositeltiin, ketään ei kirjattu"), number(found["guided"])),
        (_("Mukaan annettu tieto: lista paperilla, viestinä tai linkkinä"), number(found["given"])),
        (_("Hyvinvointilähete: linkkihenkilö kulkee rinnalla"), number(found["referred"])),
    )
    return Sheet("opastus", _("Opastusta kolmella tavalla"), (_("Tapa"), _("Kertoja")), rows)
