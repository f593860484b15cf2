"""Paper as PDF/UA in large type: letters and forms.  What people wrote goes in as data and is never read as markup."""

from __future__ import annotations

from mukana.formats.paper.parts import Call, Code, Form, Letter, Part, Question, Section
from mukana.formats.paper.press import form, letters, unprintable

__all__ = ["Call", "Code", "Form", "Letter", "Part", "Question", "Section", "form", "letters", "unprintable"]
