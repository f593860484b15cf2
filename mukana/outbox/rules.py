"""What a message may be: its states, its kinds, and when it is tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mukana.lib import emails, phones

QUEUED, SENDING, SENT, FAILED, UNKNOWN, DELIVERED, BOUNCED = "queued", "sending", "sent", "failed", "unknown", "delivered", "bounced"
STATES = (QUEUED, SENDING, SENT, FAILED, UNKNOWN, DELIVERED, BOUNCED)
WAITING = (QUEUED, FAILED)  # with a time of the next try
GONE = (SENT, DELIVERED, BOUNCED)  # it has left us
CHANNELS = ("email", "sms")

LEASE = timedelta(minutes=10)  # longer than every time limit of a sender together
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=2)
GIVE_UP_AFTER = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Kind:
    """What sort of message it is.

    `secret`: its text is erased when it has been sent.  `forget_to`: so is the receiver's address.
    `private`: it goes to somebody's own number or address, which lists show only in part (so does whatever is forgotten).
    `at_once`: tried as soon as the transaction that wrote it is done, beside the page, without waiting for the worker.
    """

    code: str
    label: str
    secret: bool = False
    forget_to: bool = False
    at_once: bool = False
    private: bool = False

    @property
    def masked(self) -> bool:
        """Is the receiver shown only in part?"""
        return self.private or self.forget_to


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the other end did with a message.

    `code`: sent (it took it), later (it did not; may be tried again), refused (it will not take this message),
    bounced (it knows no such receiver) or unknown (the connection broke when it may have taken it).
    `problem` is a code of PROBLEMS, `said` the other end's own words.  `asked`: the pause it asked for.
    `down`: nothing else would go through now either.
    """

    code: str
    provider_id: str = ""
    problem: str = ""
    said: str = ""
    asked: timedelta | None = None
    down: bool = False


PROBLEMS = {
    "unreachable": "Lähetyspalvelin ei vastannut.",
    "login": "Lähetyspalvelin ei hyväksynyt tunnusta tai lähettäjän osoitetta.",
    "no_tls": "Lähetyspalvelin ei tarjoa salattua yhteyttä, joten tunnusta ei annettu sille.",
    "busy": "Lähetyspalvelin pyysi yrittämään myöhemmin.",
    "refused": "Lähetyspalvelin ei ottanut viestiä vastaan.",
    "settings": "Lähetyspalvelimen asetuksissa on virhe.",
    "no_sender": "Lähettämistä ei ole vielä otettu käyttöön.",
    "broken_off": "Yhteys katkesi kesken lähetyksen.",
    "worker_ended": "Ohjelma sammui kesken lähetyksen.",
    "no_receiver": "Vastaanottajan osoitetta ei ole.",
    "returned": "Viesti palautui.",
    "expired": "Viesti ehti vanhentua.",
    "given_up": "Viestiä yritettiin neljä päivää.",
    "forgotten": "Viesti unohdettiin.",
}


@dataclass(frozen=True, slots=True)
class Bounce:
    """A message that did not reach its receiver: the address or number is no good.  `about` names the record."""

    message: str
    channel: str
    to: str
    kind: str
    about: str
    reason: str


@dataclass(frozen=True, slots=True)
class Lost:
    """A message that nobody will send any more by itself: returned, refused, given up, or perhaps gone (`unknown`).

    `text` is empty when it has been erased already.
    """

    message: str
    channel: str
    to: str
    kind: str
    about: str
    text: str
    unknown: bool = False


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Tell what kinds of messages an app sends (its AppConfig does this)."""
    _kinds.update({kind.code: kind for kind in kinds})


def kind_of(code: str) -> Kind:
    """The kind as its app told it; an untold one is an ordinary message called by its code."""
    return _kinds.get(code) or Kind(code, code)


def kinds() -> list[Kind]:
    """Every told kind, by label."""
    return sorted(_kinds.values(), key=lambda kind: kind.label)


def address_key(text: str) -> str:
    """By what a receiver's whole address or number is found again, however it was written; "" when it is neither."""
    return emails.normal(text) if "@" in text else phones.normal(text)


def partly(to: str) -> str:
    """Enough of an address or number to tell two apart, not enough to write to it."""
    bare = emails.normal(to) or to
    name, at, domain = bare.partition("@")
    return f"{name[:1]}…@{domain}" if at else f"… {to[-2:]}" if to else ""


def next_try(
    tries: int, queued_at: datetime, now: datetime, valid_until: datetime | None = None, asked: timedelta | None = None
) -> datetime | None:
    """When a message that could not be sent is tried again; None when it is given up.

    The pause doubles from half a minute to two hours; `asked` is the pause the gateway itself asked for.
    """
    pause = min(FIRST_PAUSE * (1 << min(max(tries - 1, 0), 16)), LONGEST_PAUSE)
    at = now + max(pause, min(asked or timedelta(), timedelta(days=1)))
    last = min(queued_at + GIVE_UP_AFTER, valid_until or datetime.max.replace(tzinfo=now.tzinfo))
    return at if at <= last else None


register(
    Kind("login_code", "Kirjautumiskoodi", secret=True, at_once=True),
    Kind("account", "Tunnukseen liittyvä viesti"),
    Kind("mail", "Sähköposti"),
)
