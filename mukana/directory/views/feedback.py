"""A visitor's word: the form, the thanks, and the page of those who answer."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mukana.accounts.models import Person
from mukana.audit.actions import read
from mukana.directory.actions import feedback as actions
from mukana.directory.forms import AnswerForm, FeedbackForm
from mukana.directory.models import Entry, Feedback
from mukana.directory.queries import feedback as queries
from mukana.lib.allow import allow
from mukana.lib.clock import today


@allow("public")
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest) -> HttpResponse:
    """The form; nothing typed is lost when something must be mended."""
    entry = _entry(request.GET.get("kohde", ""))
    if request.method != "POST":
        form = FeedbackForm(initial={"topic": "wrong_fact"} if entry else None)
        return _form_page(request, form, entry)
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, entry, status=422)
    if not form.is_machine():
        actions.send(**form.words(), page=request.GET.get("sivu", ""), entry=entry)
    return redirect("feedback_thanks")


@allow("public")
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Says what happens next, and by when."""
    due = today() + timedelta(days=actions.DAYS_TO_ANSWER)
    return render(request, "directory/feedback_thanks.html", {"due": due, "email": settings.CONTACT_EMAIL})


@allow("feedback.answer")
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, the most urgent first."""
    return _desk_page(request, AnswerForm(), None)


@allow("feedback.answer")
@require_POST
def answer(request: HttpRequest, feedback_id: UUID) -> HttpResponse:
    """Write down how somebody was answered."""
    word = get_object_or_404(Feedback, pk=feedback_id)
    form = AnswerForm(request.POST, prefix=str(word.pk))
    if not form.is_valid():
        return _desk_page(request, form, word, status=422)
    assert isinstance(request.user, Person)  # the doorkeeper lets in nobody else
    try:
        actions.answer(word, text=form.cleaned_data["text"], by=request.user)
    except actions.AlreadyAnswered:
        form.add_error("text", _("Joku muu on jo vastannut tähän. Vastaus on alempana."))
        return _desk_page(request, form, word, status=409)
    return redirect(f"{reverse('feedback_desk')}?tehty=vastattu")


def _form_page(request: HttpRequest, form: FeedbackForm, entry: Entry | None, status: int = 200) -> HttpResponse:
    facts = {"form": form, "entry": entry, "email": settings.CONTACT_EMAIL}
    return render(request, "directory/feedback.html", facts, status=status)


def _desk_page(request: HttpRequest, form: AnswerForm, word: Feedback | None, status: int = 200) -> HttpResponse:
    waiting, answered = queries.waiting(), queries.answered()
    for one in (*waiting, *answered):
        if one.contact:
            read(one, by=request.user, fields=["text", "contact"])
    cards = [(one, form if word is not None and one.pk == word.pk else AnswerForm(prefix=str(one.pk))) for one in waiting]
    facts = {"cards": cards, "answered": answered, "today": today(), "refused": form if word is not None else None}
    facts["done"] = request.GET.get("tehty", "")
    return render(request, "directory/feedback_desk.html", facts, status=status)


def _entry(value: str) -> Entry | None:
    try:
        return Entry.objects.public().filter(pk=UUID(value)).first()
    except ValueError:
        return None
