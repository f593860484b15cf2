"""Asking what a resident wants and how it goes: every question may be passed over, aloud or on paper."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mukana.look.typed import TypedForm
from mukana.referrals.models import Goal
from mukana.referrals.rules.measures import BY_ITEM, CONCERN, GOAL, LIFE, Scale

PASSED = "ohi"
GOAL_WORDS = {
    -2: gettext_lazy("−2 paljon huonommin kuin toivoin"),
    -1: gettext_lazy("−1 huonommin kuin toivoin"),
    0: gettext_lazy("0 niin kuin toivoin"),
    1: gettext_lazy("+1 paremmin kuin toivoin"),
    2: gettext_lazy("+2 paljon paremmin kuin toivoin"),
}
ENDS = {
    CONCERN: (gettext_lazy("ei vaivaa"), gettext_lazy("vaivaa pahimmin")),
    "satisfied": (gettext_lazy("en lainkaan"), gettext_lazy("täysin")),
    "worthwhile": (gettext_lazy("eivät lainkaan"), gettext_lazy("täysin")),
    "happy": (gettext_lazy("en lainkaan"), gettext_lazy("täysin")),
    "anxious": (gettext_lazy("en lainkaan"), gettext_lazy("täysin")),
}
QUESTIONS = {
    "satisfied": gettext_lazy("Kuinka tyytyväinen olet nykyisin elämääsi?"),
    "worthwhile": gettext_lazy("Kuinka mielekkäiltä tekemäsi asiat tuntuvat?"),
    "happy": gettext_lazy("Kuinka onnellinen olit eilen?"),
    "anxious": gettext_lazy("Kuinka ahdistunut olit eilen?"),
}
MODES = (
    ("oral", gettext_lazy("Kysyttiin ääneen")),
    ("paper", gettext_lazy("Vastattiin paperilla")),
    ("screen", gettext_lazy("Asukas vastasi näytöltä")),
)


class OwnForm(TypedForm):
    """A new goal or concern in the resident's own words."""

    laji = forms.ChoiceField(
        label=gettext_lazy("Kumpi"),
        choices=((GOAL, gettext_lazy("Tavoite: mitä haluan")), (CONCERN, gettext_lazy("Huoli: mikä vaivaa"))),
        initial=GOAL,
        widget=forms.RadioSelect,
    )
    sanat = forms.CharField(
        label=gettext_lazy("Asukkaan omin sanoin"),
        help_text=gettext_lazy("Niin kuin asukas sen sanoo. Ei sairauksien nimiä eikä henkilötunnusta."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    kerran = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="oma-%s", initial={"kerran": uuid4().hex})


class AnswersForm(TypedForm):
    """How it goes now: one choice for each goal and question, none of them required."""

    tapa = forms.ChoiceField(label=gettext_lazy("Miten kysyttiin"), choices=MODES, initial="oral")
    kerran = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    def __init__(self, goals: list[Goal], data: Any = None) -> None:
        super().__init__(data, auto_id="vointi-%s", initial={"kerran": uuid4().hex})
        for goal in goals:
            self.fields[str(goal.pk)] = _question(BY_ITEM[goal.kind], goal.words)
        for item in LIFE:
            self.fields[item] = _question(BY_ITEM[item], str(QUESTIONS[item]))
        self.order_fields(["kerran", *(name for name in self.fields if name not in ("kerran", "tapa")), "tapa"])

    @property
    def answers(self) -> dict[str, int | None]:
        """What was asked: question → figure, None where it was passed over; what was not asked is left out."""
        asked = {name: value for name, value in self.cleaned_data.items() if name not in ("kerran", "tapa") and value}
        return {name: None if value == PASSED else int(value) for name, value in asked.items()}


def _question(scale: Scale, words: str) -> forms.ChoiceField:
    choices = [("", _("Ei kysytty")), *((str(value), _answer(scale, value)) for value in range(scale.low, scale.high + 1)),
               (PASSED, _("Ei halunnut vastata"))]  # fmt: skip
    return forms.ChoiceField(label=words, choices=choices, required=False)


def _answer(scale: Scale, value: int) -> str:
    if scale.item == GOAL:
        return str(GOAL_WORDS[value])
    least, most = ENDS[scale.item]
    word = {scale.low: least, scale.high: most}.get(value)
    return f"{value} {word}" if word else str(value)
