"""The main user's pages: who works here, with which roles, and what each role may do."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mukana.accounts.actions import people as actions
from mukana.accounts.forms import PersonForm, RoleForm
from mukana.accounts.models import Membership, Person
from mukana.accounts.queries import may_see, people_for, role_table, ways_in
from mukana.lib.allow import allow

SENTENCES = {
    "self": _("Omaa tunnustasi et voi muuttaa täällä. Pyydä toista pääkäyttäjää."),
    "permission": _("Voit antaa ja ottaa rooleja vain omissa organisaatioissasi."),
    "known": _("Tällä osoitteella on jo tunnus."),
    "role": _("Tällaista roolia ei ole."),
    "organisation": _("Tämä rooli on aina jossakin organisaatiossa. Kirjoita sen nimi."),
}
DEEDS = {"paata": actions.end_person, "palauta": actions.bring_back, "unohda-toinen-vaihe": actions.forget_second_step}


@allow("people.manage")
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody within the main user's reach."""
    return render(request, "accounts/people.html", {"people": people_for(_by(request))})


@allow("people.manage")
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """The table of roles and permissions, in sentences."""
    return render(request, "accounts/roles.html", {"rows": role_table()})


@allow("people.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new person."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        try:
            made = actions.add_person(words["email"], words["name"], words["role"], organisation=words["found"], by=_by(request))
            return redirect(f"{reverse('person', args=[made.pk])}?tehty=lisatty")
        except actions.PeopleRefused as refusal:
            form.add_error("email" if refusal.code == "known" else "organisation", SENTENCES[refusal.code])
    return render(request, "accounts/person_new.html", {"form": form}, status=422 if form.errors else 200)


@allow("people.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, key: UUID) -> HttpResponse:
    """One person; a further role is given here."""
    found = _person(request, key)
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_role(found, form.cleaned_data["role"], organisation=form.cleaned_data["found"], by=_by(request))
            return redirect("person", found.pk)
        except actions.PeopleRefused as refusal:
            form.add_error("organisation", SENTENCES[refusal.code])
    facts = {
        "person": found,
        "form": form,
        "memberships": found.memberships.select_related("organisation"),
        "ways": ways_in(found),
        "oneself": found.pk == _by(request).pk,
        "done": request.GET.get("tehty", ""),
    }
    return render(request, "accounts/person.html", facts, status=422 if form.errors else 200)


@allow("people.manage")
@require_POST
def take_role(request: HttpRequest, key: UUID, membership: int) -> HttpResponse:
    """A role ends."""
    found = get_object_or_404(Membership.objects.select_related("organisation", "person"), pk=membership, person=_person(request, key))
    return _done(request, found.person, lambda: actions.take_role(found, by=_by(request)))


@allow("people.manage")
@require_POST
def change(request: HttpRequest, key: UUID, deed: str) -> HttpResponse:
    """End the person, bring them back, or forget a lost phone."""
    found = _person(request, key)
    if deed not in DEEDS:
        raise Http404
    return _done(request, found, lambda: DEEDS[deed](found, by=_by(request)))


def _done(request: HttpRequest, found: Person, deed: Callable[[], None]) -> HttpResponse:
    try:
        deed()
    except actions.PeopleRefused as refusal:
        return render(request, "accounts/person_refused.html", {"sentence": SENTENCES[refusal.code], "person": found}, status=409)
    return redirect("person", found.pk)


def _person(request: HttpRequest, key: UUID) -> Person:
    found = get_object_or_404(Person, pk=key)
    if not may_see(_by(request), found):
        raise PermissionDenied("people.manage")
    return found


def _by(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)  # the doorkeeper lets in nobody else
    return request.user
