"""Acceptance scenarios of residents through the pages that people use: paper and phone, and the minute of a withdrawal."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from mukana.accounts.models import Membership
from mukana.directory.tests import make as hub
from mukana.lib.moments import ZONE
from mukana.outbox.models import Message
from mukana.outbox.tests.boxes import saying
from mukana.referrals.actions import answering, supporting
from mukana.referrals.actions.permitting import Given
from mukana.referrals.actions.telling import new_token
from mukana.referrals.models import Errand, Placement, Referral, Support, Transition
from mukana.referrals.queries.funnel import funnel
from mukana.referrals.rules.codes import Refused
from mukana.referrals.tests import make
from mukana.referrals.tests.invariants import orphans, sent_to_nobody
from mukana.referrals.tests.make import REIJO, Time, deed

pytestmark = pytest.mark.django_db
PAPER = {
    "tarpeet": ["lonely"], "nimi": "Aino Virtanen", "puhelin": "017 123 4567", "katu": "Laiturikatu 1", "postinumero": "70100",
    "paikkakunta": "Kuopio", "ika": "75_84", "kunta": "297", "kieli": "fi", "turva": "rajattu", "kielletty": ["no_voicemail"],
    "tapa": "letter", "luvat": ["referral", "feedback"], "tayttaja": "referrer", "yksikko": "Puijon terveysasema",
    "allekirjoitettu": "2026-11-20",
}  # fmt: skip


@pytest.fixture
def worker(client: Client, time: Time) -> Client:
    """Kaisa, who coordinates Kuopio and calls people herself."""
    kaisa = make.area().coordinator
    assert kaisa is not None
    Membership.objects.get_or_create(person=kaisa, role="link_worker")
    client.force_login(kaisa, backend="django.contrib.auth.backends.ModelBackend")
    return client


def pressed(client: Client, name: str, *args: Any, **told: Any) -> None:
    answer = client.post(reverse(name, args=args), {"kerran": str(uuid4()), **told})
    assert answer.status_code == 302, answer.content.decode()[-3000:]


def by_pages(client: Client, case: Referral, group: str, time: Time) -> None:
    """From the inbox to the first visit, everything by phone."""
    kaisa = make.area().coordinator
    assert kaisa is not None
    entry = make.group(group)
    pressed(client, "inbox_deed", case.pk, "ota", tekija=str(kaisa.pk))
    pressed(client, "referral_deed", case.pk, "yritys", tulos="reached", kanava="phone")
    pressed(client, "referral_propose", case.pk, kohde=str(entry.pk))
    placement = Placement.objects.get(referral=case)
    at = ("referral_place", case.pk, placement.pk)
    pressed(client, *at, "pyyda", ryhmat=["area", "wish", "name", "contact"], tapa="oral")
    pressed(client, "referral_deed", case.pk, "suunnitelma", polku="")
    pressed(client, *at, "suostuu", kanava="phone")
    happening = hub.date(entry, make.MONDAY + timedelta(days=7))
    pressed(client, *at, "sovi", kerta=str(happening.pk), vastassa="Anneli Rautio", paikka="Uimahalli", mukaan="uikkarit")
    time.to(make.MONDAY + timedelta(days=7, hours=2))
    pressed(client, *at, "kavi", tulos="attended", kanava="phone")
    time.to(make.MONDAY)


def path(case: Referral) -> list[tuple[str, str, str]]:
    return [(row.thing, row.source, row.target) for row in Transition.objects.filter(referral=case)]


def test_3_a_paper_referral_goes_through_the_same_states_by_phone_and_letter_as_its_digital_twin(worker: Client, time: Time) -> None:
    pressed(worker, "refer_paper", **PAPER)
    aino = Referral.objects.get()
    reijo = make.sent(REIJO)
    by_pages(worker, aino, "Vesijumppa", time)
    letters = worker.get(reverse("letters_pdf"))
    by_pages(worker, reijo, "Kuoro", time)
    assert path(aino) == path(reijo)
    assert path(aino)[-1] == ("case", "planned", "active")
    pages = [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(letters.content)).pages]
    assert len(pages) == 3
    assert all("Hei Aino Virtanen" in page and "Kaisa Koordinoija" in page and "017 555 0100" in page for page in pages)
    assert not Message.objects.filter(about=f"referrals.Referral:{aino.pk}", kind="referrals.resident").exists()
    assert orphans() == []
    assert sent_to_nobody() == 0


def test_12_a_withdrawal_by_phone_through_the_desk_shuts_every_door_within_the_minute(worker: Client, time: Time) -> None:
    given = (Given("referral"), Given("companion", ("name",)))
    case, placement, _ = make.scheduled(make.talking(wants_companion=True, permissions=given))
    view, kept = new_token()
    Placement.objects.filter(pk=placement.pk).update(view_digest=kept)
    company = supporting.offer(Support.objects.get(), make.companion(), deed("companions"))
    supporting.answer(company, yes=True)
    visitor = Client()
    assert visitor.get(f"/tulija/{view}/").status_code == 200
    counted = funnel(make.MONDAY.date(), make.MONDAY.date())
    time.to(datetime(2026, 11, 23, 16, 1, tzinfo=ZONE))
    pressed(worker, "referral_deed", case.pk, "peru", kanava="phone", varma="on")
    time.to(datetime(2026, 11, 23, 16, 2, tzinfo=ZONE))
    for path_of in (f"/tulija/{view}/", f"/saattaja/{company}/"):
        answer = visitor.get(path_of)
        assert answer.status_code == 403, path_of
        assert "Reijo" not in answer.content.decode()
    with pytest.raises(Refused, match="withdrawn"):
        answering.see(view)
    asked = Errand.objects.get(kind="deletion_confirmed", done_at=None)
    assert asked.due_at is not None
    assert not saying("peruttu", kind="referrals.feedback").exists()  # nobody allowed it
    assert funnel(make.MONDAY.date(), make.MONDAY.date()) == counted
    assert orphans() == []
