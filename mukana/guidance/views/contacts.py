"""Asking organisers to get in touch: the form, the asker's own page, the organiser's link."""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from mukana.audit.actions import read
from mukana.guidance import secrets
from mukana.guidance.actions import contacts
from mukana.guidance.forms import ContactForm
from mukana.guidance.letters import reach
from mukana.guidance.models import Asked, ContactRequest
from mukana.guidance.picks import picked
from mukana.guidance.rules.contacts import ANSWERED, DECLINED, KEPT_DAYS, WAITING
from mukana.lib.allow import allow

STATES = {
    WAITING: (gettext_lazy("Odottaa vastausta"), "warn"),
    ANSWERED: (gettext_lazy("On ottanut yhteyttä"), "ok"),
    DECLINED: (gettext_lazy("Ei onnistu nyt"), "bad"),
}


@allow("public")
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, token: str) -> HttpResponse:
    """One form to the organisers of a list."""
    entries = [entry for entry in picked(token) if any(reach(entry))]
    if not entries:
        raise Http404
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if ratelimit.consume(request, action="picks", key=form.cleaned_data["yhteys"].lower()):
            told = {"name": form.cleaned_data["nimi"], "contact": form.cleaned_data["yhteys"], "message": form.cleaned_data["viesti"]}
            made = contacts.ask_contact(entries, **told)
            return redirect("contact_status", token=secrets.token_of(made.pk))
        form.add_error(None, _("Pyyntöjä tuli niin monta, että otamme seuraavan vastaan vasta tunnin kuluttua."))
    facts = {"form": form, "entries": entries, "days": KEPT_DAYS}
    return render(request, "guidance/contact_new.html", facts, status=422 if form.errors else 200)


@allow("public")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest, token: str) -> HttpResponse:
    """What each organiser has answered; the request can be taken back."""
    asking = ContactRequest.objects.filter(digest=secrets.digest(token)).first()
    if asking is None:
        raise Http404
    if request.method == "POST":
        contacts.withdraw(asking)
        return redirect("picks_mine")
    rows = [(one.entry, *STATES[one.state]) for one in asking.asked.select_related("entry")]
    return render(request, "guidance/contact_status.html", {"rows": rows, "days": KEPT_DAYS})


@allow("public")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The organiser sees whom to ring, and tells how it went."""
    asked = Asked.objects.select_related("request", "entry").filter(digest=secrets.digest(token)).first()
    if asked is None:
        raise Http404
    if request.method == "POST" and request.POST.get("vastaus") in (ANSWERED, DECLINED):
        asked.state = contacts.answer(asked, request.POST["vastaus"]).state
    if asked.state == WAITING:
        read(f"guidance.ContactRequest:{asked.request_id}", by="link", fields=["name", "contact", "message"])
    word, kind = STATES[asked.state]
    facts = {"asked": asked, "open": asked.state == WAITING, "word": word, "kind": kind}
    return render(request, "guidance/contact_answer.html", facts)
