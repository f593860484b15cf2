"""What is counted when suggestions have been shown: that somebody was guided, and what there was not."""

from __future__ import annotations

from mukana.guidance.actions.counting import count_guided, count_lacking
from mukana.guidance.forms import WishForm
from mukana.guidance.models import Unit
from mukana.guidance.once import first_time
from mukana.guidance.queries.page import Page
from mukana.guidance.rules.lacking import NOTHING


def tally(form: WishForm, page: Page, unit: Unit | None) -> None:
    """Each once for a page of questions; of what was told only codes are counted, never the words."""
    number = form.cleaned_data["kerran"]
    if first_time(number, "guided"):
        count_guided(unit)
    sought = form.need or page.topic
    understood = sought or page.lack != NOTHING  # words that mean nothing to us tell of no need
    if page.lack and understood and first_time(number, "lacking"):
        count_lacking(page.lack, sought, form.cleaned_data["kunta"], unit)
