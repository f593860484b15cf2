"""From what people type to what entries say: concepts, their words and phrases."""

from mukana.search.lexicon.loader import LexiconError, default_text, from_text, load
from mukana.search.lexicon.parser import parse
from mukana.search.lexicon.rules import Concept, Lexicon, Problem
from mukana.search.lexicon.writing import write

__all__ = [
    "Concept",
    "Lexicon",
    "LexiconError",
    "Problem",
    "default_text",
    "from_text",
    "load",
    "parse",
    "write",
]
