"""An area whose people have left: everybody who coordinates anywhere is told, and whoever keeps the accounts; no names."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mukana.accounts.models import Person
from mukana.lib.clock import today
from mukana.outbox.actions import send_email
from mukana.referrals import subjects
from mukana.referrals.queries.staffing import people_who_may
from mukana.referrals.queries.unanswered import unanswered


def tell_unanswered() -> int:
    """Once a day to each of them, while it is so.  Gives how many areas there are."""
    found = unanswered()
    if not found:
        return 0
    places = ", ".join(f"{area} ({count})" for area, count in found)
    words = _("Näillä alueilla ei ole ketään, joka hoitaa lähetteitä: %(places)s. Suluissa on avointen lähetteiden määrä.")
    told, way_on = words % {"places": places}, _("Nimeä alueelle ihmiset: työpöytä, Alueet.")
    text = f"{told} {way_on}"
    keepers = Person.objects.filter(active=True, memberships__role="it")
    for person in {*people_who_may("referrals.coordinate"), *keepers}:
        key = f"referrals.unanswered:{person.pk}:{today()}"
        send_email(to=person.email, subject=str(subjects.UNANSWERED), text=text, kind="referrals.staff", key=key)
    return len(found)
