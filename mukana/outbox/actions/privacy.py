"""What is not kept: a secret's words when it has left, a client's number when it has arrived."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from mukana.outbox.models import Message
from mukana.outbox.rules import BOUNCED, DELIVERED, FAILED, SENDING, SENT, UNKNOWN, WAITING, kinds

CATCHER = "catcher"  # what it keeps is there to be read
SECRET_AT_MOST = timedelta(days=1)
REPORT_AT_MOST = timedelta(days=3)


def erasure(message: Message, state: str, sender: str, moment: datetime) -> dict[str, object]:
    """The columns to empty when a message comes to a state."""
    facts: dict[str, object] = {}
    if message.sort.secret and state != UNKNOWN and sender != CATCHER:
        facts |= {"text": "", "subject": "", "headers": {}}
    if message.sort.forget_to and (state in (DELIVERED, BOUNCED) or (state == SENT and not _report_comes(message, sender))):
        facts |= {"to": "", "to_tag": ""}
    return facts | {"erased_at": moment} if facts else {}


def expire(moment: datetime) -> int:
    """What is worth nothing any more is not sent.  Gives how many."""
    late = Message.objects.filter(state__in=WAITING, next_at__isnull=False, valid_until__lt=moment)
    return late.update(state=FAILED, next_at=None, problem="expired")


def tidy(moment: datetime) -> int:
    """Erase secrets whose time is over and numbers whose report never came.  Gives how many messages changed."""
    secret = [kind.code for kind in kinds() if kind.secret]
    over = Q(valid_until__lt=moment) | Q(valid_until__isnull=True, queued_at__lt=moment - SECRET_AT_MOST)
    words = Message.objects.filter(over, kind__in=secret, next_at__isnull=True).exclude(state=SENDING).exclude(text="", subject="")
    forgetful = [kind.code for kind in kinds() if kind.forget_to]
    numbers = Message.objects.filter(kind__in=forgetful, state=SENT, sent_at__lt=moment - REPORT_AT_MOST).exclude(to="")
    return words.update(text="", subject="", headers={}, erased_at=moment) + numbers.update(to="", to_tag="", erased_at=moment)


def _report_comes(message: Message, sender: str) -> bool:
    return message.channel == "sms" and sender != CATCHER and bool(settings.SMS_REPORT_TOKEN)
