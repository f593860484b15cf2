"""An errand is done; after a missed first visit the reason is one press."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from mukana.referrals.actions.errands import finish
from mukana.referrals.forms.deed import DeedForm
from mukana.referrals.labels import RESIDENT_REASONS
from mukana.referrals.models import Errand, Letter
from mukana.referrals.queries.seeing import reach_of
from mukana.referrals.rules.codes import Deed
from mukana.referrals.rules.reaching import may_ring
from mukana.referrals.turn_words import asked

_ASKS_WHY = frozenset({"ring_resident", "talk"})


class ErrandForm(DeedForm):
    """What came of it."""

    slug = "tehtava"
    button = _("Merkitse tehdyksi")
    done = _("Tehtävä on merkitty tehdyksi.")
    thing: Errand

    tulos = forms.ChoiceField(label=_("Mitä kävi ilmi?"), required=False)

    def set_up(self) -> None:
        self.title, _verb = asked("errand", self.thing.kind, rings=may_ring(reach_of(self.thing.referral.resident)))
        field = self.fields["tulos"]
        assert isinstance(field, forms.ChoiceField)
        why = self.thing.kind in _ASKS_WHY and self.thing.placement is not None and self.thing.placement.missed > 0
        if why:
            field.choices = [("done", _("Sovittiin jatkosta")), *RESIDENT_REASONS.items()]
        else:
            del self.fields["tulos"]

    @property
    def letter(self) -> UUID | None:
        """The letter that the errand asks to post."""
        if self.thing.kind != "post_letter":
            return None
        rows = Letter.objects.filter(referral=self.thing.referral_id, posted_at=None)
        return next((one.pk for one in rows if one.text == self.thing.words), None)

    def run(self, deed: Deed) -> object:
        return finish(self.thing, self.cleaned_data.get("tulos") or "done", deed)
