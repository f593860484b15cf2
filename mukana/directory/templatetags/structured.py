"""What search engines read of a page: `{% load structured %}{% structured page %}` in its head."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from mukana.directory.models import Place
from mukana.directory.queries.entry import EntryPage
from mukana.directory.structured import of_entry, of_organisation, of_place
from mukana.formats.jsonld import script_text
from mukana.organisations.models import Organisation

register = template.Library()


@register.simple_tag
def structured(thing: EntryPage | Place | Organisation) -> SafeString:
    """The schema.org document of the thing.  A block of data: no browser runs it, so the content policy holds."""
    if isinstance(thing, EntryPage):
        document = of_entry(thing)
    else:
        document = of_place(thing) if isinstance(thing, Place) else of_organisation(thing)
    return mark_safe(f'<script type="application/ld+json">{script_text(document)}</script>')  # noqa: S308  # script_text leaves no "<"
