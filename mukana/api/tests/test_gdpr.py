"""A person gets their own data and has it erased with a token of their login service, and nobody else does."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import jwt
import pytest
from django.test import Client

from mukana.accounts.models import Identity, Person
from mukana.accounts.tests.loginservice import CLIENT, SECRET, LoginService
from mukana.audit.models import Trace
from mukana.lib import personal
from mukana.lib.clock import now
from mukana.lib.personal import Obstacle, Told

SUBJECT = "5f3bb5a8-4a35-4c25-9d15-6c6b0a6f2a11"
ADDRESS = f"/gdpr-api/v1/user/{SUBJECT}"
Sign = Callable[..., dict[str, str]]


@pytest.fixture
def service(settings: Any) -> Iterator[LoginService]:
    found = LoginService()
    settings.OIDC = json.dumps(
        [{"id": "tunnistus", "name": "Tunnistus", "server_url": found.url, "client_id": CLIENT, "client_secret": SECRET}]
    )
    settings.GDPR = json.dumps({"provider": "tunnistus", "audience": "mukana-gdpr"})
    yield found
    found.close()


@pytest.fixture
def person(db: None, service: LoginService) -> Person:
    made = Person.objects.create_person("maija.meika@mukana.example", "Maija Meikä")
    made.memberships.create(role="organiser")
    Identity.objects.create(person=made, issuer=service.url, subject=SUBJECT, made_at=now())
    return made


@pytest.fixture
def sign(service: LoginService) -> Sign:
    def bearer(*scopes: str, key: Any = None, **changed: Any) -> dict[str, str]:
        told = {
            "iss": service.url,
            "sub": SUBJECT,
            "aud": "mukana-gdpr",
            "exp": int(time.time()) + 300,
            "authorization": {"permissions": [{"scopes": list(scopes)}]},
            **changed,
        }
        kid = service._keys()["keys"][0]["kid"]
        return {"authorization": f"Bearer {jwt.encode(told, key or service.key, algorithm='RS256', headers={'kid': kid})}"}

    return bearer


def test_everything_is_told_as_a_tree(person: Person, client: Client, sign: Sign) -> None:
    answer = client.get(ADDRESS, headers=sign("gdprquery"))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    told = answer.json()
    assert set(told) == {"key", "label", "children"}
    (account,) = [child for child in told["children"] if child["key"] == "ACCOUNT"]
    assert {(leaf["key"], leaf["value"]) for leaf in account["children"]} >= {("NAME", "Maija Meikä"), ("ROLE", "Järjestäjä")}
    assert Trace.objects.filter(verb="gave a person their data").count() == 1


def test_a_dry_run_erases_nothing_and_the_real_one_all(person: Person, client: Client, sign: Sign) -> None:
    assert client.delete(f"{ADDRESS}?dry_run=true", headers=sign("gdprdelete")).status_code == 204
    person.refresh_from_db()
    assert person.name == "Maija Meikä"
    assert client.delete(ADDRESS, headers=sign("gdprdelete")).status_code == 204
    person.refresh_from_db()
    assert (person.active, person.memberships.count(), "maija" in f"{person.name}{person.email}".lower()) == (False, 0, False)
    assert client.get(ADDRESS, headers=sign("gdprquery")).status_code == 404


def test_what_stands_in_the_way_of_one_app_leaves_everything(
    person: Person, client: Client, sign: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(personal, "_holders", dict(personal._holders))
    obstacle = Obstacle("referral_open", {"fi": "Lähete on kesken.", "sv": "Remissen är öppen.", "en": "A referral is open."})
    personal.declare("referrals", lambda _person: Told("REFERRALS", {"fi": "Lähetteet"}, 1), lambda _person, _dry: [obstacle])
    answer = client.delete(ADDRESS, headers=sign("gdprdelete"))
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (403, "referral_open")
    person.refresh_from_db()
    assert person.active
    keys = [child["key"] for child in client.get(ADDRESS, headers=sign("gdprquery")).json()["children"]]
    assert {"REFERRALS", "ACCOUNT"} <= set(keys)


def test_the_only_main_user_stays(person: Person, client: Client, sign: Sign) -> None:
    person.memberships.create(role="it")
    assert client.delete(ADDRESS, headers=sign("gdprdelete")).json()["errors"][0]["code"] == "only_main_user"


def test_a_token_that_says_too_little_or_is_not_believed_opens_nothing(
    person: Person, client: Client, sign: Sign, service: LoginService
) -> None:
    asked = {
        401: [{}, {"authorization": "Basic x"}, {"authorization": "Bearer x.y.z"}, sign("gdprquery", key=service.other_key),
              sign("gdprquery", aud="muu"), sign("gdprquery", exp=1), sign("gdprquery", iss="https://muu.example")],
        403: [sign(), sign("gdprdelete"), sign("gdprquery", sub="joku-muu")],
    }  # fmt: skip
    for status, every in asked.items():
        assert [client.get(ADDRESS, headers=headers).status_code for headers in every] == [status] * len(every)
    assert client.delete(ADDRESS, headers=sign("gdprquery")).status_code == 403
    assert client.post(ADDRESS, headers=sign("gdprquery")).status_code == 405


def test_without_the_setting_there_is_nothing(db: None, client: Client, settings: Any) -> None:
    settings.GDPR = ""
    assert client.get(ADDRESS).status_code == 404
