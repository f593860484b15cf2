"""A second step for those who took one: an application or a recovery code; secrets stand encrypted."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from mukana.accounts.models import Person
from mukana.audit.models import Trace

pytestmark = pytest.mark.django_db
Ask = Callable[..., str]
Commits = Callable[..., AbstractContextManager[object]]


def number(secret: str, late: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 - late))


@pytest.fixture
def secret(client: Client, demo: dict[str, Person], ask_code: Ask, django_capture_on_commit_callbacks: Commits) -> str:
    """Tiina has taken an application into use."""
    client.post(reverse("account_confirm_login_code"), {"code": ask_code("tiina@mukana.example")})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    found = re.search(r'class="secret">([A-Z2-7]+)<', page)
    assert found
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("mfa_activate_totp"), {"code": number(found[1])})
    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    return found[1]


def codes_of(page: str) -> list[str]:
    return re.findall(r"<code>(\d{8})</code>", page)


@pytest.fixture
def recovery(client: Client, secret: str) -> list[str]:
    return codes_of(client.get(reverse("mfa_view_recovery_codes")).content.decode())


def second(client: Client, ask_code: Ask) -> None:
    """Log in as Tiina up to the second step."""
    cache.clear()
    if client.session.get("_auth_user_id"):
        client.post(reverse("leave"))
    code = ask_code("tiina@mukana.example")
    assert client.post(reverse("account_confirm_login_code"), {"code": code}).headers["Location"] == reverse("mfa_authenticate")


def test_the_page_draws_the_code_as_svg_without_style_and_names_the_person(client: Client, demo: dict[str, Person], ask_code: Ask) -> None:
    client.post(reverse("account_confirm_login_code"), {"code": ask_code("tiina@mukana.example")})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    assert "<svg" in page
    assert "style=" not in page


def test_the_email_code_alone_lets_in_no_further_than_the_second_step(client: Client, secret: str, ask_code: Ask) -> None:
    second(client, ask_code)
    assert client.get(reverse("desk")).headers["Location"].startswith(reverse("login"))
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 422
    cache.clear()
    assert client.post(reverse("mfa_authenticate"), {"code": number(secret, late=-1)}).headers["Location"] == reverse("desk")
    assert Trace.objects.filter(verb="signed_in").first().detail == {"steps": ["code", "totp"]}  # type: ignore[union-attr]


def test_the_same_number_works_once(client: Client, secret: str, ask_code: Ask) -> None:
    used = number(secret, late=-1)
    second(client, ask_code)
    client.post(reverse("mfa_authenticate"), {"code": used})
    code = ask_code("tiina@mukana.example") if client.post(reverse("leave")) else ""
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert client.post(reverse("mfa_authenticate"), {"code": used}).status_code == 422


def test_guessing_the_second_step_ends_after_five_tries(client: Client, secret: str, ask_code: Ask) -> None:
    second(client, ask_code)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    answer = client.post(reverse("mfa_authenticate"), {"code": number(secret, late=-1)})
    assert answer.status_code == 422
    assert "Yrityksiä on ollut monta" in answer.content.decode()


@pytest.mark.django_db(transaction=True)  # what is done at the end of a transaction is kept in the session
def test_recovery_codes_are_shown_once_and_each_works_once(client: Client, recovery: list[str], ask_code: Ask) -> None:
    assert len(set(recovery)) == 10
    assert codes_of(client.get(reverse("mfa_view_recovery_codes")).content.decode()) == []
    second(client, ask_code)
    assert client.post(reverse("mfa_authenticate"), {"code": recovery[3]}).headers["Location"] == reverse("desk")
    assert "jäljellä 9" in client.get(reverse("own_account")).content.decode()
    second(client, ask_code)
    assert client.post(reverse("mfa_authenticate"), {"code": recovery[3]}).status_code == 422


def test_secrets_stand_encrypted_in_the_database(secret: str) -> None:
    rows = {row.type: str(row.data) for row in Authenticator.objects.all()}
    assert set(rows) == {"totp", "recovery_codes"}
    assert secret not in rows["totp"]


def test_the_protection_changes_only_after_the_second_step_is_given_again(client: Client, secret: str) -> None:
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert answer.headers["Location"].startswith(reverse("mfa_reauthenticate"))
    assert Authenticator.objects.filter(type="totp").exists()
    answer = client.post(answer.headers["Location"], {"code": number(secret, late=-1), "next": reverse("mfa_deactivate_totp")})
    assert answer.headers["Location"] == reverse("own_account")
    assert not Authenticator.objects.exists()


def test_the_owner_is_told_of_changes_by_email(secret: str) -> None:
    (told,) = [message for message in mail.outbox if "muutettiin" in message.subject]
    assert told.to == ["tiina@mukana.example"]
    assert "lisättiin todennussovellus" in told.body


def test_a_login_by_the_organisation_asks_the_second_step_too(
    client: Client, secret: str, demo: dict[str, Person], settings: object
) -> None:
    from mukana.accounts.tests.loginservice import LoginService
    from mukana.accounts.tests.test_oidc import come, set_up

    client.post(reverse("leave"))
    service = LoginService()
    set_up(settings, service)
    assert come(client).headers["Location"] == reverse("mfa_authenticate")  # type: ignore[attr-defined]
    service.close()


def test_a_one_time_link_asks_the_second_step_too(client: Client, secret: str, demo: dict[str, Person]) -> None:
    from mukana.accounts.actions import make_login_link

    client.post(reverse("leave"))
    assert client.post(reverse("enter", args=[make_login_link(demo["tiina"])])).headers["Location"] == reverse("mfa_authenticate")
