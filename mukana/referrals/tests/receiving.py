"""What tests of a receiver's pages do over and over: answer an offer, agree on the first session."""

from __future__ import annotations

import re
from datetime import timedelta

from django.http import HttpResponse
from django.test import Client

from mukana.directory.models import Entry
from mukana.directory.tests import make as hub
from mukana.lib.clock import now
from mukana.referrals.models import Placement, Session
from mukana.referrals.tests import make
from mukana.referrals.tests.make import AINO, Time


def once(page: HttpResponse) -> str:
    """The hidden key of the page's forms."""
    found = re.search(r'name="kerran" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def text(page: HttpResponse) -> str:
    return page.content.decode().replace("\u00a0", " ")


def answered(client: Client, token: str, answer: str, **more: str) -> HttpResponse:
    page = client.get(f"/tarjous/{token}/")
    return client.post(f"/tarjous/{token}/", {"vastaus": answer, "kerran": once(page), **more})


def accepted(client: Client, entry: Entry | None = None) -> tuple[Placement, str]:
    placement, token = make.requested(make.talking(AINO), entry)
    address = answered(client, token, "kylla").headers["Location"]
    placement.refresh_from_db()
    return placement, address


def agreed(client: Client, time: Time, days: int = 7) -> tuple[Placement, str, Session]:
    entry = make.group()
    starts = now() + timedelta(days=days)
    happening = hub.date(entry, starts)
    placement, address = accepted(client, entry)
    form = {"toimi": "aika", "kerta": str(happening.pk), "vastassa": "Anneli", "paikka": "Uimahalli", "kerran": once(client.get(address))}
    assert client.post(address, form).status_code == 302
    return placement, address, placement.sessions.get()
