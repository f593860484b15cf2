"""Narrowing the list of messages, and a person's decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mukana.outbox.labels import CHANNELS, STATES
from mukana.outbox.queries import Wanted, kinds_seen


class MessagesForm(forms.Form):
    """State, channel, kind, and what it is about or to whom."""

    tila = forms.ChoiceField(label=_("Tila"), required=False)
    kanava = forms.ChoiceField(label=_("Kanava"), required=False)
    laji = forms.ChoiceField(label=_("Laji"), required=False)
    haku = forms.CharField(label=_("Kenelle tai mistä"), help_text=_("Osoite tai numero kokonaan."), required=False, max_length=100)

    def __init__(self, *args: object, **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]
        everything = ("", _("Kaikki"))
        choices: dict[str, list[tuple[str, Any]]] = {
            "tila": [(code, word) for code, (_kind, _icon, word) in STATES.items()],
            "kanava": list(CHANNELS.items()),
            "laji": kinds_seen(),
        }
        for name, found in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [everything, *found]

    def wanted(self) -> Wanted:
        """What the valid form asks for."""
        words = self.cleaned_data
        return Wanted(words["tila"], words["kanava"], words["laji"], words["haku"])


class DecisionForm(forms.Form):
    """uudelleen, lahti or unohda."""

    paatos = forms.ChoiceField(choices=[(word, word) for word in ("uudelleen", "lahti", "unohda")])
