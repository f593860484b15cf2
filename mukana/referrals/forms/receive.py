"""What a receiver tells: a no with its reason, the first session, why it is called off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mukana.directory.models import Occurrence
from mukana.lib.clock import now
from mukana.lib.dates import when
from mukana.lib.moments import at_wall
from mukana.look.typed import TypedForm
from mukana.referrals.forms.days import within_reach
from mukana.referrals.labels import DECLINE_REASONS
from mukana.referrals.labels_meeting import CALL_OFF
from mukana.referrals.rules.writing import LONGEST_WISH

OTHER = "muu"


class DeclineForm(TypedForm):
    """Not now: why, and what would do."""

    syy = forms.ChoiceField(
        label=_("Miksi ei nyt?"),
        choices=[(code, words) for code, words in DECLINE_REASONS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Valitse syy. Se auttaa meitä kysymään oikeaa paikkaa.")},
    )
    ehdotus = forms.CharField(
        label=_("Milloin tai mikä sopisi?"),
        help_text=_("Esimerkiksi: uusi ryhmä alkaa 12.1."),
        required=False,
        max_length=LONGEST_WISH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class SessionForm(TypedForm):
    """The first session: one of the entry's next dates or a typed one, who meets, where, what to bring."""

    kerta = forms.ChoiceField(label=_("Milloin?"), widget=forms.RadioSelect, error_messages={"required": _("Valitse päivä.")})
    paiva = forms.DateField(
        label=_("Muu päivä"),
        required=False,
        validators=[within_reach],
        widget=forms.DateInput(attrs={"type": "date", "class": "mid"}, format="%Y-%m-%d"),
    )
    klo = forms.TimeField(label=_("Kello"), required=False, widget=forms.TimeInput(attrs={"type": "time", "class": "short"}))
    vastassa = forms.CharField(
        label=_("Kuka on vastassa?"),
        help_text=_("Etunimi riittää. Kerromme sen tulijalle."),
        max_length=120,
        error_messages={"required": _("Kirjoita nimi. Etunimi riittää.")},
    )
    paikka = forms.CharField(label=_("Missä?"), required=False, max_length=200)
    mukaan = forms.CharField(label=_("Mitä mukaan?"), required=False, max_length=300)

    def __init__(self, dates: Sequence[Occurrence], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.dates = {str(one.pk): one for one in dates}
        field = self.fields["kerta"]
        assert isinstance(field, forms.ChoiceField)
        named = [(key, when(one.starts_at, one.ends_at, now(), all_day=one.all_day)) for key, one in self.dates.items()]
        field.choices = [*named, (OTHER, _("Muu päivä"))]

    def clean(self) -> dict[str, Any]:
        """A day of one's own has a day and a time."""
        told = super().clean() or self.cleaned_data
        if told.get("kerta") == OTHER:
            for name, words in (("paiva", _("Kirjoita päivä.")), ("klo", _("Kirjoita kellonaika."))):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return told

    @property
    def occurrence(self) -> Occurrence | None:
        """The date of the directory that was chosen, or that the typed one meets."""
        if self.cleaned_data["kerta"] != OTHER:
            return self.dates[self.cleaned_data["kerta"]]
        return next((one for one in self.dates.values() if one.starts_at == self.starts_at), None)

    @property
    def starts_at(self) -> datetime:
        """When it begins."""
        if self.cleaned_data["kerta"] != OTHER:
            return self.dates[self.cleaned_data["kerta"]].starts_at
        return at_wall(self.cleaned_data["paiva"], self.cleaned_data["klo"])


class CallOffForm(forms.Form):
    """Why the session is not held."""

    syy = forms.ChoiceField(
        label=_("Miksi?"), choices=[(code, words) for code, words in CALL_OFF.items()], error_messages={"required": _("Valitse syy.")}
    )
