"""Staff's pages on the lexicon: find a concept, edit it, bring an earlier edition back."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from mukana.lib.allow import allow
from mukana.search.actions import save_lexicon
from mukana.search.lexicon.blocks import find, matching
from mukana.search.lexicon.forms import ConceptForm
from mukana.search.models import LexiconEdition, Unanswered
from mukana.search.queries import lexicon_text

SHOWN = 40
SAVED = "/tyopoyta/sanasto/?tallennettu=1"
NEW = "[tunnus] toiminta\nfi: \n"


@allow("lexicon.edit")
def lexicon(request: HttpRequest) -> HttpResponse:
    """Find a concept by any word of it; beside it, what residents asked in vain."""
    words = request.GET.get("q", "")[:100]
    found = matching(lexicon_text(), words)
    facts = {
        "q": words,
        "saved": "tallennettu" in request.GET,
        "found": found[:SHOWN],
        "count": len(found),
        "unanswered": Unanswered.objects.all()[:30],
        "editions": LexiconEdition.objects.defer("text")[:10],
    }
    return render(request, "search/lexicon.html", facts)


@allow("lexicon.edit")
def concept(request: HttpRequest, concept: str = "") -> HttpResponse:
    """Edit one concept, or write a new one; the whole lexicon is checked before anything is saved."""
    whole = lexicon_text()
    block = find(whole, concept) if concept else None
    if concept and block is None:
        raise Http404
    initial = block.text if block else NEW.replace("fi: ", f"fi: {request.GET.get('sana', '')[:80]}")
    form = ConceptForm(request.POST or None, whole=whole, concept=concept, initial={"text": initial})
    if request.method == "POST" and form.is_valid():
        save_lexicon(form.edition, by=str(request.user.pk))
        return redirect(SAVED)
    return render(request, "search/concept.html", {"form": form, "concept": concept, "name": block.name if block else ""})


@allow("lexicon.edit")
@require_POST
def restore(request: HttpRequest, edition: int) -> HttpResponse:
    """Take an earlier edition into use again, as a new one."""
    found = get_object_or_404(LexiconEdition, pk=edition)
    save_lexicon(found.text, by=str(request.user.pk))
    return redirect(SAVED)
