"""Asking organisers whether their entries still hold: one message to each, a single-use link in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from mukana.audit.actions import record
from mukana.directory.freshness import EXPIRED
from mukana.directory.models import Entry
from mukana.lib.clock import now
from mukana.lib.text import shorten
from mukana.organisations.models import Organisation
from mukana.outbox.actions import BadMessage, send_email, send_sms
from mukana.upkeep.actions.doubting import doubt
from mukana.upkeep.actions.links import Receiver, make_link
from mukana.upkeep.models import Link
from mukana.upkeep.queries.work import WorkRow, asked_lately
from mukana.upkeep.rules.asking import ASK, REMIND
from mukana.upkeep.rules.codes import CONFIRM, EDIT, SYSTEM

SMS_NAME = 40  # signs of an entry's name in a text message
# One sign that networks do not know makes two text messages of one.
_PLAIN = str.maketrans({"…": "..", "–": "-", "—": "-", "”": '"', "“": '"', "’": "'", "\u00a0": " "})
HERE = "…"  # where the address stands in a message that is only looked at


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message: to whom, about which entries."""

    receiver: Receiver
    entries: tuple[Entry, ...]

    @property
    def text(self) -> str:
        """The message as it will be, without its address."""
        return _text(self.receiver, self.entries, HERE)


def parcels(rows: Iterable[WorkRow]) -> list[Parcel]:
    """The rows that can be asked by message, those of one receiver together."""
    grouped: dict[tuple[str, str], tuple[Receiver, list[Entry]]] = {}
    for row in rows:
        if row.channel:
            held = grouped.setdefault((row.channel, row.to), (Receiver(row.channel, row.to, row.contact.name), []))
            held[1].append(row.entry)
    return [Parcel(receiver, tuple(entries)) for receiver, entries in grouped.values()]


@transaction.atomic
def send(parcel: Parcel, *, by: str) -> bool:
    """Send the request; an address that cannot be one makes its entries due like a returned message."""
    token, link = make_link(CONFIRM, parcel.entries, parcel.receiver, by=by, organisation=_organisation(parcel.entries))
    return _deliver(link, parcel.entries, settings.BASE_URL + reverse("confirm", args=[token]), by)


def ask_due(rows: Iterable[WorkRow]) -> int:
    """Ask and remind everybody whose time has come; gives the count of messages."""
    return sum(send(parcel, by=SYSTEM.key) for parcel in parcels(row for row in rows if row.step.what in (ASK, REMIND)))


@transaction.atomic
def send_again(link: Link) -> bool:
    """A new link to the same address in place of one that was used or is too old; at most one an hour."""
    if link.channel == "shown" or asked_lately(link, now()):
        return False
    entries = tuple(link.entries.order_by("pk"))
    receiver = Receiver(link.channel, link.to, link.name)
    token, made = make_link(link.purpose, entries, receiver, by="visitor", organisation=link.organisation, follows=link)
    page = "confirm" if link.purpose == CONFIRM else "edit_link"
    return _deliver(made, entries, settings.BASE_URL + reverse(page, args=[token]), "visitor")


@transaction.atomic
def send_edit_link(organisation: Organisation, receiver: Receiver, *, by: str) -> bool:
    """Let the organisation's contact edit its entries without an account."""
    token, link = make_link(EDIT, list(organisation.entries.all()), receiver, by=by, organisation=organisation)
    record("upkeep.asked", f"upkeep.Link:{link.pk}", by=by, purpose=EDIT)
    return _message(link, settings.BASE_URL + reverse("edit_link", args=[token]), by)


def tell_expired(rows: Sequence[WorkRow], today: date) -> int:
    """Tell organisers, once for each expiry, that professionals no longer see their entry."""
    told = 0
    for row in rows:
        if row.fresh.state == EXPIRED and row.channel == "email":
            text = (
                f"Hei!\n\nKohteen {row.entry} tietoja ei ole vahvistettu vuoteen. Siksi ammattilaiset eivät enää näe sitä "
                f"haussaan eivätkä voi ohjata siihen asiakkaita.\n\nLähetämme sinulle vahvistuslinkin. Yksi painallus riittää, jos tiedot "
                f"pitävät paikkansa.\n\nTerveisin\nMukana {settings.CONTACT_PHONE}"
            )
            key = f"upkeep.expired:{row.entry.pk}:{row.fresh.expires_on}"
            subject, about = f"{row.entry} ei enää näy ammattilaisille", f"directory.Entry:{row.entry.pk}"
            sent = send_email(to=row.to, subject=subject, text=text, kind="upkeep.expired", about=about, key=key)
            told += sent.queued_at.date() == today
    return told


def _deliver(link: Link, entries: Sequence[Entry], address: str, by: str) -> bool:
    record("upkeep.asked", f"upkeep.Link:{link.pk}", by=by, entries=[str(entry.pk) for entry in entries])
    if _message(link, address, by, entries):
        return True
    for entry in entries:
        doubt(entry, "bounced", by="system")
    return False


def _message(link: Link, address: str, by: str, entries: Sequence[Entry] = ()) -> bool:
    receiver = Receiver(link.channel, link.to, link.name)
    text = _text(receiver, entries, address) if link.purpose == CONFIRM else _edit_text(receiver, address)
    about, kind = f"upkeep.Link:{link.pk}", "upkeep.confirm" if link.purpose == CONFIRM else "upkeep.link"
    try:
        if link.channel == "sms":
            send_sms(to=link.to, text=text, kind=kind, about=about, by=by, valid_until=link.valid_until)
        else:
            subject = "Pitävätkö tiedot paikkansa?" if link.purpose == CONFIRM else "Linkki omien tietojen muokkaamiseen"
            send_email(to=link.to, subject=subject, text=text, kind=kind, about=about, by=by, valid_until=link.valid_until)
    except BadMessage:
        return False
    return True


def _text(receiver: Receiver, entries: Sequence[Entry], address: str) -> str:
    if receiver.channel == "sms":
        what = shorten(str(entries[0]), SMS_NAME).translate(_PLAIN) if len(entries) == 1 else f"{len(entries)} kohdetta"
        return f"Mukana: {what}. Pitävätkö tiedot paikkansa? Vahvista: {address}"
    names = "\n".join(f"– {entry}" for entry in entries)
    return (
        f"Hei!\n\nPitävätkö nämä tiedot vielä paikkansa?\n\n{names}\n\nAvaa linkki ja paina ”Kaikki pitää paikkansa”, tai kerro, "
        f"mikä on muuttunut:\n{address}\n\nLinkki toimii kerran ja 30 päivää. Tunnusta ei tarvita. Voit myös soittaa "
        f"{settings.CONTACT_PHONE}.\n\nJos emme saa vastausta, tiedot näkyvät merkinnällä Vahvistamatta.\n\nTerveisin\nMukana"
    )


def _edit_text(receiver: Receiver, address: str) -> str:
    if receiver.channel == "sms":
        return f"Mukana: muokkaa omia tietojasi kahden tunnin ajan: {address}"
    return (
        f"Hei!\n\nTällä linkillä muokkaat omia tietojasi ilman tunnusta:\n{address}\n\nLinkki toimii kerran. Muokkausaikaa on kaksi "
        f"tuntia avaamisesta.\n\nTerveisin\nMukana {settings.CONTACT_PHONE}"
    )


def _organisation(entries: Sequence[Entry]) -> Organisation | None:
    found = {entry.organisation_id for entry in entries}
    return entries[0].organisation if len(found) == 1 else None
