"""A wrong mark is put right: which one, what truly happened, and why it was wrong."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mukana.attendance.rules import WHYS
from mukana.lib.clock import now
from mukana.lib.dates import when
from mukana.referrals.actions.correcting import Right, correct
from mukana.referrals.forms.deed import channel_field
from mukana.referrals.forms.placement import ON_PHONE, PlacementForm
from mukana.referrals.forms.visit import RESULTS
from mukana.referrals.labels import MARK_REASONS, said
from mukana.referrals.labels_meeting import MARKS
from mukana.referrals.models import Placement
from mukana.referrals.queries.marked import Noted, noted
from mukana.referrals.rules import placements
from mukana.referrals.rules.codes import Deed

WHY_CHOICES = [(why, MARK_REASONS[f"mark_{why}"]) for why in WHYS]


def why_field() -> forms.ChoiceField:
    """Why the mark was wrong."""
    return forms.ChoiceField(
        label=_("Miksi merkintä oli väärä?"), choices=WHY_CHOICES, widget=forms.RadioSelect,
        error_messages={"required": _("Kerro, miksi merkintä oli väärä.")},
    )  # fmt: skip


def result_field() -> forms.ChoiceField:
    """What truly happened."""
    return forms.ChoiceField(
        label=_("Mitä oikeasti tapahtui?"), choices=RESULTS, widget=forms.RadioSelect, error_messages={"required": _("Valitse yksi.")}
    )


def seen(one: Noted) -> str:
    """A mark with what it says as the form shows it: who comes second has seen what is no longer so."""
    return f"{one.key}:{one.result}"


def named(one: Noted) -> str:
    """A mark in words."""
    ends = one.session.ends_at if one.session else None
    return f"{when(one.starts_at, ends, now())}: {said(MARKS, one.result).lower()}"


class CorrectForm(PlacementForm):
    """The link worker puts right what was marked; the case follows."""

    slug = "korjaa"
    title = _("Korjaa merkintä")
    button = _("Korjaa merkintä")
    lead = _("Vanha merkintä jää historiaan. Siitä tulleet tehtävät poistuvat. Jos lähettäjä kuuli väärin, hän saa korjauksen.")
    done = _("Merkintä on korjattu. Lähete eteni sen mukaan.")
    icon = "pencil-simple"
    states = placements.REACHED_FIRST | placements.UNDONE | {placements.SCHEDULED}

    kerta = forms.ChoiceField(label=_("Mikä merkintä?"), widget=forms.RadioSelect, error_messages={"required": _("Valitse merkintä.")})
    tulos = result_field()
    miksi = why_field()
    kanava = channel_field(only=ON_PHONE, label=_("Millä tavalla kuulit?"))

    @classmethod
    def offered(cls, thing: Placement) -> bool:
        return super().offered(thing) and bool(noted(thing))

    def set_up(self) -> None:
        field = self.fields["kerta"]
        assert isinstance(field, forms.ChoiceField)
        rows = noted(self.thing)
        field.choices = [(seen(one), named(one)) for one in rows]
        if self.is_bound and (typed := self.data.get("kerta", "")) not in {seen(one) for one in rows}:
            field.choices = [*field.choices, (typed, gettext("merkintä on muuttunut"))] if ":" in typed else field.choices
        self.initial.setdefault("kerta", seen(rows[0]) if rows else "")
        if len(rows) == 1 and not self.is_bound:
            results = self.fields["tulos"]
            assert isinstance(results, forms.ChoiceField)
            results.choices = [(code, words) for code, words in RESULTS if code != rows[0].result]

    def run(self, deed: Deed) -> object:
        return correct(self.thing, right_of(self.cleaned_data), deed)


class WrongForm(forms.Form):
    """The same on the receiver's page: of the last session only."""

    kerta = forms.CharField(widget=forms.HiddenInput, max_length=60)
    tulos = result_field()
    miksi = why_field()

    def __init__(self, one: Noted | None, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{"auto_id": "korjaus_%s", **more})
        if one is not None:
            self.initial["kerta"] = seen(one)
            field = self.fields["tulos"]
            assert isinstance(field, forms.ChoiceField)
            was = str(self.data.get("kerta", "")).partition(":")[2] if self.is_bound else one.result
            field.choices = [(code, words) for code, words in RESULTS if code != was]


def right_of(told: dict[str, Any]) -> Right:
    """What the form tells."""
    key, _colon, was = told["kerta"].partition(":")
    return Right(key, was, told["tulos"], told["miksi"])
