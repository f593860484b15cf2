"""What every form that does something shares: a key so that it is done once, and channels in words."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mukana.accounts.models import Person
from mukana.look.typed import TypedForm
from mukana.referrals.forms.days import within_reach
from mukana.referrals.labels import Words
from mukana.referrals.models import Referral
from mukana.referrals.rules.codes import Deed

BY_VOICE = (
    ("phone", _("Puhelimessa")),
    ("face", _("Kasvokkain")),
    ("sms", _("Tekstiviestillä")),
    ("letter", _("Kirjeellä")),
    ("email", _("Sähköpostilla")),
)


def choices_of(words: Words, *, but: tuple[str, ...] = (), empty: str | Promise = "") -> list[tuple[str, Any]]:
    """A vocabulary as a form's choices."""
    head: list[tuple[str, Any]] = [("", empty)] if empty else []
    return head + [(code, word) for code, word in words.items() if code not in but]


class DeedForm(TypedForm):
    """One deed on a case: how it is named, who decides, what it does.

    `slug` is its part of addresses and ids.  `role` is whose decision it is; "" means the member of staff's own.
    `done` is said when it has been done.
    """

    slug = ""
    title: str | Promise = ""
    button: str | Promise = ""
    lead: str | Promise = ""
    aloud = ""  # the version of the permission's text, when it is to be read aloud
    done: str | Promise = ""
    icon = ""
    role = ""
    permission = "referrals.work"
    do_not_call_in_templates = True  # pages list these classes as what can be done

    kerran = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    def __init__(self, thing: Any, person: Person, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id=f"{self.slug}-{thing.pk}-%s", **more)
        self.thing, self.person = thing, person
        self.set_up()
        if data is None:
            self.initial.setdefault("kerran", uuid4().hex)

    @classmethod
    def offered(cls, thing: Any) -> bool:
        """Can it be done to the thing as it stands?"""
        raise NotImplementedError

    def set_up(self) -> None:
        """Choices and first values that depend on the thing."""

    @property
    def channel(self) -> str:
        """By which way the decision came."""
        return str(self.cleaned_data.get("kanava") or "screen")

    def run(self, deed: Deed) -> object:
        """Do it.  Raises Refused."""
        raise NotImplementedError

    @property
    def visible(self) -> list[forms.BoundField]:
        """What is asked."""
        return list(self.visible_fields())


class CaseForm(DeedForm):
    """A deed on a case; `states` in which it is offered."""

    states: frozenset[str] = frozenset()
    thing: Referral

    @classmethod
    def offered(cls, thing: Referral) -> bool:
        return thing.state in cls.states


def channel_field(first: str = "phone", label: Any = _("Miten asiasta puhuttiin?"), only: tuple[str, ...] = ()) -> forms.ChoiceField:
    """How the word came."""
    ways = [(code, word) for code, word in BY_VOICE if not only or code in only]
    return forms.ChoiceField(label=label, choices=ways, initial=first)


def note_field(label: Any, limit: int = 500, *, required: bool = False, hint: Any = "") -> forms.CharField:
    """A few words."""
    return forms.CharField(label=label, help_text=hint, max_length=limit, required=required, widget=forms.Textarea(attrs={"rows": 2}))


def date_field(label: Any, hint: Any = "") -> forms.DateField:
    """A day at most a year from now."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, widget=widget, validators=[within_reach])
