"""What a companion tells: why not, when again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mukana.directory.models import Occurrence
from mukana.lib.clock import now
from mukana.lib.dates import when

OWN_REASONS = {"ill": _("Sairastuin"), "no_transport": _("Ei kyytiä"), "resident_cancelled": _("Hän perui"), "other": _("Muu syy")}


class ReasonForm(forms.Form):
    """Why not; one need not explain further."""

    syy = forms.ChoiceField(
        label=_("Miksi?"),
        choices=list(OWN_REASONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Valitse syy. Muu syy riittää.")},
    )


class AgainForm(forms.Form):
    """The next time together, of the group's next dates."""

    kerta = forms.ChoiceField(
        label=_("Seuraava yhteinen kerta"), widget=forms.RadioSelect, error_messages={"required": _("Valitse päivä.")}
    )

    def __init__(self, dates: Sequence[Occurrence], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.dates = {str(one.pk): one for one in dates}
        field = self.fields["kerta"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, when(one.starts_at, one.ends_at, now(), all_day=one.all_day)) for key, one in self.dates.items()]

    @property
    def date(self) -> Occurrence:
        """The chosen one."""
        return self.dates[self.cleaned_data["kerta"]]
