"""The words of a list that is sent along."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mukana.directory.models import Entry
from mukana.directory.queries.entry import short_id
from mukana.directory.queries.rows import Row, rows
from mukana.directory.templatetags.directory import price, town_of
from mukana.guidance.picks import token_of
from mukana.lib.clock import now
from mukana.lib.dates import when
from mukana.lib.text import shorten
from mukana.look.rules import pick, text_languages

_PLAIN = str.maketrans({"…": "..", "–": "-", "—": "-", "”": '"', "“": '"', "’": "'", "\u00a0": " ", "\u202f": " "})
SMS_ENTRIES, SMS_NAME = 4, 40


def subject() -> str:
    """Of the e-mail."""
    return _("Omat poiminnat Mukanasta")


def letter(entries: Sequence[Entry]) -> str:
    """Every entry in three lines, and the list's own address."""
    parts = [_("Hei!\n\nTässä ovat poimintasi.")]
    parts += ["\n".join(filter(None, _lines(row))) for row in _rows(entries)]
    parts.append(_("Koko lista: %(link)s\n\nOsoitteesi on nyt poistettu meiltä.\n\nTerveisin\nMukana") % {"link": list_link(entries)})
    return "\n\n".join(parts)


def short(entries: Sequence[Entry]) -> str:
    """One line an entry, the rest behind the list's address."""
    lines = [_short_line(row) for row in _rows(entries[:SMS_ENTRIES])]
    more = _("Koko lista: %(link)s") % {"link": list_link(entries)} if len(entries) > 1 else ""
    return "\n".join(filter(None, (_("Mukana: omat poiminnat"), *lines, more))).translate(_PLAIN)


def list_link(entries: Sequence[Entry]) -> str:
    """The address that shows the same list."""
    return settings.BASE_URL + reverse("picks", args=[token_of(entry.pk for entry in entries)])


def name_of(entry: Entry) -> str:
    """In the reader's language where it has one."""
    return str(pick(entry.texts, "name", text_languages(get_language() or "fi", selko=False)).value or entry)


def _lines(row: Row) -> tuple[str, ...]:
    return f"• {name_of(row.entry)}", _facts(row), _phone(row.entry), _link(row.entry)


def _rows(entries: Sequence[Entry]) -> list[Row]:
    return rows([entry.pk for entry in entries], now())


def _short_line(row: Row) -> str:
    day = when(row.next.starts_at, None, now(), language=get_language() or "fi") if row.next else ""
    phone = _phone(row.entry)
    return f"{', '.join(filter(None, (shorten(name_of(row.entry), SMS_NAME), day, phone)))}: {_link(row.entry)}"


def _facts(row: Row) -> str:
    day = when(row.next.starts_at, row.next.ends_at, now(), all_day=row.next.all_day, language=get_language() or "fi") if row.next else ""
    return ", ".join(filter(None, (day, town_of(row), price(row.entry))))


def _phone(entry: Entry) -> str:
    number = entry.phone or (entry.organisation.phone if entry.organisation else "")
    return _("puh. %(number)s") % {"number": number} if number else ""


def _link(entry: Entry) -> str:
    return settings.BASE_URL + reverse("short_address", args=[short_id(entry.pk)])


def reach(entry: Entry) -> tuple[str, str]:
    """(e-mail, phone) of an entry, else of its organiser."""
    organiser = entry.organisation
    return entry.email or (organiser.email if organiser else ""), entry.phone or (organiser.phone if organiser else "")


def contact_subject() -> str:
    """Of the letter to an organiser."""
    return _("Joku toivoo yhteydenottoa")


def contact(entry: Entry, token: str) -> str:
    """Who asks stands behind the link only."""
    link = settings.BASE_URL + reverse("contact_answer", args=[token])
    text = _("Mukana: joku toivoo, että otat yhteyttä. Asia: %(name)s. Avaa nimi ja yhteystieto: %(link)s")
    return (text % {"name": name_of(entry), "link": link}).translate(_PLAIN)
