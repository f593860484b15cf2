"""Somebody who opens another one's page keeps the way back to their own."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from mukana.accounts.actions import make_demo_accounts
from mukana.accounts.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def professional(client: Client) -> Client:
    make_demo_accounts()
    client.force_login(Person.objects.get(email="henna@mukana.example"), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize(("address", "status"), [("/tyopoyta/lahteet/", 403), ("/tyopoyta/ei-ole/", 404)])
def test_an_error_on_the_desk_keeps_the_desks_menu(professional: Client, address: str, status: int) -> None:
    answer = professional.get(address)
    assert answer.status_code == status
    assert "Työpöydän valikko" in answer.content.decode()
    assert reverse("desk") in answer.content.decode()


def test_a_visitors_error_has_the_visitors_menu(client: Client) -> None:
    answer = client.get("/tyopoyta/ei-ole/")
    assert answer.status_code == 404
    assert "Työpöydän valikko" not in answer.content.decode()
