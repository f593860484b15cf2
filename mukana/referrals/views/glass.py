"""Breaking the glass: in imminent danger one person's contact data for an hour."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from mukana.lib.allow import allow
from mukana.lib.clock import now
from mukana.referrals.actions.glass import contacts
from mukana.referrals.forms.glass import GlassForm
from mukana.referrals.labels import SAFE, said
from mukana.referrals.models import BreakGlass
from mukana.referrals.queries.reviewers import can_be_reviewed
from mukana.referrals.refusals import words_of
from mukana.referrals.rules.codes import Refused
from mukana.referrals.views.case_parts import person_of


@allow("referrals.glass")
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def glass(request: HttpRequest) -> HttpResponse:
    """Whom and why; exactly one match opens at once, else nothing is told of anybody."""
    person = person_of(request)
    form = GlassForm(request.POST if request.method == "POST" else None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("glass_open", form.run(person).pk)
        except Refused as refused:
            problem = words_of(refused)
    standing = BreakGlass.objects.filter(by=person, closes_at__gt=now())
    status = 409 if problem else 422 if form.errors else 200
    facts = {"form": form, "problem": problem, "standing": standing, "unwatched": not can_be_reviewed()}
    return render(request, "referrals/glass.html", facts, status=status)


@allow("referrals.glass")
@never_cache
@require_safe
def glass_open(request: HttpRequest, glass_id: UUID) -> HttpResponse:
    """The contact data while the hour lasts; the page closes itself, also without JavaScript."""
    opened = BreakGlass.objects.select_related("resident").filter(pk=glass_id).first()
    if opened is None:
        raise Http404
    try:
        fields = contacts(opened, person_of(request))
    except Refused as refused:
        return render(request, "referrals/glass_closed.html", {"problem": words_of(refused)}, status=403)
    left = max(0, int((opened.closes_at - now()).total_seconds()))
    safe = [said(SAFE, code) for code in opened.resident.safe]
    facts = {"opened": opened, "fields": fields, "safe": safe, "minutes": -(-left // 60), "left": left}
    response = render(request, "referrals/glass_open.html", facts)
    response["Refresh"] = str(left + 1)
    return response
