"""The main user adds people, gives and takes roles, ends and brings back; never themselves; everything leaves a trace."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from mukana.accounts.actions import people as actions
from mukana.accounts.models import Membership, Person
from mukana.accounts.queries import can
from mukana.audit.models import Trace
from mukana.organisations.models import Organisation

pytestmark = pytest.mark.django_db
Make = Callable[..., Organisation]
MakePerson = Callable[..., Person]
LogIn = Callable[[Person], Client]


def test_the_first_account_is_made_on_the_command_line(organisation: Make, capsys: pytest.CaptureFixture[str]) -> None:
    organisation("Verlan seura")
    call_command("add_person", "Paula@Kunta.example", "Paula  Pääkäyttäjä", "it")
    call_command("add_person", "seura@verla.example", "Seppo Seura", "organiser", "--organisation", "verlan")
    assert "Pääkäyttäjä, koko alue" in capsys.readouterr().out
    paula, seppo = Person.objects.get(email="paula@kunta.example"), Person.objects.get(email="seura@verla.example")
    assert (paula.name, paula.demo, can(paula, "people.manage")) == ("Paula Pääkäyttäjä", False, True)
    assert str(seppo.memberships.get().organisation) == "Verlan seura"
    assert Trace.objects.filter(verb="person.added", actor="system").count() == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("tiina@mukana.example", "T", "it"), "on jo tunnus"),
        (("uusi@kunta.example", "U", "kuningas"), "Roolia kuningas ei ole"),
        (("uusi@kunta.example", "U", "organiser"), "aina jossakin organisaatiossa"),
        (("uusi@kunta.example", "U", "organiser", "--organisation", "Ei ole"), "Organisaatiota Ei ole ei ole"),
        (("uusi@kunta.example", "U", "organiser", "--organisation", "seura"), "Tarkoititko"),
        (("uusi", "U", "it"), "ei ole sähköpostiosoite"),
    ],
)
def test_a_wrong_command_says_what_is_wrong(demo: dict[str, Person], organisation: Make, arguments: tuple[str, ...], sentence: str) -> None:
    organisation("Verlan seura"), organisation("Kuusaan seura")
    with pytest.raises(CommandError, match=sentence):
        call_command("add_person", *arguments)
    assert Person.objects.filter(demo=False).count() == 0


def test_the_main_user_adds_a_person_with_a_role(demo: dict[str, Person], organisation: Make, log_in: LogIn) -> None:
    organisation("Verlan seura"), organisation("Verlan seurakunta")
    client = log_in(demo["pekka"])
    words = {"name": "Seppo Seura", "email": "Seppo@Verla.example", "role": "organiser", "organisation": "verlan seura"}
    answer = client.post(reverse("person_new"), words)
    made = Person.objects.get(email="seppo@verla.example")
    assert answer.headers["Location"] == reverse("person", args=[made.pk]) + "?tehty=lisatty"
    assert "Järjestäjä, Verlan seura" in client.get(reverse("people")).content.decode()
    assert {trace.verb for trace in Trace.objects.filter(actor=str(demo["pekka"].pk))} == {"person.added", "role.given"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"organisation": ""}, "aina jossakin organisaatiossa"),
        ({"organisation": "Verla"}, "Tarkoititko jotain näistä"),
        ({"organisation": "Jotain muuta"}, "organisaatiota ei ole"),
        ({"email": "tiina@mukana.example"}, "on jo tunnus"),
        ({"name": "12"}, "Kirjoita etunimi"),
        ({"role": "kuningas"}, "kuningas"),
    ],
)
def test_what_is_missing_of_a_new_person_is_said(
    demo: dict[str, Person], organisation: Make, log_in: LogIn, change: dict[str, str], sentence: str
) -> None:
    organisation("Verlan seura"), organisation("Verlan seurakunta")
    words = {"name": "Seppo Seura", "email": "s@verla.example", "role": "organiser", "organisation": "Verlan seura", **change}
    answer = log_in(demo["pekka"]).post(reverse("person_new"), words)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Person.objects.filter(demo=False).exists()


def test_roles_are_given_and_taken(demo: dict[str, Person], log_in: LogIn) -> None:
    client, henna = log_in(demo["pekka"]), demo["henna"]
    client.post(reverse("person", args=[henna.pk]), {"role": "link_worker"})
    client.post(reverse("person", args=[henna.pk]), {"role": "link_worker"})
    given = henna.memberships.get(role="link_worker")
    assert Trace.objects.filter(verb="role.given").count() == 1
    client.post(reverse("role_take", args=[henna.pk, given.pk]))
    assert set(henna.memberships.values_list("role", flat=True)) == {"professional"}
    assert Trace.objects.get(verb="role.taken").detail["role"] == "link_worker"


def test_an_ended_person_is_out_at_once_and_can_be_brought_back(
    demo: dict[str, Person], log_in: LogIn, ask_code: Callable[..., str]
) -> None:
    browser = Client()
    code = ""
    from django.core import mail

    browser.post(reverse("login"), {"email": "henna@mukana.example"})
    code = next(word for word in mail.outbox[-1].body.split() if "-" in word and word.replace("-", "").isdigit())
    browser.post(reverse("account_confirm_login_code"), {"code": code})
    assert browser.get(reverse("desk")).status_code == 200
    main = log_in(demo["pekka"])
    address = reverse("person", args=[demo["henna"].pk])
    main.post(f"{address}paata/")
    assert browser.get(reverse("desk")).status_code == 302
    assert "Palauta tunnus" in main.get(address).content.decode()
    main.post(f"{address}palauta/")
    assert Person.objects.get(pk=demo["henna"].pk).active
    assert {"person.ended", "person.brought back"} <= set(Trace.objects.values_list("verb", flat=True))


def test_nobody_changes_themselves(demo: dict[str, Person], log_in: LogIn) -> None:
    client, pekka = log_in(demo["pekka"]), demo["pekka"]
    address = reverse("person", args=[pekka.pk])
    assert "Tämä olet sinä" in client.get(address).content.decode()
    for deed in ("paata", "palauta", "unohda-toinen-vaihe"):
        assert client.post(f"{address}{deed}/").status_code == 409
    assert client.post(reverse("role_take", args=[pekka.pk, pekka.memberships.get().pk])).status_code == 409
    assert client.post(address, {"role": "coordinator"}).status_code == 422
    assert Person.objects.get(pk=pekka.pk).active
    assert list(pekka.memberships.values_list("role", flat=True)) == ["it"]


def test_a_lost_phone_is_forgotten(demo: dict[str, Person], log_in: LogIn) -> None:
    Authenticator.objects.create(user=demo["henna"], type="totp", data={"secret": "x"})
    client = log_in(demo["pekka"])
    address = reverse("person", args=[demo["henna"].pk])
    assert "Poista toinen vaihe" in client.get(address).content.decode()
    client.post(f"{address}unohda-toinen-vaihe/")
    assert not Authenticator.objects.exists()


def test_a_main_user_of_one_organisation_reaches_only_its_people(organisation: Make, person: MakePerson, log_in: LogIn) -> None:
    kunta, muu = organisation("Kunta"), organisation("Muu")
    yksikko = organisation("Liikunta", parent=kunta)
    boss = person("boss@kunta.example", "it", kunta)
    own, other = person("oma@kunta.example", "instructor", yksikko), person("muu@muu.example", "instructor", muu)
    both = person("molemmat@kunta.example", "instructor", yksikko)
    Membership.objects.create(person=both, role="coordinator", organisation=None)
    client = log_in(boss)
    page = client.get(reverse("people")).content.decode()
    assert "oma@kunta.example" in page
    assert "muu@muu.example" not in page
    assert client.get(reverse("person", args=[other.pk])).status_code == 403
    assert client.post(f"{reverse('person', args=[both.pk])}paata/").status_code == 409
    assert client.post(reverse("person", args=[own.pk]), {"role": "it", "organisation": ""}).status_code == 422
    assert client.post(reverse("person", args=[own.pk]), {"role": "it", "organisation": "Muu"}).status_code == 422
    assert client.post(reverse("person", args=[own.pk]), {"role": "supervisor", "organisation": "Liikunta"}).status_code == 302
    with pytest.raises(actions.PeopleRefused, match="permission"):
        actions.take_role(both.memberships.get(role="coordinator"), by=boss)
    with pytest.raises(actions.PeopleRefused, match="permission"):
        actions.end_person(person("ilman@rooleja.example"), by=boss)


def test_the_table_of_roles_stands_in_sentences(demo: dict[str, Person], log_in: LogIn) -> None:
    page = log_in(demo["pekka"]).get(reverse("roles")).content.decode()
    assert "Tietosuojavastaava" in page
    assert "Lisää käyttäjiä ja muuttaa heidän roolejaan." in page


def test_one_changes_ones_own_name_and_logs_out_elsewhere(client: Client, demo: dict[str, Person], ask_code: Callable[..., str]) -> None:
    client.post(reverse("account_confirm_login_code"), {"code": ask_code("henna@mukana.example")})
    other = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/131.0"})
    from django.core import mail

    other.post(reverse("login"), {"email": "henna@mukana.example"})
    code = next(word for word in mail.outbox[-1].body.split() if word.replace("-", "").isdigit() and "-" in word)
    other.post(reverse("account_confirm_login_code"), {"code": code})
    page = client.get(reverse("own_account")).content.decode()
    assert "Firefox, Windows" in page
    client.post(reverse("end_other_sessions"))
    assert other.get(reverse("desk")).status_code == 302
    assert client.post(reverse("own_account"), {"name": "Henna  Uusi"}).status_code == 302
    assert client.post(reverse("own_account"), {"name": " "}).status_code == 422
    assert Person.objects.get(pk=demo["henna"].pk).name == "Henna Uusi"
