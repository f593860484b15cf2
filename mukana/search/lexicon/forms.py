"""One concept as staff edit it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mukana.search.lexicon.blocks import blocks, find, replaced
from mukana.search.lexicon.parser import parse
from mukana.search.lexicon.rules import Problem

LONGEST = 20_000


class ConceptForm(forms.Form):
    """Checks the block inside the whole lexicon, so that links and doubled words are seen too."""

    text = forms.CharField(
        label=_("Käsite"),
        max_length=LONGEST,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
        help_text=_("Ensimmäinen rivi on [tunnus] ja laji. Tyhjä kenttä poistaa käsitteen."),
    )

    def __init__(self, *args: Any, whole: str, concept: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.whole = whole
        self.concept = concept

    def clean_text(self) -> str:
        """The block, when the whole lexicon parses with it."""
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        found = blocks(text)
        if text.strip() and len(found) != 1:
            raise forms.ValidationError(_("Kirjoita tähän yksi käsite: yksi [tunnus]-rivi ja sen sanat."))
        if not text.strip() and not self.concept:
            raise forms.ValidationError(_("Kirjoita käsitteen tunnus ja sanat."))
        self.edition = replaced(self.whole, self.concept or found[0].id, text)
        problems = parse(self.edition)
        if isinstance(problems, list):
            raise forms.ValidationError([self._sentence(problem) for problem in problems[:10]])
        return text

    def _sentence(self, problem: Problem) -> str:
        """The problem with its line counted in the block being edited."""
        block = find(self.edition, self.concept) or blocks(self.edition)[-1]
        line = problem.line - self.edition[: block.start].count("\n")
        inside = 1 <= line <= block.text.count("\n") + 1
        return str(Problem(line, problem.message)) if inside else gettext("Muualla sanastossa: ") + problem.message
