"""One weekly schedule as a form."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mukana.lib.clock import today
from mukana.lib.dates import weekday_name
from mukana.lib.moments import WEEKDAYS
from mukana.upkeep.forms.reading import day_of, exceptions_of, exceptions_text, time_of

EVENING, NIGHT = time(18), time(6)  # what begins in the evening may end in the small hours of the next day


class ScheduleForm(forms.Form):
    """Empty days: no such schedule.  What the form does not ask (monthly rhythm, holidays) stays as it was."""

    days = forms.MultipleChoiceField(
        label=gettext_lazy("Viikonpäivät"),
        required=False,
        choices=[(code, weekday_name(code, "fi")) for code in WEEKDAYS],
        widget=forms.CheckboxSelectMultiple,
    )
    start = forms.CharField(label=gettext_lazy("Alkaa klo"), required=False, max_length=20)
    end = forms.CharField(label=gettext_lazy("Päättyy klo"), required=False, max_length=20)
    first = forms.CharField(label=gettext_lazy("Ensimmäinen päivä"), required=False, max_length=20)
    until = forms.CharField(label=gettext_lazy("Viimeinen päivä"), required=False, max_length=20)
    interval = forms.ChoiceField(
        label=gettext_lazy("Kuinka usein"),
        required=False,
        choices=[("1", gettext_lazy("Joka viikko")), ("2", gettext_lazy("Joka toinen viikko")), ("4", gettext_lazy("Joka neljäs viikko"))],
    )
    skips = forms.CharField(
        label=gettext_lazy("Peruttu näinä päivinä"),
        help_text=gettext_lazy("Yksi päivä riville, perään syy: 9.12.2026 Halli on varattu."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, before: dict[str, Any] | None = None, **kwargs: Any) -> None:
        self.before = before or {}
        super().__init__(*args, **{**kwargs, "initial": _initial(self.before)})

    def clean(self) -> dict[str, Any]:
        """The times and days read; the year of a day without one is this year."""
        data = super().clean() or {}
        if not data.get("days"):
            return data
        self._read(data, "start", time_of, needed=True)
        self._read(data, "end", time_of)
        self._read(data, "first", lambda text: day_of(text, today().year), needed=True)
        self._read(data, "until", lambda text: day_of(text, today().year), needed=True)
        self._read(data, "skips", lambda text: exceptions_of(text, today().year))
        self._check_end(data)
        first, until = data.get("first"), data.get("until")
        if isinstance(first, date) and isinstance(until, date) and until < first:
            self.add_error("until", _("Viimeinen päivä on ennen ensimmäistä."))
        return data

    def heading(self, number: int) -> str:
        """What the page calls it."""
        return _("Viikkoaikataulu %(number)s") % {"number": number} if self.before else _("Uusi viikkoaikataulu")

    def plan(self) -> dict[str, Any] | None:
        """The schedule as JSON, None when there is none."""
        data = self.cleaned_data
        if not data.get("days"):
            return None
        end = data["end"]
        return {
            "nth": None,
            "holidays": "skip",
            "season": "",
            **self.before,
            "days": sorted(data["days"], key=WEEKDAYS.index),
            "start": f"{data['start']:%H.%M}",
            "end": f"{end:%H.%M}" if end else None,
            "first": data["first"].isoformat(),
            "until": data["until"].isoformat(),
            "interval": int(data["interval"] or 1),
            "exceptions": self._exceptions(data["skips"] or []),
        }

    def _check_end(self, data: dict[str, Any]) -> None:
        """An end before the start is a slip of the fingers, unless the evening goes on past midnight."""
        start, end = data.get("start"), data.get("end")
        if not isinstance(start, time) or not isinstance(end, time) or end >= start:
            return
        if start < EVENING or end > NIGHT:
            self.add_error("end", _("Päättymisaika on ennen alkamisaikaa. Tarkista kellonajat."))

    def _exceptions(self, typed: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Cancelled days as typed; moved ones, which the form does not show, stay."""
        moved = [one for one in self.before.get("exceptions", ()) if one.get("status") != "cancelled"]
        known = {one["date"]: one for one in self.before.get("exceptions", ()) if one.get("status") == "cancelled"}
        same = [known[one["date"]] if _same(known.get(one["date"]), one) else one for one in typed]
        return sorted([*moved, *same], key=lambda one: str(one["date"]))

    def _read(self, data: dict[str, Any], name: str, reading: Any, *, needed: bool = False) -> None:
        text = str(data.get(name) or "").strip()
        if not text:
            data[name] = None
            if needed:
                self.add_error(name, _("Täytä tämä."))
            return
        try:
            data[name] = reading(text)
        except ValidationError as error:
            self.add_error(name, error)


def _same(known: dict[str, Any] | None, typed: dict[str, Any]) -> bool:
    return known is not None and (known.get("reason") or {}).get("fi", "") == typed["reason"].get("fi", "")


def _initial(plan: dict[str, Any]) -> dict[str, Any]:
    if not plan:
        return {"interval": "1"}
    days = {name: date.fromisoformat(plan[name]) for name in ("first", "until")}
    typed = {name: f"{day.day}.{day.month}.{day.year}" for name, day in days.items()}
    cancelled = [one for one in plan["exceptions"] if one.get("status") == "cancelled"]
    return {**plan, **typed, "end": plan["end"] or "", "interval": str(plan["interval"]), "skips": exceptions_text(cancelled)}
