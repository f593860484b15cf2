"""Words of the results page: `{% load results %}`."""

from __future__ import annotations

import re
from collections.abc import Callable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mukana.directory.labels import FEATURES
from mukana.directory.models import Entry
from mukana.search.rules import Reason

register = template.Library()

# What each kind of reason says; %(asked)s and %(found)s are set in bold.
SENTENCES: dict[str, Callable[[], str]] = {
    "word": lambda: _("Tekstissä sanotaan: {found}."),
    "synonym": lambda: _("Sama asia kuin {asked}: {found}."),
    "need": lambda: _("Liittyy tähän: {found}."),
    "place": lambda: _("Paikka: {found}."),
    "audience": lambda: _("Tarkoitettu: {found}."),
    "spelling": lambda: _("Tekstissä sanotaan: {found}."),
}
STEM = 5  # letters: forms of one word share their beginning
TOLD = ("ride", "may_watch", "support_person")  # features that lower the threshold the most


@register.simple_tag
def reason_words(reasons: tuple[Reason, ...], entry: Entry) -> SafeString:
    """One sentence why this is shown and one that helps to go; "" when there is nothing to say."""
    parts = []
    matter = [reason for reason in reasons if not _is_town(reason)] or reasons  # a town alone is no reason beside a word
    telling = [reason for reason in matter if _tells(reason, str(entry).casefold())]
    if telling:
        best = telling[0]
        found = best.found if best.kind == "need" else _as_written(best.found, entry)
        kind = "word" if best.kind == "place" and not _is_town(best) else best.kind
        parts.append(format_html(SENTENCES[kind](), asked=_bold(best.asked), found=_bold(found)))
    helping = next((str(FEATURES[code].meaning) for code in TOLD if code in entry.features), "")
    if helping:
        parts.append(format_html("{}", helping))
    return format_html(" ".join(["{}"] * len(parts)), *parts) if parts else SafeString("")


def _is_town(reason: Reason) -> bool:
    """A town's name rather than a sort of place ("altaassa")."""
    return reason.kind == "place" and reason.found[:1].isupper()


def _tells(reason: Reason, name: str) -> bool:
    """Does the reason say something that the reader did not ask and does not see in the name?"""
    found, asked = reason.found.casefold(), reason.asked.casefold()
    same = bool(asked) and (found[:STEM] in asked or asked[:STEM] in found)
    return reason.kind in SENTENCES and bool(found) and not same and found not in name


def _as_written(found: str, entry: Entry) -> str:
    """The word as the entry's text has it inside a sentence, where only names have capitals."""
    texts = (text for fields in entry.texts.values() for text in fields.values() if isinstance(text, str))
    inside = re.compile(rf"(?<=[\w,;:–] ){re.escape(found)}(?!\w)", re.IGNORECASE)
    return next((match[0] for text in texts if (match := inside.search(text))), found)


def _bold(words: str) -> SafeString:
    return format_html("<b>{}</b>", words)


LEFT_OUT: dict[str, Callable[[int], str]] = {
    "within_km": lambda count: _("%(count)s jäi pois matkan takia.") % {"count": count},
    "free": lambda count: _("%(count)s jäi pois hinnan takia.") % {"count": count},
    "weekdays": lambda count: _("%(count)s jäi pois viikonpäivän takia.") % {"count": count},
    "dayparts": lambda count: _("%(count)s jäi pois kellonajan takia.") % {"count": count},
    "accessibility": lambda count: _("%(count)s jäi pois esteettömyyden takia.") % {"count": count},
    "municipalities": lambda count: _("%(count)s jäi pois kunnan takia.") % {"count": count},
    "audiences": lambda count: _("%(count)s jäi pois kohderyhmän takia.") % {"count": count},
    "features": lambda count: _("%(count)s jäi pois toiveiden takia.") % {"count": count},
    "forms": lambda count: _("%(count)s jäi pois, koska rajasit muotoa.") % {"count": count},
    "languages": lambda count: _("%(count)s jäi pois kielen takia.") % {"count": count},
    "topics": lambda count: _("%(count)s jäi pois aiheen takia.") % {"count": count},
    "referable_on": lambda count: _("%(count)s jäi pois, koska tietoja ei ole vahvistettu vuoteen.") % {"count": count},
    "dates": lambda count: _("%(count)s jäi pois päivien takia.") % {"count": count},
}


@register.filter
def left_out_words(count: int, condition: str) -> str:
    """How many one condition alone hides, in a sentence; "" for a condition we do not name."""
    return LEFT_OUT[condition](count) if condition in LEFT_OUT else ""
