"""`manage.py ready_words`: write the analyses of the words of the lexicon and of the index."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from mukana.search.actions import rebuild
from mukana.search.analysis import ready
from mukana.search.analysis.analyser import analyse
from mukana.search.analysis.reading import Analysis
from mukana.search.concepts.compiling import compile_lexicon
from mukana.search.lexicon import load
from mukana.search.models import WordForm


class Command(BaseCommand):
    help = "Kirjoita valmiiksi sanaston ja hakemistoon tulleiden sanojen muodot."

    def handle(self, *args: Any, **options: Any) -> None:
        rebuild()  # small changes do not note their words
        met = {*ready.ready_words(), *WordForm.objects.values_list("form", flat=True)}
        words = {word: ready.packed(analyse(word)) for word in met}

        def noted(word: str) -> Analysis:
            analysis = analyse(word)
            words[word] = ready.packed(analysis)
            return analysis

        compile_lexicon(load(), noted)
        ready.write(words)
        self.stdout.write(f"{len(words)} sanaa: {ready.FILE}")
