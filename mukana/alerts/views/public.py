"""Beginning an alert, and the page behind the link of every message."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from mukana.alerts import secrets
from mukana.alerts.actions import confirming, keeping, subscribing
from mukana.alerts.forms import ANYWHERE, HERE, NEAR_KM, CodeForm, RhythmForm, WishForm
from mukana.alerts.models import Alert
from mukana.alerts.rules import SMS, masked
from mukana.alerts.wording import described
from mukana.directory.queries.here import chosen_place
from mukana.directory.templatetags.directory import town
from mukana.lib.allow import allow
from mukana.search.forms import read
from mukana.search.matching import Question, narrowed


@allow("public")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """What is searched, where to send and how often.  Whoever asks sees the same answer whatever we know already."""
    question = _question(request)
    place = chosen_place(request.COOKIES) if _is_open(question) else None
    form = WishForm(request.POST or None, town=town(place))
    if request.method != "POST" or not form.is_valid():
        return _new_page(request, form, question, 422 if request.method == "POST" else 200)
    if form.is_machine():
        return redirect("alert_sent")
    address = form.cleaned_data["address"]
    if not ratelimit.consume(request, action="alert", key=address.digest):
        form.add_error(None, _("Pyyntöjä tuli niin monta, että otamme seuraavan vastaan vasta tunnin kuluttua."))
        return _new_page(request, form, question, 429)
    wish = subscribing.Wish(_within(question, form.cleaned_data.get("area", "")), form.cleaned_data["rhythm"], get_language() or "fi")
    try:
        subscribing.subscribe(address, wish)
    except subscribing.TooMany:
        form.add_error("address", _("Tässä osoitteessa on jo monta hakuvahtia. Lopeta ensin jokin niistä."))
        return _new_page(request, form, question, 422)
    return redirect("alert_code" if address.channel == SMS else "alert_sent")


@allow("public")
@never_cache
@require_http_methods(["GET", "HEAD"])
def sent(request: HttpRequest) -> HttpResponse:
    """Look into the mailbox."""
    return render(request, "alerts/sent.html")


@allow("public")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The six digits of the text message."""
    form = CodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "alerts/code.html", {"form": form}, status=422 if request.method == "POST" else 200)
    address = form.cleaned_data["address"]
    if not ratelimit.consume(request, action="alert_code", key=address.digest):
        form.add_error("code", _("Koodia on kokeiltu liian monta kertaa. Yritä kymmenen minuutin kuluttua."))
        return render(request, "alerts/code.html", {"form": form}, status=429)
    try:
        alert = confirming.confirm_by_code(address, form.cleaned_data["code"])
    except confirming.WrongCode:
        form.add_error("code", _("Koodi ei käy tähän numeroon. Tarkista molemmat, tai avaa viestin linkki."))
        return render(request, "alerts/code.html", {"form": form}, status=422)
    return redirect("alert", token=secrets.token_of(alert.pk))


@allow("public")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def alert(request: HttpRequest, token: str) -> HttpResponse:
    """The alert behind its link.  Opening it changes nothing; POST begins it, or changes how often."""
    try:
        found = confirming.alert_of(token)
        form = RhythmForm(request.POST or None, initial={"rhythm": found.rhythm})
        if request.method == "POST":
            if "rhythm" not in request.POST:
                confirming.confirm(token)
            elif form.is_valid():
                keeping.set_rhythm(token, form.cleaned_data["rhythm"])
            return redirect("alert", token=token)
    except confirming.NoAlert:
        return _none(request)
    return render(request, "alerts/alert.html", _facts(found, token, form))


@allow("public")
@require_POST
def pause(request: HttpRequest, token: str) -> HttpResponse:
    """A while without messages, or the end of it."""
    try:
        keeping.set_paused(token, request.POST.get("paused") == "1")
    except confirming.NoAlert:
        return _none(request)
    return redirect("alert", token=token)


@allow("public")
@never_cache
@csrf_exempt  # a mail programme's one-click end (RFC 8058) has no form of ours; the secret in the address is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, token: str) -> HttpResponse:
    """One button that ends it; a GET ends nothing."""
    if request.method == "POST":
        keeping.end(token)
        return render(request, "alerts/ended.html")
    try:
        found = confirming.alert_of(token)
    except confirming.NoAlert:
        return _none(request)
    return render(request, "alerts/end.html", _facts(found, token, None))


def _question(request: HttpRequest) -> Question:
    place = chosen_place(request.COOKIES)
    return Question(read(request.GET).asked, place.code if place else "")


def _is_open(question: Question) -> bool:
    """Does the search leave open where?"""
    return not question.asked.municipalities and question.asked.km is None


def _within(question: Question, area: str) -> Question:
    if not area or area == ANYWHERE:
        return question
    return narrowed(question, municipalities=(question.place,)) if area == HERE else narrowed(question, km=NEAR_KM)


def _new_page(request: HttpRequest, form: WishForm, question: Question, status: int) -> HttpResponse:
    facts = {"form": form, "search": described(question), "back": question.asked.query()}
    return render(request, "alerts/new.html", facts, status=status)


def _facts(found: Alert, token: str, form: RhythmForm | None) -> dict[str, Any]:
    question = confirming.question_of(found)
    address = masked(found.subscriber.address)
    return {
        "alert": found,
        "token": token,
        "form": form,
        "search": described(question),
        "query": question.asked.query(),
        "address": address,
    }


def _none(request: HttpRequest) -> HttpResponse:
    return render(request, "alerts/none.html", status=410)
