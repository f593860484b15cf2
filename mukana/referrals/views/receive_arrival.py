"""After the yes: whom to expect, the first session, whether they came.  Every look is written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mukana.attendance.rules import RESULTS
from mukana.lib.allow import allow
from mukana.lib.clock import now
from mukana.referrals import wording
from mukana.referrals.actions import answering, visiting
from mukana.referrals.actions.correcting import correct
from mukana.referrals.actions.marking import came_first, doubt, mark_date, mark_session
from mukana.referrals.forms.correct import WrongForm, right_of
from mukana.referrals.forms.receive import CallOffForm, DeclineForm, SessionForm
from mukana.referrals.labels import SESSION, said
from mukana.referrals.models import Placement
from mukana.referrals.queries.marked import newest
from mukana.referrals.queries.meeting import Meeting, coming_dates, meeting_of, past_date
from mukana.referrals.refusals import words_of
from mukana.referrals.rules import placements
from mukana.referrals.rules.codes import Deed, Refused
from mukana.referrals.showing import facts_of, safe_rules
from mukana.referrals.views.bylink import DONE, SENDS, fresh, once, shut


@allow("public")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def arrival(request: HttpRequest, token: str) -> HttpResponse:
    """Name, phone, how to be in touch safely; what comes next, one thing at a time."""
    try:
        placement = answering.viewed(token)
        if request.method == "POST":
            return _do(request, token, placement)
        return _page(request, token)
    except Refused as refused:
        return _shut(request, token, refused)


def _do(request: HttpRequest, token: str, placement: Placement) -> HttpResponse:
    what = request.POST.get("toimi", "")
    deed = answering.by_link(token, once(request, what))
    if what == "poistettu":
        answering.confirm_deletion(placement, deed)
        return redirect("arrival", token=token)
    answering.check_shown(placement)
    doing = DEEDS.get(what)
    if doing is None:
        return _page(request, token, status=422, problem=_("Valitse, mitä haluat tehdä."))
    try:
        return doing(request, token, placement, deed)
    except Refused as refused:
        placement.refresh_from_db()
        answering.check_shown(placement)
        return _page(request, token, status=409, problem=words_of(refused))


def _schedule(request: HttpRequest, token: str, placement: Placement, deed: Deed) -> HttpResponse:
    dates = coming_dates(placement, now())
    form = SessionForm(dates, request.POST)
    if not form.is_valid():
        return _page(request, token, status=422, session_form=form)
    date = form.occurrence
    starts_at = form.starts_at
    plan = visiting.When(
        starts_at, form.cleaned_data["vastassa"], (date.ends_at if date else None) or starts_at + timedelta(hours=1),
        form.cleaned_data["paikka"], form.cleaned_data["mukaan"], date, dates[0].starts_at if dates else None,
    )  # fmt: skip
    try:
        visiting.schedule(placement, plan, deed)
    except Refused as refused:
        return _page(request, token, status=409, problem=words_of(refused), session_form=form)
    return _back(token, "sovittu")


def _mark(request: HttpRequest, token: str, placement: Placement, deed: Deed) -> HttpResponse:
    result = request.POST.get("tulos", "")
    if result not in RESULTS:
        return _page(request, token, status=422, problem=_("Valitse, tuliko osallistuja."))
    day = request.POST.get("paiva", "")
    if day:
        mark_date(placement, past_date(placement, day), result, deed)
        return _back(token, "missed-later" if result == "missed" else result)
    if result != "attended" and came_first(placement):  # a page that was opened before somebody else marked
        return _mistake(request, token, placement, deed)
    mark_session(placement, result, deed)
    return _back(token, result if placement.state in _MEANS.get(result, {placement.state}) else "kept")


def _correct(request: HttpRequest, token: str, placement: Placement, deed: Deed) -> HttpResponse:
    form = WrongForm(newest(placement), request.POST)
    if not form.is_valid():
        return _page(request, token, status=422, wrong_form=form)
    correct(placement, right_of(form.cleaned_data), deed)
    return _back(token, "korjattu")


def _mistake(_request: HttpRequest, token: str, placement: Placement, _deed: Deed) -> HttpResponse:
    doubt(placement)
    return _back(token, "tarkistus" if came_first(placement) else "tarkistus-ei")


def _call_off(request: HttpRequest, token: str, placement: Placement, deed: Deed) -> HttpResponse:
    form = CallOffForm(request.POST)
    if not form.is_valid():
        return _page(request, token, status=422, off_form=form)
    visiting.call_off(placement, form.cleaned_data["syy"], deed)
    return _back(token, "peruttu")


def _decline(request: HttpRequest, token: str, placement: Placement, deed: Deed) -> HttpResponse:
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, token, status=422, decline_form=form)
    answering.decline(placement, form.cleaned_data["syy"], deed, counter_proposal=form.cleaned_data["ehdotus"])
    return redirect("arrival", token=token)


def _send(request: HttpRequest, token: str, placement: Placement, _deed: Deed) -> HttpResponse:
    if not ratelimit.consume(request, action=SENDS, key=str(placement.pk)):
        return _page(request, token, status=429, problem=_("Linkki on jo lähetetty. Katso viestejäsi hetken päästä."))
    return _back(token, "linkki" if answering.send_view(placement, token) else "ei-osoitetta")


Doing = Callable[[HttpRequest, str, Placement, Deed], HttpResponse]
DEEDS: dict[str, Doing] = {
    "aika": _schedule,
    "merkitse": _mark,
    "peru": _call_off,
    "ei": _decline,
    "linkki": _send,
    "vaarin": _mistake,
    "korjaa": _correct,
}
_MEANS = {"attended": placements.REACHED_FIRST, "missed": {placements.MISSED_FIRST}, "excused": {placements.SESSION_CANCELLED}}


def _back(token: str, done: str) -> HttpResponse:
    return redirect(f"{reverse('arrival', args=[token])}?{DONE}={done}")


def _page(request: HttpRequest, token: str, *, status: int = 200, problem: str = "", **forms: Any) -> HttpResponse:
    placement, fields = answering.see(token)
    meeting = meeting_of(placement, now())
    facts = {
        "placement": placement,
        "token": token,
        "fields": fields,
        "facts": facts_of(fields),
        "safe": safe_rules(fields),
        "session_word": said(SESSION, meeting.session.state) if meeting.session else "",
        "meeting": meeting,
        "session_form": _session_form(placement, meeting),
        "off_form": CallOffForm(),
        "decline_form": DeclineForm(),
        "wrong_form": WrongForm(newest(placement)),
        "problem": problem,
        "done": _said().get(request.GET.get(DONE, ""), "") if status == 200 else "",
        "phone": wording.ring(placement.referral),
        "once": fresh(),
        **forms,
    }
    return render(request, "referrals/arrival.html", facts, status=status)


def _session_form(placement: Placement, meeting: Meeting) -> SessionForm:
    entry = placement.entry
    first = str(meeting.dates[0].pk) if meeting.dates else "muu"
    host = entry.contact_name if entry else ""
    return SessionForm(meeting.dates, initial={"kerta": first, "vastassa": host, "paikka": meeting.place})


def _shut(request: HttpRequest, token: str, refused: Refused) -> HttpResponse:
    if refused.code == "unknown":
        return shut(request, refused)
    placement = answering.viewed(token)
    asked = placement.deletion_asked_at is not None
    facts = {
        "what": placement.entry_name,
        "phone": wording.ring(placement.referral),
        "asks_deletion": asked and placement.deletion_confirmed_at is None,
        "deleted": placement.deletion_confirmed_at,
        "until": placement.errands.filter(kind="deletion_confirmed", done_at=None).values_list("due_at", flat=True).first(),
        "once": fresh(),
    }
    return shut(request, refused, 403, **facts)


def _said() -> dict[str, str]:
    return {
        "sovittu": _("Kiitos. Kerromme ajan tulijalle."),
        "peruttu": _("Kerta on peruttu. Kerromme siitä tulijalle heti."),
        "attended": _("Kiitos. Merkitsimme: tuli."),
        "missed": _("Kiitos. Merkitsimme: ei tullut. Linkkihenkilö soittaa hänelle."),
        "missed-later": _("Kiitos. Merkitsimme: ei tullut."),
        "kept": _("Kiitos. Merkintä on tallessa."),
        "tarkistus": _("Merkintä oli jo: kävi. Pyysimme linkkihenkilöä tarkistamaan."),
        "tarkistus-ei": _("Kiitos. Pyysimme linkkihenkilöä tarkistamaan merkinnän."),
        "korjattu": _("Kiitos. Merkintä on korjattu."),
        "excused": _("Kiitos. Merkitsimme: ilmoitti esteestä. Sovimme uuden ajan."),
        "cancelled": _("Kiitos. Merkitsimme: kerta peruttiin."),
        "linkki": _("Lähetimme linkin yhteystietoonne."),
        "ei-osoitetta": _("Yhteystietoa ei ole. Linkkihenkilö soittaa teille."),
    }
