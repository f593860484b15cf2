"""The queue of letters: what waits for printing, one PDF of it, and that they have been posted."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mukana.accounts.models import Person
from mukana.audit.actions import read_all
from mukana.formats import paper
from mukana.guidance.models import Unit
from mukana.lib.allow import allow
from mukana.lib.clock import today
from mukana.referrals.actions.posting import post, printed
from mukana.referrals.letter_sheets import AUTHOR, letter_sheet, own_sheet
from mukana.referrals.models import Letter
from mukana.referrals.own_words import LETTERS
from mukana.referrals.queries import letters as queue
from mukana.referrals.queries.paper_units import code_of
from mukana.referrals.queries.seeing import is_shut
from mukana.referrals.refusals import words_of
from mukana.referrals.rules.codes import LINK_WORKER, Refused
from mukana.referrals.views.case_parts import gone
from mukana.referrals.views.parts import case_of, deed_of
from mukana.referrals.wording import spoken


@allow("referrals.work")
@never_cache
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """Letters that wait, the oldest first, and those posted last."""
    return _page(request)


@allow("referrals.work")
@never_cache
@require_safe
def letters_pdf(request: HttpRequest) -> HttpResponse:
    """The letters named with `kirje`, or all that wait, in one PDF."""
    asked = set(request.GET.getlist("kirje"))
    found = [letter for letter in queue.waiting(_person(request)) if not asked or str(letter.pk) in asked]
    if not found:
        raise Http404
    printed(found, deed_of(request, LINK_WORKER))
    title = _("Kirje") if len(found) == 1 else _("Kirjeet %(day)s") % {"day": today().strftime("%-d.%-m.%Y")}
    return pdf(paper.letters([letter_sheet(letter) for letter in found], author=AUTHOR, title=title), f"kirjeet-{today()}")


@allow("referrals.work")
@never_cache
@require_POST
def letters_posted(request: HttpRequest) -> HttpResponse:
    """They have been taken to the post: each closes its errand, once."""
    asked = set(request.POST.getlist("kirje"))
    mine = [letter for letter in queue.waiting(_person(request)) if str(letter.pk) in asked]
    done, problem = 0, ""
    for letter in mine:
        try:
            post(letter, deed_of(request, LINK_WORKER))
            done += 1
        except Refused as refused:
            problem = words_of(refused)
    if not done:
        return _page(request, problem=problem or words_of(Refused("done_already")), status=409)
    return redirect(f"{request.path.removesuffix('postitettu/')}?postitettu={done}")


@allow("referrals.work")
@never_cache
@require_safe
def own_print(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What the resident sees of their own case, for one who does not use the net."""
    case = case_of(request, case_id, "own_print", ("name", "address", "history"))
    if is_shut(case):
        return gone(request, case)
    sheet = own_sheet(case)
    return pdf(paper.letters([sheet], author=AUTHOR, title=sheet.title), f"oma-{slugify(case.reference)}")


def pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF that opens in the browser."""
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}.pdf"'})


def _page(request: HttpRequest, problem: str = "", status: int = 200) -> HttpResponse:
    person = _person(request)
    waiting, sent = queue.waiting(person), queue.posted(person)
    named = [letter.referral for letter in (*waiting, *sent) if not is_shut(letter.referral)]
    read_all((case.resident for case in named), by=person, fields=["name"], purpose="letter")
    told = request.GET.get("postitettu", "")
    count = min(int(told), 999) if told.isascii() and told.isdigit() else 0
    said = ngettext("%(n)s kirje merkitty postitetuksi.", "%(n)s kirjettä merkitty postitetuksi.", count) % {"n": count} if count else ""
    facts = {
        "waiting": [_row(letter) for letter in waiting],
        "posted": [_row(letter) for letter in sent],
        "problem": problem,
        "said": said,
        "units": [(unit, code_of(unit)) for unit in Unit.objects.filter(active=True)],
    }
    return render(request, "referrals/letters.html", facts, status=status)


def _row(letter: Letter) -> dict[str, object]:
    case = letter.referral
    who = spoken(case.reference) if is_shut(case) else case.resident.name
    return {"letter": letter, "what": LETTERS.get(letter.kind, _("Viesti")), "who": who, "strange": _strange(letter)}


def _strange(letter: Letter) -> str:
    """What of the name, the address and the words will stand as "?" on paper."""
    if letter.posted_at is not None or is_shut(letter.referral):
        return ""
    resident = letter.referral.resident
    return " ".join(paper.unprintable("".join((resident.name, *(resident.address or {}).values(), letter.text))))


def _person(request: HttpRequest) -> Person:
    person: Person = request.user  # type: ignore[assignment]  # the doorkeeper lets in nobody else
    return person
