"""Messages for staff; and the address where a gateway reports."""

from __future__ import annotations

import json
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mukana.audit.actions import read
from mukana.audit.queries import names_of
from mukana.audit.rules import thing_words
from mukana.lib.allow import allow
from mukana.outbox.actions.deciding import CannotDecide, forget, it_went, retry
from mukana.outbox.actions.reporting import report
from mukana.outbox.forms import DecisionForm, MessagesForm
from mukana.outbox.labels import told
from mukana.outbox.models import Message
from mukana.outbox.queries import Wanted, listed, needing_a_person

DECISIONS = {"uudelleen": retry, "lahti": it_went, "unohda": forget}


@allow("outbox.see")
@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """Every message with its state in words."""
    form = MessagesForm(request.GET)
    wanted = form.wanted() if form.is_valid() else Wanted()
    page = listed(wanted, request.GET.get("sivu", "1"))
    names = names_of(message.by for message in page.object_list)
    if shown := [one for one in page.object_list if one.to]:
        read("outbox.Message", by=request.user, fields=["to"], purpose="messages", count=len(shown), searched=bool(wanted.about.strip()))
    rows = [(told(message, names[message.by]), thing_words(message.about)[0]) for message in page.object_list]
    facts = {"form": form, "page": page, "rows": rows, "narrowed": wanted != Wanted(), "waiting": needing_a_person(), **_ways_out()}
    return render(request, "outbox/messages.html", facts)


@allow("outbox.see")
@require_safe
def message(request: HttpRequest, key: UUID) -> HttpResponse:
    """One message with its words; reading them is written down."""
    return _message_page(request, get_object_or_404(Message, pk=key))


@allow("outbox.see")
@require_POST
def decide(request: HttpRequest, key: UUID) -> HttpResponse:
    """A person's decision: send again, it went, or forget."""
    found, form = get_object_or_404(Message, pk=key), DecisionForm(request.POST)
    if not form.is_valid():
        return _message_page(request, found, status=422)
    try:
        DECISIONS[form.cleaned_data["paatos"]](found, by=str(request.user.pk))
    except CannotDecide as refusal:
        words = {
            "going": _("Viestiä lähetetään juuri nyt. Katso hetken päästä uudelleen."),
            "gone": _("Viesti on jo lähtenyt."),
            "erased": _("Viestin sisältö on poistettu, joten sitä ei voi lähettää."),
            "expired": _("Viesti on vanhentunut, joten sitä ei lähetetä."),
        }
        return _message_page(request, found, words[refusal.code], status=409)
    return redirect("message", key=key)


@csrf_exempt
@allow("public")
@require_http_methods(["GET", "POST"])
def gateway_report(request: HttpRequest, token: str) -> HttpResponse:
    """A gateway tells what became of a text message: `id` and `status` in JSON, a form or the address."""
    if not settings.SMS_REPORT_TOKEN or not constant_time_compare(token, settings.SMS_REPORT_TOKEN):
        return HttpResponseNotFound()
    facts = _told_by_gateway(request)
    name = next((facts[key] for key in ("id", "messageId", "message_id", "messageid") if facts.get(key)), "")
    state = report(name, next((facts[key] for key in ("status", "state", "dlr") if facts.get(key)), ""))
    return HttpResponse(state or "ok", content_type="text/plain")


def _told_by_gateway(request: HttpRequest) -> dict[str, str]:
    try:
        body = json.loads(request.body) if request.content_type == "application/json" else {}
    except ValueError:
        body = {}
    told = {**request.GET.dict(), **request.POST.dict(), **(body if isinstance(body, dict) else {})}
    return {str(key): str(value) for key, value in told.items() if isinstance(value, str | int)}


def _message_page(request: HttpRequest, found: Message, problem: str = "", status: int = 200) -> HttpResponse:
    if found.to or found.text:
        read(found, by=request.user, fields=["to_partly" if found.masked else "to", "subject", "text"])
    found.refresh_from_db()
    secret = found.sort.secret
    hidden = secret and not settings.DEMO
    what = thing_words(found.about)
    facts = {
        "told": told(found, names_of([found.by])[found.by]),
        "hidden": hidden,
        "shown": secret and not hidden,
        "about": what,
        "problem": problem,
        "demo": settings.DEMO,
    }
    return render(request, "outbox/message.html", facts, status=status)


def _ways_out() -> dict[str, bool]:
    return {"email_works": bool(settings.SMTP_URL), "sms_works": bool(settings.SMS_URL), "demo": settings.DEMO}
