"""What somebody who comes for the first time has to know of the place: what it costs, where it is, how to get there."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mukana.directory.models import Entry, Place
from mukana.lib.text import first_sentences
from mukana.lib.words import money
from mukana.look.rules import pick
from mukana.referrals.models import Session

IN_MESSAGE = 140  # of the way there in a text message


@dataclass(frozen=True, slots=True)
class There:
    """Every part may be empty; `map` is the address of our own map of the place."""

    price: str = ""
    address: str = ""
    way: str = ""
    map: str = ""

    @property
    def in_short(self) -> str:
        """For a text message: the price, and the way in a sentence or two."""
        cost = _("Hinta: %(price)s.") % {"price": self.price.rstrip(".")} if self.price else ""
        return " ".join(filter(None, (cost, first_sentences(self.way, IN_MESSAGE))))


def there_of(session: Session) -> There:
    """Of the session's entry, in the language that is spoken."""
    entry = session.placement.entry
    if entry is None:
        return There()
    place = entry.place
    seen = f"{reverse('entry', args=[entry.pk])}#perille" if entry.visible and entry.lat is not None else ""
    return There(_price(entry), _address(place) if place else "", _text(entry, "getting_there"), seen)


def _price(entry: Entry) -> str:
    if entry.price_kind == "free":
        return money(0, get_language() or "fi")
    if entry.price_kind == "paid" and entry.price_cents:
        return money(entry.price_cents, get_language() or "fi")
    return first_sentences(_text(entry, "price_note"), IN_MESSAGE)


def _address(place: Place) -> str:
    town = " ".join(filter(None, (place.postal_code, place.city)))
    return ", ".join(filter(None, (place.address, town))) if place.address else ""


def _text(entry: Entry, field: str) -> str:
    language = get_language() or "fi"
    return " ".join(str(pick(entry.texts, field, (language, "fi"), language).value or "").split())
