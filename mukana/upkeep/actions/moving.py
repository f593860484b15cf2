"""Moving an entry from one organisation to another; both are told."""

from __future__ import annotations

from django.db import transaction

from mukana.directory.models import Entry
from mukana.lib import emails
from mukana.organisations.models import Organisation
from mukana.outbox.actions import send_email
from mukana.upkeep.actions.editing import edit
from mukana.upkeep.actions.history import thing, trace
from mukana.upkeep.rules.codes import Doer


@transaction.atomic
def move(entry: Entry, organisation: Organisation, doer: Doer) -> bool:
    """Give the entry to the organisation; gives whether anything changed."""
    before = entry.organisation
    if not edit(entry, {"organisation_id": str(organisation.pk)}, doer, telling=False):
        return False
    trace("entry.moved", entry, doer, before=str(before.pk) if before else "", after=str(organisation.pk))
    for told in (before, organisation):
        if told is not None and (address := emails.normal(told.email)):
            _tell(entry, told, organisation, address, doer)
    return True


def _tell(entry: Entry, told: Organisation, organisation: Organisation, address: str, doer: Doer) -> None:
    if told.pk == organisation.pk:
        words = f"Kohde {entry} on nyt teidän. Pitäkää sen tiedot ajan tasalla, niin ihmiset löytävät perille."
    else:
        words = f"Kohde {entry} on siirretty järjestäjälle {organisation}. Ette enää vastaa sen tiedoista."
    text = f"Hei!\n\n{words}\n\nJos tämä on väärin, vastatkaa tähän viestiin.\n\nTerveisin\nMukana"
    send_email(to=address, subject=f"{entry}: järjestäjä vaihtui", text=text, kind="upkeep.moved", about=thing(entry), by=doer.key)
