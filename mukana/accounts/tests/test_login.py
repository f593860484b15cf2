"""A code by e-mail lets its owner in: once, for ten minutes, with five tries; nobody learns who has an account."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.core import mail
from django.test import Client
from django.urls import reverse

from mukana.accounts.models import Person
from mukana.audit.models import Trace

pytestmark = pytest.mark.django_db
Ask = Callable[..., str]


def test_the_code_lets_in_and_the_session_gets_a_new_key(client: Client, demo: dict[str, Person], ask_code: Ask) -> None:
    code = ask_code("tiina@mukana.example")
    before = client.session.session_key
    answer = client.post(reverse("account_confirm_login_code"), {"code": code})
    assert answer.headers["Location"] == reverse("desk")
    assert client.get(reverse("desk")).status_code == 200
    assert client.session.session_key != before
    trace = Trace.objects.get(verb="signed_in")
    assert (trace.actor, trace.detail) == (str(demo["tiina"].pk), {"steps": ["code"]})


def test_the_address_may_be_typed_in_capitals_and_the_code_without_its_dash(client: Client, demo: dict[str, Person], ask_code: Ask) -> None:
    code = ask_code(" Tiina@Mukana.example ")
    assert client.post(reverse("account_confirm_login_code"), {"code": code.replace("-", " ")}).headers["Location"] == reverse("desk")


def test_a_code_works_once(client: Client, demo: dict[str, Person], ask_code: Ask) -> None:
    code = ask_code("tiina@mukana.example")
    client.post(reverse("account_confirm_login_code"), {"code": code})
    client.post(reverse("leave"))
    assert client.post(reverse("account_confirm_login_code"), {"code": code}).headers["Location"] == reverse("login")
    other = ask_code("tiina@mukana.example")
    assert other != code
    assert client.post(reverse("account_confirm_login_code"), {"code": code}).status_code == 422


def test_a_code_works_only_in_the_browser_that_asked_for_it(demo: dict[str, Person], ask_code: Ask) -> None:
    code = ask_code("tiina@mukana.example")
    assert Client().post(reverse("account_confirm_login_code"), {"code": code}).headers["Location"] == reverse("login")


def test_a_code_is_refused_after_ten_minutes(
    client: Client, demo: dict[str, Person], ask_code: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, real = ask_code("tiina@mukana.example"), time.time
    monkeypatch.setattr("time.time", lambda: real() + 601)
    assert client.post(reverse("account_confirm_login_code"), {"code": code}).headers["Location"] == reverse("login")
    monkeypatch.setattr("time.time", real)
    assert client.get(reverse("desk")).status_code == 302


def test_the_fifth_wrong_code_ends_the_try_and_the_login_page_says_so(client: Client, demo: dict[str, Person], ask_code: Ask) -> None:
    code = ask_code("tiina@mukana.example")
    for _ in range(4):
        answer = client.post(reverse("account_confirm_login_code"), {"code": "0000-0000"})
        assert answer.status_code == 422
        assert "Koodi ei täsmää" in answer.content.decode()
    answer = client.post(reverse("account_confirm_login_code"), {"code": "0000-0000"})
    assert answer.headers["Location"] == reverse("login")
    assert "Yrityksiä on ollut monta" in client.get(reverse("login")).content.decode()
    assert client.post(reverse("account_confirm_login_code"), {"code": code}).headers["Location"] == reverse("login")
    assert Trace.objects.filter(verb="sign_in.failed").count() == 5


def test_a_saved_session_brings_no_further_tries(client: Client, demo: dict[str, Person], ask_code: Ask) -> None:
    code = ask_code("tiina@mukana.example")
    kept = dict(client.session)
    for _ in range(5):
        session = client.session  # as if all tries had been sent at once, each reading the same session
        session.update(kept)
        session.save()
        client.post(reverse("account_confirm_login_code"), {"code": "0000-0000"})
    session = client.session
    session.update(kept)
    session.save()
    assert client.post(reverse("account_confirm_login_code"), {"code": code}).status_code == 422
    assert client.get(reverse("desk")).status_code == 302


@pytest.mark.parametrize("email", ["kukaan@muualla.example", "paattynyt@mukana.example"])
def test_an_unknown_and_an_ended_account_get_the_same_pages_and_no_message(
    client: Client, demo: dict[str, Person], person: Callable[..., Person], email: str, ask_code: Ask
) -> None:
    ended = person("paattynyt@mukana.example", "it")
    Person.objects.filter(pk=ended.pk).update(active=False)
    assert ask_code(email) == ""
    assert mail.outbox == []
    unknown = client.get(reverse("account_confirm_login_code")).content.decode().replace(email, "X")
    wrong = client.post(reverse("account_confirm_login_code"), {"code": "1234-5678"})
    other = Client()
    other.post(reverse("login"), {"email": "tiina@mukana.example"})
    known = other.get(reverse("account_confirm_login_code")).content.decode().replace("tiina@mukana.example", "X")
    assert without_token(unknown) == without_token(known)
    assert wrong.status_code == other.post(reverse("account_confirm_login_code"), {"code": "1234-5678"}).status_code == 422


def code_in(text: str) -> str:
    (found,) = re.findall(r"\b\d{4}-\d{4}\b", text)
    return str(found)


def without_token(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_asking_again_and_again_is_refused_for_known_and_unknown_alike(demo: dict[str, Person]) -> None:
    for email in ("tiina@mukana.example", "kukaan@muualla.example"):
        answers = [Client().post(reverse("login"), {"email": email}) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [302, 302, 302, 422]
        assert "Yrityksiä on ollut monta" in answers[-1].content.decode()
    assert len(mail.outbox) == 3


@pytest.mark.parametrize(
    "wanted", ["https://paha.example/", "//paha.example/", "/\\paha.example", "javascript:alert(1)", "http:///paha.example"]
)
def test_one_goes_on_only_to_this_very_site(client: Client, demo: dict[str, Person], ask_code: Ask, wanted: str) -> None:
    code = ask_code("tiina@mukana.example", next=wanted)
    answer = client.post(reverse("account_confirm_login_code"), {"code": code, "next": wanted})
    assert answer.headers["Location"] == reverse("desk")


def test_one_goes_on_to_the_page_one_wanted(client: Client, demo: dict[str, Person]) -> None:
    page = client.get(reverse("sources"), follow=True).content.decode()
    assert f'name="next" value="{reverse("sources")}"' in page
    answer = client.post(reverse("login"), {"email": "tiina@mukana.example", "next": reverse("sources")})
    assert "next=" in answer.headers["Location"]
    assert f'name="next" value="{reverse("sources")}"' in client.get(answer.headers["Location"]).content.decode()
    code = code_in(mail.outbox[-1].body)
    assert client.post(reverse("account_confirm_login_code"), {"code": code, "next": reverse("sources")}).headers["Location"] == reverse(
        "sources"
    )


def test_somebody_may_begin_again_with_another_address(client: Client, demo: dict[str, Person], ask_code: Ask) -> None:
    ask_code("tiina@mukana.example")
    assert client.get(reverse("login")).headers["Location"] == reverse("account_confirm_login_code")
    assert client.get(reverse("login"), {"alusta": "1"}).status_code == 200
    assert ask_code("mari@mukana.example")


def test_the_message_goes_over_the_wire_in_finnish(client: Client, demo: dict[str, Person], settings: object) -> None:
    class Box(Message):
        kept: list[object] = []

        def handle_message(self, message: object) -> None:
            self.kept.append(message)

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    post = Controller(Box(), hostname="127.0.0.1", port=port)
    post.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port  # type: ignore[attr-defined]
        client.post(reverse("login"), {"email": "tiina@mukana.example"})
    finally:
        post.stop()
    (message,) = Box.kept
    assert message["To"] == "tiina@mukana.example"  # type: ignore[index]
    text = message.get_payload(decode=True).decode()  # type: ignore[attr-defined]
    assert "Koodi on voimassa 10 minuuttia" in text
    code = code_in(text)
    assert client.post(reverse("account_confirm_login_code"), {"code": code}).headers["Location"] == reverse("desk")


def test_a_silent_mail_server_does_not_tell_who_is_known(
    client: Client, demo: dict[str, Person], settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # type: ignore[attr-defined]
    assert client.post(reverse("login"), {"email": "tiina@mukana.example"}).status_code == 302
    assert "was not sent" in caplog.text


def test_nobody_signs_up_by_themselves(client: Client) -> None:
    for address in ("/kirjaudu/rekisteroidy/", "/accounts/signup/", "/signup/"):
        assert client.post(address, {"email": "uusi@muualla.example"}).status_code in (404, 405, 410)
    assert not Person.objects.filter(email="uusi@muualla.example").exists()
