"""Editing an entry: help beside each text, a preview as the resident sees it, two editors at once."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mukana.directory.models import Entry
from mukana.directory.own import drifted
from mukana.directory.queries.towns import ground_of
from mukana.lib.allow import allow
from mukana.lib.clock import now, today
from mukana.lib.dates import day
from mukana.lib.moments import as_local
from mukana.look.templatetags.look import fi_time
from mukana.upkeep import doors
from mukana.upkeep.actions import editing
from mukana.upkeep.forms.entry import EntryForm
from mukana.upkeep.models import Edit
from mukana.upkeep.queries.editable import page_of, stands
from mukana.upkeep.queries.showing import shown
from mukana.upkeep.rules.codes import Doer
from mukana.upkeep.rules.merging import Conflict, merged
from mukana.upkeep.views.refusing import refused

SALT = "upkeep.base"
VERSIONS = {"fi": ("fi",), "fi-x-selko": ("fi-x-selko", "fi"), "sv": ("sv", "fi"), "en": ("en", "fi")}


@dataclass(frozen=True, slots=True)
class Choice:
    """One conflict for the reader: both versions in words, and the name of the answer."""

    conflict: Conflict
    name: str
    theirs: str
    mine: str
    writer: str


@allow("public")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """The form; the buttons check, preview, or save (and publish a draft)."""
    entry = get_object_or_404(Entry.objects.select_related("organisation__parent", "place", "municipality"), pk=entry_id)
    doer = doors.keeper(request, entry)
    if doer is None:
        return refused(request)
    standing = stands(entry)
    if request.method != "POST":
        return _form_page(request, EntryForm(entry, standing), signing.dumps(standing, salt=SALT, compress=True))
    form = EntryForm(entry, standing, request.POST)
    base = request.POST.get("base", "")
    if not form.is_valid():
        return _form_page(request, form, base, status=422)
    if "preview" in request.POST:
        return _preview(request, form)
    if "save" in request.POST or "publish" in request.POST:
        return _save(request, form, standing, doer)
    return _form_page(request, form, base)


def _save(request: HttpRequest, form: EntryForm, standing: dict[str, Any], doer: Doer) -> HttpResponse:
    base = _base(request.POST.get("base", ""), standing)
    wanted, conflicts = merged(base, standing, form.values())
    open_ones = [choice for one in conflicts if (choice := _choice(one, form.entry, doer)).name not in request.POST]
    if open_ones:
        facts = {"entry": form.entry, "choices": open_ones, "posted": _posted(request.POST), "action": _action(request.POST)}
        facts["unchosen"] = "valitaan" in request.POST
        return render(request, "upkeep/conflict.html", facts, status=409)
    wanted |= {one.key: one.mine for one in conflicts if request.POST.get(_choice(one, form.entry, doer).name) == "mine"}
    changed = editing.edit(form.entry, wanted, doer)
    published = "publish" in request.POST and editing.publish(form.entry, doer)
    done = "julkaistu" if published else "tallennettu" if changed else "ennallaan"
    return redirect(f"{reverse('upkeep_entry', args=[form.entry.pk])}?tehty={done}")


def _form_page(request: HttpRequest, form: EntryForm, base: str, status: int = 200) -> HttpResponse:
    entry = form.entry
    words = entry.own
    drift = [(key, shown(key, words[key]["source"])) for key in drifted(words)]
    refused = form.problems() if form.is_bound else []
    facts = {"form": form, "entry": entry, "base": base, "own": words, "drift": dict(drift), "refused": refused}
    return render(request, "upkeep/edit.html", facts, status=status)


def _preview(request: HttpRequest, form: EntryForm) -> HttpResponse:
    """The resident's page with the values of the form, and the form's words carried along."""
    page = page_of(form.entry, form.values(), now())
    version = request.POST.get("preview", "")
    request.text_languages = VERSIONS.get(version, ("fi",))  # type: ignore[attr-defined]  # set by look.middleware
    facts = {
        "page": page,
        "entry": page.entry,
        "ground": ground_of(page.entry, None),
        "version": "",
        "address": "",
        "short_link": "",
        "short_address": "",
        "printed_at": now(),
        "posted": _posted(request.POST),
        "seen": version or "fi",
        "draft": form.entry.status == "draft",
        "entry_id": form.entry.pk,
    }
    return render(request, "upkeep/preview.html", facts)


def _base(signed: str, standing: dict[str, Any]) -> dict[str, Any]:
    """What stood when the form was opened; a form that does not say began from what stands now."""
    try:
        found: dict[str, Any] = signing.loads(signed, salt=SALT)
    except signing.BadSignature:
        return standing
    return found


def _choice(one: Conflict, entry: Entry, doer: Doer) -> Choice:
    """An answer is about this very version of theirs: if they write again, it is asked again."""
    stamp = hashlib.sha256(json.dumps(one.theirs, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:8]
    return Choice(one, f"valitse.{one.key}.{stamp}", _plain(one.key, one.theirs), _plain(one.key, one.mine), _writer(one.key, entry, doer))


def _writer(key: str, entry: Entry, doer: Doer) -> str:
    """Who wrote what stands now, and when: oneself in another tab, somebody else, or the source."""
    last = Edit.objects.filter(entry=entry, key=key).first()
    if last is None:
        return _("Tietolähde on muuttanut tätä.")
    moment = as_local(last.at)
    when = day(moment.date(), today(), get_language() or "fi")
    told = {"name": last.actor_name or _("Toinen muokkaaja"), "day": when, "time": fi_time(moment)}
    if last.actor == doer.key:
        return _("Muokkasit tätä toisessa välilehdessä %(day)s klo %(time)s.") % told
    return _("%(name)s muokkasi tätä %(day)s klo %(time)s.") % told


def _plain(key: str, value: Any) -> str:
    if key.endswith(".steps"):
        return "\n".join(f"{step.get('title', '')} {step.get('text', '')}".strip() for step in value) or _("(tyhjä)")
    return shown(key, value)


def _posted(data: QueryDict) -> list[tuple[str, str]]:
    """What was typed, for carrying it along; the buttons are left out."""
    left = {"csrfmiddlewaretoken", "valitaan", "preview", "save", "publish", "check"}
    return [(name, value) for name, values in data.lists() if name not in left for value in values]


def _action(data: QueryDict) -> str:
    return "publish" if "publish" in data else "save"
