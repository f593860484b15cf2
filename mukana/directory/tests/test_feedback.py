"""A visitor's word is taken in once, answered within 14 days, and its contact forgotten."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from mukana.accounts.models import Membership, Person
from mukana.audit.models import Trace
from mukana.directory.actions import feedback as actions
from mukana.directory.models import Feedback
from mukana.directory.queries.feedback import unanswered
from mukana.directory.tests import make

pytestmark = pytest.mark.django_db
WORD = {"topic": "wrong_fact", "text": "Aika on vaihtunut.", "contact": "raili@example.fi", "website": ""}


@pytest.fixture
def coordinator(client: Client) -> Person:
    person = Person.objects.create_person("tiina@example.fi", "Tiina")
    Membership.objects.create(person=person, role="coordinator")
    client.force_login(person)
    return person


def test_a_word_is_kept_with_its_entry_and_a_due_day_14_days_ahead(client: Client) -> None:
    group = make.group()
    response = client.post(f"/palaute/?kohde={group.pk}", WORD)
    assert response.headers["Location"] == "/palaute/kiitos/"
    word = Feedback.objects.get()
    assert (word.entry, word.text, word.due_on) == (group, "Aika on vaihtunut.", date(2026, 12, 6))
    assert Trace.objects.get().verb == "feedback.sent"
    assert "su\xa06.12." in client.get("/palaute/kiitos/").content.decode()


def test_nothing_typed_is_lost_when_something_is_missing(client: Client) -> None:
    response = client.post("/palaute/", {**WORD, "topic": ""})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Valitse, mistä on kyse." in page
    assert "Aika on vaihtunut." in page
    assert "raili@example.fi" in page
    assert 'href="#id_topic"' in page
    assert not Feedback.objects.exists()


def test_too_long_a_word_is_told_in_numbers(client: Client) -> None:
    page = client.post("/palaute/", {**WORD, "text": "a" * 2001}).content.decode()
    assert "enintään 2000 merkkiä, nyt 2001" in page


def test_a_machine_that_fills_the_trap_is_thanked_and_forgotten(client: Client) -> None:
    assert client.post("/palaute/", {**WORD, "website": "http://spam.example"}).status_code == 302
    assert not Feedback.objects.exists()


def test_a_strange_entry_in_the_address_is_no_obstacle(client: Client) -> None:
    assert client.get("/palaute/?kohde=xyz").status_code == 200


def test_only_those_who_answer_see_the_words(client: Client) -> None:
    assert client.get("/tyopoyta/palautteet/").status_code == 302
    person = Person.objects.create_person("opas@example.fi", "Opas")
    Membership.objects.create(person=person, role="instructor")
    client.force_login(person)
    assert client.get("/tyopoyta/palautteet/").status_code == 403


def test_looking_at_what_somebody_told_of_themselves_leaves_a_trace(client: Client, coordinator: Person) -> None:
    word = actions.send(topic="idea", text="Lisää tansseja.", contact="05 000 1")
    actions.send(topic="idea", text="Nimettä.")
    client.get("/tyopoyta/palautteet/")
    assert list(Trace.objects.filter(verb="read", actor=str(coordinator.pk)).values_list("thing", flat=True)) == [
        f"directory.Feedback:{word.pk}"
    ]


def test_the_most_urgent_word_is_first_and_a_late_one_says_so(client: Client, coordinator: Person) -> None:
    actions.send(topic="idea", text="Lisää tansseja.")
    Feedback.objects.update(due_on=date(2026, 11, 20))
    actions.send(topic="other", text="Kiitos.")
    page = client.get("/tyopoyta/palautteet/").content.decode()
    assert page.index("Lisää tansseja.") < page.index("Kiitos.")
    assert page.count("Myöhässä, viimeistään") == 1
    assert "2 palautetta odottaa vastausta" in page


def test_an_answer_is_written_down_audited_and_the_contact_forgotten(client: Client, coordinator: Person) -> None:
    word = actions.send(topic="wrong_fact", text="Aika on väärin.", contact="05 000 1")
    response = client.post(f"/tyopoyta/palautteet/{word.pk}/", {f"{word.pk}-text": "Soitin ja korjasin ajan."})
    assert response.headers["Location"] == "/tyopoyta/palautteet/?tehty=vastattu"
    word.refresh_from_db()
    assert (word.answer, word.answered_by, word.contact) == ("Soitin ja korjasin ajan.", coordinator, "")
    assert Trace.objects.filter(verb="feedback.answered", actor=str(coordinator.pk)).count() == 1


def test_an_empty_answer_is_refused_in_place(client: Client, coordinator: Person) -> None:
    word = actions.send(topic="idea", text="Lisää tansseja.")
    response = client.post(f"/tyopoyta/palautteet/{word.pk}/", {})
    assert response.status_code == 422
    assert "Kirjoita vastaus." in response.content.decode()


def test_a_second_answer_does_not_replace_the_first(client: Client, coordinator: Person) -> None:
    word = actions.send(topic="idea", text="Lisää tansseja.")
    actions.answer(word, text="Välitetty.", by=coordinator)
    response = client.post(f"/tyopoyta/palautteet/{word.pk}/", {f"{word.pk}-text": "Toinen."})
    assert response.status_code == 409
    word.refresh_from_db()
    assert word.answer == "Välitetty."


def test_an_identity_code_is_refused_and_nothing_is_kept(client: Client) -> None:
    response = client.post("/palaute/", {**WORD, "text": "Olen 131052-308T."})
    assert response.status_code == 422
    assert "Poista henkilötunnus" in response.content.decode()
    assert not Feedback.objects.exists()


def test_the_desk_counts_what_is_unanswered_and_says_what_was_done(client: Client, coordinator: Person) -> None:
    Client().post("/palaute/", WORD)
    word = Feedback.objects.get()
    assert unanswered() == 1
    page = client.post(f"/tyopoyta/palautteet/{word.pk}/", {f"{word.pk}-text": "Korjattu."}, follow=True).content.decode()
    assert "Merkitty vastatuksi." in page
    assert unanswered() == 0
