"""Where a gateway brings text messages that people send us; in the demo a page may stand for the gateway."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import get_object_or_404, redirect
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from mukana.lib.allow import allow
from mukana.lib.clock import now
from mukana.outbox.models import Message
from mukana.referrals.actions.texting import take
from mukana.referrals.views.bylink import once

FROM = ("from", "sender", "msisdn", "originator", "source")
TEXT = ("text", "message", "body", "content")
NAME = ("id", "messageId", "message_id", "messageid", "uuid")
LISTS = ("results", "messages")  # gateways that bring several at once
LONGEST = 1000
MOST = 100


@csrf_exempt
@allow("public")
@require_POST
def inbound(request: HttpRequest, key: str) -> HttpResponse:
    """`from`, `text` and `id` in JSON or a form; nothing is told to whoever asks."""
    if not settings.SMS_INBOUND_KEY or not constant_time_compare(key, settings.SMS_INBOUND_KEY):
        return HttpResponseNotFound()
    for told in _messages(request):
        sender, text = _first(told, FROM), _first(told, TEXT)[:LONGEST]
        take(sender, text, _first(told, NAME) or f"{sender} {text} {now():%Y-%m-%d %H}")
    return HttpResponse("ok", content_type="text/plain")


@allow("outbox.see")
@require_POST
def sms_try(request: HttpRequest, key: UUID) -> HttpResponse:
    """In the demo: what the receiver of a caught message would answer."""
    message = get_object_or_404(Message, pk=key, channel="sms")
    if not settings.DEMO or not message.to:
        raise Http404
    take(message.to, request.POST.get("vastaus", "")[:LONGEST], once(request, "vastaus") or str(now()))
    return redirect("messages")


def _messages(request: HttpRequest) -> Iterator[Mapping[str, Any]]:
    try:
        body = json.loads(request.body) if request.content_type == "application/json" else request.POST.dict()
    except ValueError:
        body = {}
    if not isinstance(body, dict):
        return
    several = next((body[name] for name in LISTS if isinstance(body.get(name), list)), [body])
    yield from (one for one in several[:MOST] if isinstance(one, dict))


def _first(told: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((str(told[name]) for name in names if isinstance(told.get(name), str | int) and told[name] != ""), "")
