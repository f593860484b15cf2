"""An organisation's login service says who somebody is; what it says is believed only when every check holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from mukana.accounts.models import Identity, Person
from mukana.accounts.oidc.providers import provider_of, providers
from mukana.accounts.tests.loginservice import CLIENT, SECRET, LoginService
from mukana.audit.models import Trace
from mukana.organisations.models import Organisation

pytestmark = pytest.mark.django_db
LOGIN = "/kirjaudu/organisaatio/kunta/"


@pytest.fixture
def service(settings: object) -> Iterator[LoginService]:
    served = LoginService()
    set_up(settings, served)
    yield served
    served.close()


def set_up(settings: object, service: LoginService, **more: object) -> None:
    row = {"id": "kunta", "name": "Kunnan tunnus", "server_url": service.url, "client_id": CLIENT, "client_secret": SECRET, **more}
    settings.OIDC = json.dumps([row])  # type: ignore[attr-defined]


def come(client: Client, address: str = LOGIN) -> object:
    """Go to the service and come back, as a browser does."""
    there = client.get(address).headers["Location"]
    back = urlsplit(httpx.get(there).headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def test_the_login_page_has_a_button_for_each_service(client: Client, service: LoginService) -> None:
    page = client.get(reverse("login")).content.decode()
    assert "Kunnan tunnus" in page
    assert f'href="{LOGIN}"' in page


def test_somebody_known_by_a_verified_address_comes_in_and_is_remembered(
    client: Client, service: LoginService, demo: dict[str, Person]
) -> None:
    assert come(client).headers["Location"] == reverse("desk")  # type: ignore[attr-defined]
    assert "Tiina Tossavainen" in client.get(reverse("desk")).content.decode()
    identity = Identity.objects.get()
    assert (identity.person, identity.issuer, identity.subject) == (demo["tiina"], service.url, "tiina-1")
    assert Trace.objects.get(verb="signed_in").detail == {"steps": ["oidc"]}


def test_somebody_remembered_comes_in_with_another_address_too(client: Client, service: LoginService, demo: dict[str, Person]) -> None:
    come(client)
    service.who = {"sub": "tiina-1", "email": "uusi@sukunimi.example"}
    other = Client()
    assert come(other).headers["Location"] == reverse("desk")  # type: ignore[attr-defined]
    assert Identity.objects.count() == 1


def test_one_goes_on_to_the_page_one_wanted_and_to_no_other_site(client: Client, service: LoginService, demo: dict[str, Person]) -> None:
    assert come(client, f"{LOGIN}?next=/tyopoyta/lahteet/").headers["Location"] == "/tyopoyta/lahteet/"  # type: ignore[attr-defined]
    assert come(Client(), f"{LOGIN}?next=https://paha.example/").headers["Location"] == reverse("desk")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ("nonce", "Vastaus ei kuulu tähän kirjautumiseen"),
        ("no nonce", "Vastaus ei kuulu tähän kirjautumiseen"),
        ("state", "Vastaus ei kuulu tähän kirjautumiseen"),
        ("issuer", "väärältä palvelulta"),
        ("discovery", "väärältä palvelulta"),
        ("audience", "väärältä palvelulta"),
        ("subject", "väärältä palvelulta"),
        ("expired", "Vastaus oli vanhentunut"),
        ("signature", "allekirjoitus ei täsmää"),
        ("key", "allekirjoitus ei täsmää"),
        ("unsigned", "allekirjoitus ei täsmää"),
        ("shared secret", "allekirjoitus ei täsmää"),
        ("denied", "Keskeytit kirjautumisen"),
        ("broken", "ei vastannut niin kuin piti"),
    ],
)
def test_a_wrong_answer_lets_nobody_in_and_says_why(
    client: Client, service: LoginService, demo: dict[str, Person], wrong: str, sentence: str
) -> None:
    service.wrong = wrong
    if wrong == "discovery":
        answer = client.get(LOGIN)
    else:
        answer = come(client)  # type: ignore[assignment]
    assert answer.status_code == 403
    assert sentence in answer.content.decode()
    assert client.get(reverse("desk")).status_code == 302
    assert not Identity.objects.exists()


def test_a_service_that_is_down_is_told_so(client: Client, service: LoginService) -> None:
    service.close()
    assert "ei vastannut niin kuin piti" in client.get(LOGIN).content.decode()


def test_an_answer_works_once_and_only_in_the_browser_that_asked(client: Client, service: LoginService, demo: dict[str, Person]) -> None:
    there = client.get(LOGIN).headers["Location"]
    back = urlsplit(httpx.get(there).headers["Location"])
    assert Client().get(f"{back.path}?{back.query}").status_code == 403
    assert client.get(f"{back.path}?{back.query}").status_code == 302
    client.post(reverse("leave"))
    assert client.get(f"{back.path}?{back.query}").status_code == 403


def test_the_question_carries_state_nonce_and_a_challenge(client: Client, service: LoginService) -> None:
    asked = parse_qs(urlsplit(client.get(LOGIN).headers["Location"]).query)
    assert {"state", "nonce", "code_challenge"} <= set(asked)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://localhost:8000/kirjaudu/organisaatio/kunta/paluu/"]


@pytest.mark.parametrize("who", [{"sub": "x", "email": "kukaan@kunta.example", "email_verified": True}, {"sub": "y"}])
def test_an_unknown_person_is_told_whom_to_ask(
    client: Client, service: LoginService, demo: dict[str, Person], who: dict[str, object]
) -> None:
    service.who = who
    answer = come(client)
    assert answer.status_code == 403  # type: ignore[attr-defined]
    assert "Sinulla ei ole vielä tunnusta" in answer.content.decode()  # type: ignore[attr-defined]
    assert Person.objects.filter(demo=False).count() == 0


@pytest.mark.parametrize("verified", [False, None, "false", 0])
def test_an_address_that_is_not_verified_joins_nobody(
    client: Client, service: LoginService, demo: dict[str, Person], verified: object
) -> None:
    service.who = {"sub": "hyökkääjä", "email": "tiina@mukana.example", "email_verified": verified}
    assert "Sinulla ei ole vielä tunnusta" in come(client).content.decode()  # type: ignore[attr-defined]
    assert not Identity.objects.exists()


def test_a_service_may_be_trusted_in_its_addresses_by_a_setting(
    client: Client, service: LoginService, demo: dict[str, Person], settings: object
) -> None:
    set_up(settings, service, trust_email=True)
    service.who = {"sub": "entra", "email": "Tiina@mukana.example"}
    assert come(client).headers["Location"] == reverse("desk")  # type: ignore[attr-defined]


def test_an_ended_account_stays_ended(client: Client, service: LoginService, demo: dict[str, Person]) -> None:
    come(client)
    Person.objects.filter(email="tiina@mukana.example").update(active=False)
    assert "on päättynyt" in come(Client()).content.decode()  # type: ignore[attr-defined]


def test_a_group_gives_a_new_person_a_role(
    client: Client, service: LoginService, settings: object, organisation: Callable[..., Organisation]
) -> None:
    seura = organisation("Verlan seura", business_id="0201256-6")
    set_up(settings, service, groups={"hyte": "coordinator", "seurat": {"role": "organiser", "organisation": "0201256-6"}})
    service.who = {
        "sub": "u",
        "name": "Uusi  Ihminen",
        "email": "uusi@kunta.example",
        "email_verified": True,
        "groups": ["hyte", "seurat", "x"],
    }
    assert come(client).headers["Location"] == reverse("desk")  # type: ignore[attr-defined]
    made = Person.objects.get(email="uusi@kunta.example")
    assert made.name == "Uusi Ihminen"
    assert {(row.role, row.organisation) for row in made.memberships.all()} == {("coordinator", None), ("organiser", seura)}


def test_a_group_of_an_unknown_organisation_makes_nobody(client: Client, service: LoginService, settings: object) -> None:
    set_up(settings, service, groups={"seurat": {"role": "organiser", "organisation": "0201256-6"}})
    service.who = {"sub": "u", "email": "uusi@kunta.example", "email_verified": True, "groups": "seurat"}
    assert "jota Mukana ei tunne" in come(client).content.decode()  # type: ignore[attr-defined]
    assert not Person.objects.exists()


def test_somebody_logged_in_joins_their_organisations_account(
    client: Client, service: LoginService, demo: dict[str, Person], log_in: Callable[[Person], Client]
) -> None:
    service.who = {"sub": "suomi.fi-123"}  # no address at all
    log_in(demo["mari"])
    assert come(client).headers["Location"] == reverse("own_account")  # type: ignore[attr-defined]
    assert come(client).headers["Location"] == reverse("own_account")  # type: ignore[attr-defined]
    assert service.url in client.get(reverse("own_account")).content.decode()
    assert come(Client()).headers["Location"] == reverse("desk")  # type: ignore[attr-defined]
    other = Client()
    other.force_login(demo["outi"], backend="django.contrib.auth.backends.ModelBackend")
    assert "kuuluu jo toiselle" in come(other).content.decode()  # type: ignore[attr-defined]


def test_joining_does_not_end_on_somebody_elses_account(
    client: Client, service: LoginService, demo: dict[str, Person], log_in: Callable[[Person], Client]
) -> None:
    log_in(demo["mari"])
    there = client.get(LOGIN).headers["Location"]
    kept = client.session["oidc"]
    log_in(demo["outi"])
    session = client.session
    session["oidc"] = kept
    session.save()
    back = urlsplit(httpx.get(there).headers["Location"])
    assert client.get(f"{back.path}?{back.query}").status_code == 403
    assert not Identity.objects.exists()


def test_an_unknown_service_is_not_found(client: Client, service: LoginService) -> None:
    assert client.get("/kirjaudu/organisaatio/muu/").status_code == 404


@pytest.mark.parametrize(
    "setting",
    [
        "{",
        "{}",
        '[{"id": "a"}]',
        '[{"id": "a", "name": "A", "server_url": "http://kunta.example", "client_id": "c", "client_secret": "s"}]',
        '[{"id": "a", "name": "A", "server_url": "https://k.fi", "client_id": "c", "client_secret": "s", "grups": {}}]',
        '[{"id": "a", "name": "A", "server_url": "https://k.fi", "client_id": "c", "client_secret": "s", "groups": {"g": "kuningas"}}]',
        '[{"id": "a", "name": "A", "server_url": "https://k.fi", "client_id": "c", "client_secret": "s", "groups": {"g": "organiser"}}]',
    ],
)
def test_a_setting_that_cannot_be_right_is_refused(settings: object, setting: str) -> None:
    settings.OIDC = setting  # type: ignore[attr-defined]
    with pytest.raises(ImproperlyConfigured, match="MUKANA_OIDC"):
        providers()


def test_the_addresses_of_entra_and_keycloak_are_read_as_they_are_given(settings: object) -> None:
    base = {"name": "A", "client_id": "c", "client_secret": "s"}
    settings.OIDC = json.dumps(  # type: ignore[attr-defined]
        [
            {"id": "entra", "server_url": "https://login.microsoftonline.com/tenant/v2.0", **base},
            {"id": "kc", "server_url": "https://sso.kunta.fi/realms/kunta/.well-known/openid-configuration", **base},
        ]
    )
    entra, keycloak = provider_of("entra"), provider_of("kc")
    assert entra is not None
    assert keycloak is not None
    assert entra.discovery_url == "https://login.microsoftonline.com/tenant/v2.0/.well-known/openid-configuration"
    assert keycloak.discovery_url == "https://sso.kunta.fi/realms/kunta/.well-known/openid-configuration"
    assert keycloak.expected_issuer == "https://sso.kunta.fi/realms/kunta"
