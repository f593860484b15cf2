"""Asking to be told: the first message goes out, and nothing else before its answer."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from mukana.alerts import letters, secrets
from mukana.alerts.models import Alert, Subscriber
from mukana.alerts.rules import EMAIL, MOST_OF_ADDRESS, SMS, WAITING, WEEKLY
from mukana.lib import emails, phones
from mukana.lib.clock import now
from mukana.lib.ids import new_id
from mukana.search.kept import to_keep
from mukana.search.matching import Question


class BadAddress(Exception):
    """Neither an e-mail address nor a phone number that messages can be sent to."""


class TooMany(Exception):
    """The address has so many searches that somebody is playing."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where to send: one form of one address."""

    channel: str
    value: str

    @property
    def digest(self) -> str:
        """What it is found by."""
        return secrets.address_digest(self.channel, self.value)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to be told of, how often and in which language."""

    question: Question
    rhythm: str = WEEKLY
    language: str = "fi"


def address_of(text: str) -> Address:
    """An e-mail address or a phone number as people write them.  Raises BadAddress."""
    if "@" in text:
        email = emails.normal(text)
        if not email or not email.isascii():
            raise BadAddress
        return Address(EMAIL, email)
    number = phones.normal(text)
    if not number.startswith("+"):
        raise BadAddress
    return Address(SMS, number)


@transaction.atomic
def subscribe(address: Address, wish: Wish) -> Alert:
    """Keep the wish and ask by a message whether it is meant; the same wish again only asks again.  Raises TooMany."""
    subscriber, _ = Subscriber.objects.get_or_create(digest=address.digest, defaults={"channel": address.channel, "address": address.value})
    mine = list(Alert.objects.select_for_update().filter(subscriber=subscriber))
    search = to_keep(wish.question.asked)
    alert = next((one for one in mine if one.search == search and one.place == wish.question.place), None)
    if alert is None and len(mine) >= MOST_OF_ADDRESS:
        raise TooMany
    if alert is None:
        key = new_id()
        alert = Alert(id=key, subscriber=subscriber, digest=secrets.digest(secrets.token_of(key)), search=search, place=wish.question.place)
        alert.made_at = now()
    if alert.state == WAITING:
        alert.rhythm, alert.language = wish.rhythm, wish.language
        code = secrets.new_code()
        alert.code, alert.tries = secrets.code_digest(alert.pk, code), 0
        alert.save()
        letters.ask(alert, code)
    else:
        letters.remind(alert)
    return alert
