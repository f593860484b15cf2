"""The Finnish words of a message's state, with the mark that stands beside them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mukana.outbox.models import Message
from mukana.outbox.rules import PROBLEMS, SENT

STATES: dict[str, tuple[str, str, str | Promise]] = {
    "queued": ("", "clock", gettext_lazy("Jonossa")),
    "sending": ("", "circle-notch", gettext_lazy("Lähtemässä")),
    "sent": ("ok", "check", gettext_lazy("Lähetetty")),
    "delivered": ("ok", "check-circle", gettext_lazy("Perillä")),
    "failed": ("bad", "warning-fill", gettext_lazy("Ei lähtenyt")),
    "unknown": ("warn", "question", gettext_lazy("Ei tiedetä, lähtikö")),
    "bounced": ("bad", "x", gettext_lazy("Ei mennyt perille")),
}
CHANNELS: dict[str, str | Promise] = {"email": gettext_lazy("Sähköposti"), "sms": gettext_lazy("Tekstiviesti")}


@dataclass(frozen=True, slots=True)
class Told:
    """A message beside its words."""

    message: Message
    by: str
    kind: str  # of look's state mark: ok warn bad ""
    icon: str
    word: str | Promise
    channel: str | Promise
    why: str


def told(message: Message, by: str) -> Told:
    """What staff read of a message."""
    kind, icon, word = STATES[message.state]
    if message.state == SENT and message.sender == "catcher":
        word = _("Otettu talteen, ei lähetetty")
    if message.state == "failed" and message.next_at:
        kind, word = "warn", _("Ei lähtenyt vielä")
    return Told(message, by, kind, icon, word, CHANNELS[message.channel], PROBLEMS.get(message.problem, message.problem))
