"""Pages tell search engines what they hold, in schema.org, without anybody's name."""

from __future__ import annotations

import json
import re
from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mukana.directory.models import Entry, Occurrence, Schedule
from mukana.directory.tests import make
from mukana.organisations.models import Organisation

pytestmark = pytest.mark.django_db


def told(client: Client, address: str) -> dict[str, Any]:
    page = client.get(address).content.decode()
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    document: dict[str, Any] = json.loads(text)
    return document


def test_a_group_is_an_event_of_its_next_date_with_place_price_and_organiser(client: Client) -> None:
    group = make.group("Vesijumppa hellästi")
    document = told(client, reverse("entry", args=[group.pk]))
    assert (document["@type"], document["name"]) == ("Event", "Vesijumppa hellästi")
    assert document["startDate"].endswith("+02:00")
    assert document["location"]["@type"] in ("Place", "SportsActivityLocation")


def test_a_rhythm_is_told_as_a_schedule(client: Client) -> None:
    group = make.group("Tuolijumppa")
    Occurrence.objects.filter(entry=group).update(planned=True)
    off = [{"date": "2026-12-09", "status": "cancelled"}, {"date": "2026-12-16", "status": "rescheduled", "start": "17.00"}]
    Schedule.objects.create(
        entry=group, days=["wed"], start=time(10), end=time(10, 45), first=date(2026, 9, 2), until=date(2026, 12, 30), exceptions=off
    )
    (rhythm,) = told(client, reverse("entry", args=[group.pk]))["eventSchedule"]
    assert rhythm["byDay"] == ["https://schema.org/Wednesday"]
    assert (rhythm["startTime"], rhythm["repeatFrequency"], rhythm["exceptDate"]) == ("10:00", "P1W", ["2026-12-09"])


def test_what_has_no_dates_is_a_service_and_a_place_is_a_place(client: Client) -> None:
    group = make.group("Neuvonta")
    Occurrence.objects.filter(entry=group).delete()
    assert told(client, reverse("entry", args=[group.pk]))["@type"] == "Service"
    Entry.objects.filter(pk=group.pk).update(kind="place")
    assert told(client, reverse("entry", args=[group.pk]))["@type"] in ("Place", "SportsActivityLocation")


def test_places_and_organisations_tell_theirs(client: Client) -> None:
    group = make.group("Kuoro")
    assert told(client, reverse("place", args=[group.place_id]))["@type"] in ("Place", "SportsActivityLocation")
    organiser = Organisation.objects.create(texts={"fi": {"name": "Puijonrinteen Liikkujat ry"}})
    assert told(client, reverse("organisation", args=[organiser.pk]))["name"] == "Puijonrinteen Liikkujat ry"


def test_nothing_in_a_text_ends_the_block_and_no_persons_name_is_told(client: Client) -> None:
    group = make.group('</script><script>alert("x")</script>')
    Entry.objects.filter(pk=group.pk).update(contact_name="Anneli Rautio", email="anneli.rautio@example.fi")
    text = json.dumps(told(client, reverse("entry", args=[group.pk])), ensure_ascii=False)
    assert "Anneli" not in text
    assert "anneli.rautio" not in text
