"""A wellbeing referral follows the region's practice agreement, and says which version."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from mukana.guidance.actions.agreements import accept, agree
from mukana.guidance.models import REFERRAL
from mukana.referrals.models import Referral
from mukana.referrals.tests import make
from mukana.referrals.tests.make import Time
from mukana.referrals.tests.test_refer_pages import filled, said

pytestmark = pytest.mark.django_db


def agreed(version: str, cards: list[str]) -> None:
    facts: dict[str, Any] = {
        "title": "Lähettämisen käytäntö", "version": version, "cards": cards, "contact_name": "Outi", "contact_phone": "05 000 1210",
        "rhythm": "kaksi kertaa vuodessa", "review_on": date(2027, 5, 1),
    }  # fmt: skip
    accept(agree(facts, by="outi"), "Puijon yhdistys ry", "Anneli", by="outi")


def test_the_form_shows_the_agreement_in_force_and_the_referral_keeps_its_version(client: Client, time: Time) -> None:
    make.area()
    client.force_login(make.person("professional", "Henna Hoitaja"), backend="django.contrib.auth.backends.ModelBackend")
    agreed("1", [REFERRAL])
    form = said(client.get("/tyopoyta/laheta/"))
    assert "Lähettämisen käytäntö" in form
    assert "Puijon yhdistys ry" in form
    assert "kaksi kertaa vuodessa" in form
    client.post("/tyopoyta/laheta/", filled())
    agreed("2", [REFERRAL, "loneliness"])
    case = Referral.objects.get()
    assert case.followed == ["Lähettämisen käytäntö 1"]
    assert "Lähettämisen käytäntö 1" in said(client.get(f"/tyopoyta/omat-lahetteet/{case.pk}/"))


def test_an_agreement_of_cards_alone_is_not_on_referrals(client: Client, time: Time) -> None:
    agreed("1", ["loneliness"])
    assert make.sent().followed == []


def test_the_link_workers_case_page_says_what_it_follows(client: Client, time: Time) -> None:
    agreed("3", [REFERRAL])
    case = make.acknowledged()
    assert case.link_worker is not None
    client.force_login(case.link_worker, backend="django.contrib.auth.backends.ModelBackend")
    assert "Lähettämisen käytäntö 3" in said(client.get(f"/tyopoyta/hyvinvointilahete/{case.pk}/"))
