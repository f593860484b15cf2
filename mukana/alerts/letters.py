"""The words of the messages, in the language the reader chose; sent through the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from mukana.alerts import secrets
from mukana.alerts.models import Alert
from mukana.alerts.rules import SMS, TOLD, UNCONFIRMED_DAYS
from mukana.alerts.wording import described
from mukana.directory.queries.entry import short_id
from mukana.directory.queries.rows import Row
from mukana.directory.templatetags.directory import price, town_of
from mukana.lib.clock import now
from mukana.lib.dates import when
from mukana.lib.text import shorten
from mukana.look.rules import page_language, pick, text_languages
from mukana.outbox.actions import BadMessage, send_email, send_sms
from mukana.search.kept import kept
from mukana.search.matching import Question

# One sign that networks do not know makes two text messages of one.
_PLAIN = str.maketrans({"…": "..", "–": "-", "—": "-", "”": '"', "“": '"', "’": "'", "\u00a0": " ", "\u202f": " "})
SMS_NAME, SMS_SEARCH = 40, 40  # signs


def ask(alert: Alert, code: str) -> bool:
    """Is it meant?  A link, and by phone a code as well."""
    with override(page_language(alert.language)):
        search, link = _search(alert), _link("alert", alert)
        if alert.subscriber.channel == SMS:
            short = shorten(search, SMS_SEARCH)
            text = _("Mukana: haluatko tiedon, kun tulee uutta: %(search)s? Aloita: %(link)s tai koodi %(code)s.")
            return _send(alert, "", text % {"search": short, "link": link, "code": code}, "alerts.confirm")
        text = _(
            "Hei!\n\nTästä osoitteesta pyydettiin tietoa, kun tulee uutta tähän hakuun:\n%(search)s\n\n"
            "Aloita avaamalla linkki ja painamalla nappia:\n%(link)s\n\n"
            "Jos et pyytänyt tätä, sinun ei tarvitse tehdä mitään. Poistamme osoitteesi %(days)d päivän kuluttua.\n\nTerveisin\nMukana"
        )
        words = text % {"search": search, "link": link, "days": UNCONFIRMED_DAYS}
        return _send(alert, _("Haluatko tiedon, kun tulee uutta?"), words, "alerts.confirm")


def remind(alert: Alert) -> bool:
    """Asked for again though it is on already: the link to it."""
    with override(page_language(alert.language)):
        text = _("Mukana: sinulla on jo tämä hakuvahti. Muuta tai lopeta: %(link)s") % {"link": _link("alert", alert)}
        return _send(alert, _("Sinulla on jo tämä hakuvahti"), text, "alerts.confirm")


def tell(alert: Alert, found: Sequence[Row]) -> bool:
    """What is new: at most five entries by e-mail, three by text message, the rest behind a link."""
    with override(page_language(alert.language)):
        sms = alert.subscriber.channel == SMS
        shown, more = found[: TOLD[alert.subscriber.channel]], len(found) - TOLD[alert.subscriber.channel]
        lines = [(_short if sms else _long)(row, alert.language) for row in shown]
        rest = _("Kaikki haun tulokset: %(link)s") % {"link": _search_link(alert)} if more > 0 else ""
        if sms:
            end = _("Lopeta: %(link)s") % {"link": _link("alert_end", alert)}
            head = _("Mukana: uutta haussasi")
            return _send(alert, "", "\n".join(filter(None, (head, *lines, rest, end))), "alerts.news")
        one, many = _("Uusi kohde haussasi: %(name)s"), _("%(number)d uutta kohdetta haussasi")
        subject = one if len(found) == 1 else many
        head = _("Hei!\n\nHakuusi tuli uutta: %(search)s") % {"search": _search(alert)}
        foot = _("Muuta tai keskeytä hakuvahti: %(link)s\nLopeta viestit: %(end)s\n\nTerveisin\nMukana")
        links = foot % {"link": _link("alert", alert), "end": _link("alert_end", alert)}
        words = "\n\n".join(filter(None, (head, *lines, rest, links)))
        return _send(alert, subject % {"name": _name(found[0], alert.language), "number": len(found)}, words, "alerts.news")


def _long(row: Row, language: str) -> str:
    facts = ", ".join(filter(None, (_when(row, language), _where(row, language), price(row.entry))))
    return "\n".join(filter(None, (f"• {_name(row, language)}", facts, _short_link(row))))


def _short(row: Row, language: str) -> str:
    day = when(row.next.starts_at, None, now(), language=language) if row.next else ""
    place = shorten(_where(row, language), SMS_NAME)
    return f"{', '.join(filter(None, (shorten(_name(row, language), SMS_NAME), day, place, price(row.entry))))}: {_short_link(row)}"


def _name(row: Row, language: str) -> str:
    return str(pick(row.entry.texts, "name", text_languages(language, selko=False)).value or row.entry)


def _when(row: Row, language: str) -> str:
    if row.next is None:
        return ""
    return when(row.next.starts_at, row.next.ends_at, now(), all_day=row.next.all_day, language=language)


def _where(row: Row, language: str) -> str:
    if row.at_home:
        return _("Kotona, oma laite")
    name = str(pick(row.place.texts, "name", text_languages(language, selko=False)).value or "") if row.place else ""
    return ", ".join(filter(None, (name, town_of(row))))


def _short_link(row: Row) -> str:
    return settings.BASE_URL + reverse("short_address", args=[short_id(row.entry.pk)])


def _search(alert: Alert) -> str:
    return described(Question(kept(alert.search), alert.place))


def _search_link(alert: Alert) -> str:
    return settings.BASE_URL + reverse("search") + kept(alert.search).query()


def _link(name: str, alert: Alert) -> str:
    return settings.BASE_URL + reverse(name, args=[secrets.token_of(alert.pk)])


def _send(alert: Alert, subject: str, text: str, kind: str) -> bool:
    """Queue it; a message that nobody can be sent is as good as returned."""
    to, about, until = alert.subscriber.address, f"alerts.Alert:{alert.pk}", now() + timedelta(days=UNCONFIRMED_DAYS)
    try:
        if alert.subscriber.channel == SMS:
            send_sms(to=to, text=text.translate(_PLAIN), kind=kind, about=about, valid_until=until)
        else:
            headers = {"List-Unsubscribe": f"<{_link('alert_end', alert)}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
            send_email(to=to, subject=subject, text=text, kind=kind, about=about, headers=headers, valid_until=until)
    except BadMessage:
        return False
    return True
