"""The first session of a placement: agreed, held, called off; and somebody to come along."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mukana.attendance.actions import mark
from mukana.attendance.rules import NotMarked
from mukana.directory.models import Occurrence
from mukana.lib.clock import now
from mukana.lib.dates import when
from mukana.lib.moments import at_wall
from mukana.referrals.actions import supporting, visiting
from mukana.referrals.forms.deed import channel_field, choices_of, date_field
from mukana.referrals.forms.placement import ON_PHONE, PlacementForm
from mukana.referrals.labels_meeting import CALL_OFF
from mukana.referrals.models import Placement, Support
from mukana.referrals.rules import placements, sessions
from mukana.referrals.rules.codes import Deed, Refused
from mukana.referrals.rules.support import SUPPORT

DATES = 6  # next happenings offered
OTHER = "muu"
RESULTS = (("attended", _("Tuli")), ("missed", _("Ei tullut")), ("excused", _("Ilmoitti esteestä")))
HELD_LATER = timedelta(minutes=1)
_HOW = {"phone": "phone", "sms": "sms"}  # as attendance names them


class ScheduleForm(PlacementForm):
    """Name the day and who meets: one of the entry's next happenings, or a day and an hour of one's own."""

    slug = "sovi"
    title = _("Sovi ensimmäinen kerta")
    button = _("Sovi ensimmäinen kerta")
    done = _("Ensimmäinen kerta on sovittu. Asukkaalle kerrotaan siitä hänen valitsemallaan tavalla.")
    icon = "calendar-check"
    states = frozenset({placements.ACCEPTED, placements.WAITLISTED, placements.MISSED_FIRST, placements.SESSION_CANCELLED})

    kerta = forms.ChoiceField(label=_("Milloin?"), widget=forms.RadioSelect, error_messages={"required": _("Valitse aika.")})
    paiva = date_field(_("Muu päivä"), _("Täytä päivä ja kello, jos valitsit ”Muu aika”."))
    kello = forms.TimeField(label=_("Kello"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    vastassa = forms.CharField(
        label=_("Kuka on vastassa?"),
        help_text=_("Etunimi riittää."),
        max_length=120,
        error_messages={"required": _("Kerro, kuka on vastassa. Nimi riittää.")},
    )
    paikka = forms.CharField(label=_("Paikka"), required=False, max_length=200)
    mukaan = forms.CharField(label=_("Mitä otetaan mukaan?"), required=False, max_length=300)

    def set_up(self) -> None:
        entry = self.thing.entry
        self.fields["paiva"].required = False
        field = self.fields["kerta"]
        assert isinstance(field, forms.ChoiceField)
        dates = next_dates(self.thing)
        field.choices = [(str(one.pk), when(one.starts_at, one.ends_at, now())) for one in dates] + [(OTHER, gettext("Muu aika"))]
        self.initial.setdefault("kerta", str(dates[0].pk) if dates else OTHER)
        if entry is not None:
            self.initial.update(vastassa=entry.contact_name, paikka=str(entry.place or ""))

    def clean(self) -> dict[str, object]:
        """A day and an hour are needed when none of the dates does."""
        told: dict[str, object] = super().clean() or self.cleaned_data
        if told.get("kerta") == OTHER and "paiva" not in self.errors and not (told.get("paiva") and told.get("kello")):
            self.add_error("paiva", gettext("Kirjoita päivä ja kello."))
        return told

    def run(self, deed: Deed) -> object:
        told, dates = self.cleaned_data, next_dates(self.thing)
        chosen = next((one for one in dates if str(one.pk) == told["kerta"]), None)
        starts = chosen.starts_at if chosen else at_wall(told["paiva"], told["kello"])
        ends = chosen.ends_at if chosen else None
        first: datetime | None = dates[0].starts_at if dates else None
        plan = visiting.When(starts, told["vastassa"], ends, told["paikka"], told["mukaan"], chosen, first)
        return visiting.schedule(self.thing, plan, deed)


class MarkForm(PlacementForm):
    """What the receiver, or the resident, tells of the first session on the phone."""

    slug = "kavi"
    title = _("Tuliko asukas?")
    button = _("Kirjaa, tuliko")
    done = _("Kirjattu. Lähete eteni sen mukaan.")
    icon, role, states = "check", "receiver", frozenset({placements.SCHEDULED})

    tulos = forms.ChoiceField(
        label=_("Tuliko asukas?"), choices=RESULTS, widget=forms.RadioSelect, error_messages={"required": _("Valitse yksi.")}
    )
    kanava = channel_field(only=ON_PHONE, label=_("Millä tavalla kuulit?"))

    @classmethod
    def offered(cls, thing: Placement) -> bool:
        planned = thing.sessions.filter(state=sessions.PLANNED).first()
        return super().offered(thing) and planned is not None and planned.starts_at <= now() + HELD_LATER

    def run(self, deed: Deed) -> object:
        session = visiting.planned_session(self.thing)
        if session.occurrence is None:
            return visiting.settle(self.thing, self.cleaned_data["tulos"], deed)
        try:
            return mark(session.occurrence, self.thing.subject, self.cleaned_data["tulos"], how=_HOW.get(self.channel, "staff"), by=deed.by)
        except NotMarked as refused:
            raise Refused(f"mark_{refused.code}") from refused


class CalledOffForm(PlacementForm):
    """The receiver cannot hold the session."""

    slug = "peruttiin"
    title = _("Järjestäjä perui kerran")
    button = _("Kirjaa: kerta on peruttu")
    lead = _("Asukkaalle kerrotaan heti. Jos kertaan on alle vuorokausi, sinä soitat.")
    done = _("Kirjattu perutuksi. Asukkaalle kerrotaan, ja uusi aika sovitaan.")
    icon, role, states = "x", "receiver", frozenset({placements.SCHEDULED})

    syy = forms.ChoiceField(label=_("Miksi?"), choices=choices_of(CALL_OFF))
    kanava = channel_field(only=ON_PHONE, label=_("Millä tavalla kuulit?"))

    def run(self, deed: Deed) -> object:
        return visiting.call_off(self.thing, self.cleaned_data["syy"], deed)


class NeedCompanionForm(PlacementForm):
    """Somebody is needed to come along."""

    slug = "saattaja"
    title = _("Pyydä saattajaa")
    button = _("Pyydä saattajaa")
    lead = _("Saattajien koordinaattori etsii sopivan. Saattaja näkee etunimen, puhelinnumeron, paikan ja ajan, ei syytä.")
    done = _("Saattajien koordinaattori etsii nyt saattajaa.")
    icon, states = "users-three", frozenset({placements.SCHEDULED})

    @classmethod
    def offered(cls, thing: Placement) -> bool:
        return super().offered(thing) and not Support.objects.filter(placement=thing, state__in=SUPPORT.open).exists()

    def run(self, deed: Deed) -> object:
        return supporting.need_companion(self.thing, visiting.planned_session(self.thing), deed)


def next_dates(placement: Placement) -> list[Occurrence]:
    """The entry's next happenings."""
    rows = Occurrence.objects.filter(entry=placement.entry_id, starts_at__gt=now()).exclude(status="cancelled").order_by("starts_at")
    return list(rows[:DATES])
