"""What the doors of a new referral share: a form sent once, a stop at words of danger, refusals with nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from mukana.guidance.models import REFERRAL
from mukana.guidance.queries.agreements import agreements_of
from mukana.lib.clock import now, today
from mukana.referrals.actions.permitting import TEXT_VERSION
from mukana.referrals.models import Referral
from mukana.referrals.queries.served import served
from mukana.referrals.refusals import words_of
from mukana.referrals.rules.cases import ACKNOWLEDGED, WATCHES
from mukana.referrals.rules.clocks import due
from mukana.referrals.rules.codes import Refused
from mukana.referrals.views.parts import ONCE

BACK, SAFE = "palaa", "turvassa"  # from the stop page: back to the form; the person is safe, send it
_NOT_KEPT = frozenset({"csrfmiddlewaretoken", "toimi", SAFE})
AForm = TypeVar("AForm", bound=forms.Form)


def keyed(data: QueryDict) -> QueryDict:
    """The form's data with a key of its own, also when what was sent had none that is one."""
    try:
        UUID(data.get(ONCE, ""))
    except ValueError:
        return rekeyed(data)
    return data


def rekeyed(data: QueryDict) -> QueryDict:
    """The same data as another form."""
    found = data.copy()
    found[ONCE] = str(uuid4())
    return found


def page(request: HttpRequest, template: str, form: forms.Form, status: int = 0, **facts: object) -> HttpResponse:
    """The page of a form; 422 when something in it must be mended."""
    told = {"form": form, "by": first_contact_by(now()), "text_version": TEXT_VERSION, "nowhere": not served()}
    told |= {"agreements": agreements_of(REFERRAL), "today": today(), **facts}
    return render(request, template, told, status=status or (422 if form.is_bound and form.errors else 200))


def answered(
    request: HttpRequest, form: AForm, send: Callable[[AForm], Referral], template: str, facts: Mapping[str, Any]
) -> Referral | HttpResponse:
    """Send what is whole.  Else the page again with everything typed: to mend, refused in words, or stopped for danger."""
    if not form.is_valid():
        return page(request, template, form, **facts)
    try:
        return send(form)
    except Refused as refused:
        if refused.code == "acute_danger":
            kept = [(name, value) for name, values in request.POST.lists() for value in values if name not in _NOT_KEPT]
            return render(request, "referrals/refer_stop.html", {"kept": kept, "path": request.get_full_path(), **facts}, status=409)
        if refused.code == "sent_already":  # the page's key has been used: a new form with everything typed
            form = type(form)(rekeyed(request.POST))
        return page(request, template, form, 409, problem=words_of(refused), **facts)


def first_contact_by(sent_at: datetime, *, urgent: bool = False) -> datetime:
    """When the resident has been rung at the latest."""
    return due(sent_at, WATCHES[ACKNOWLEDGED].limit, urgent=urgent)
