"""The coordinator's two answers to a new referral: somebody takes it on, or it goes to another area."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mukana.accounts.models import Person
from mukana.lib.clock import today
from mukana.lib.dates import day
from mukana.referrals.actions import working
from mukana.referrals.forms.deed import CaseForm, choices_of
from mukana.referrals.labels import REDIRECT_REASONS
from mukana.referrals.models import Area, Referral
from mukana.referrals.queries.incoming import Worker, other_areas, workers
from mukana.referrals.rules.cases import ACKNOWLEDGED, MOST_REDIRECTS, SENT
from mukana.referrals.rules.codes import Deed


def worker_choices(found: Sequence[Worker]) -> list[tuple[str, str]]:
    """Each with how many cases there are, and when back."""
    return [(str(one.person.pk), _worker_words(one)) for one in found]


def _worker_words(one: Worker) -> str:
    words = _("%(name)s, %(load)d auki") % {"name": one.person.name, "load": one.load}
    if one.back is not None:
        return f"{words}, " + _("poissa %(day)s asti") % {"day": day(one.back, today())}  # type: ignore[arg-type]  # a date
    return f"{words}, " + _("täynnä") if one.full else words


class WorkerForm(CaseForm):
    """A case and somebody to carry it."""

    tekija = forms.ChoiceField(label=gettext_lazy("Linkkihenkilö"), widget=forms.Select)

    def set_up(self) -> None:
        field = self.fields["tekija"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = worker_choices(workers())

    @property
    def worker(self) -> Person:
        """Who was chosen."""
        return Person.objects.get(pk=self.cleaned_data["tekija"])


class TakeOnForm(WorkerForm):
    """Take a new referral on and name who calls."""

    slug = "ota"
    title = gettext_lazy("Ota vastaan ja valitse linkkihenkilö")
    button = gettext_lazy("Ota vastaan")
    done = gettext_lazy("Lähete on otettu vastaan. Linkkihenkilö näkee sen omassa päivässään.")
    icon, role, permission, states = "check", "coordinator", "referrals.coordinate", frozenset({SENT})
    thing: Referral

    def run(self, deed: Deed) -> object:
        return working.acknowledge(self.thing, self.worker, deed)


class RedirectForm(CaseForm):
    """Send it to another area's coordinator."""

    slug = "siirra"
    title = gettext_lazy("Siirrä toiselle alueelle")
    button = gettext_lazy("Siirrä toiselle alueelle")
    lead: str | Promise = gettext_lazy("Toisen alueen koordinaattori saa uuden määräajan. Historia säilyy.")
    done = gettext_lazy("Siirto on kirjattu. Jos lähete oli siirretty jo kahdesti, alueen vastuuhenkilö päättää siitä.")
    icon, role, permission, states = "arrow-right", "coordinator", "referrals.coordinate", frozenset({SENT, ACKNOWLEDGED})
    thing: Referral

    kunta = forms.ModelChoiceField(label=gettext_lazy("Mille alueelle?"), queryset=Area.objects.none(), empty_label=None)
    syy = forms.ChoiceField(label=gettext_lazy("Miksi?"), choices=choices_of(REDIRECT_REASONS))

    @classmethod
    def offered(cls, thing: Referral) -> bool:
        return super().offered(thing) and other_areas(thing.area_id).exists()

    def set_up(self) -> None:
        field = self.fields["kunta"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = other_areas(self.thing.area_id)
        if self.thing.redirects >= MOST_REDIRECTS:
            self.lead = _("Lähete on siirretty jo kahdesti. Alueen vastuuhenkilö saa tehtäväksi päättää, kuka hoitaa sen.")

    def run(self, deed: Deed) -> object:
        return working.redirect(self.thing, self.cleaned_data["kunta"].municipality, self.cleaned_data["syy"], deed)
