"""The paper referral: the questions of the screen, in three languages, with the way back for staff."""

from __future__ import annotations

import io

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from mukana.directory.tests import make as hub
from mukana.guidance.models import Unit
from mukana.referrals import labels
from mukana.referrals.paper_form import blank
from mukana.referrals.queries.paper_units import code_of, unit_of
from mukana.referrals.tests import make

pytestmark = pytest.mark.django_db


def said(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).split())


@pytest.fixture
def unit() -> Unit:
    make.area()
    return Unit.objects.create(key="salainen-avain", name="Puijon terveysasema", municipality=hub.kuopio())


def test_anybody_gets_the_blank_form_with_every_question_and_permission(client: Client) -> None:
    answer = client.get(reverse("paper_form"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    text = said(answer.content)
    asked = [str(words) for table in (labels.NEEDS, labels.PRACTICAL, labels.SAFE) for words in table.values()]
    assert [words for words in asked if words not in text] == []
    for words in (
        "Linkkihenkilö saa nimeni",
        "Lähettäjä saa tiedon",
        "Saattaja saa etunimeni",
        "Minua saa muistuttaa",
        "turvakielto",
        "112",
    ):
        assert words in text


def test_a_units_own_form_has_its_name_phone_and_code_but_not_the_key_of_its_link(client: Client, unit: Unit) -> None:
    text = said(client.get(reverse("paper_form_of", args=[code_of(unit)])).content)
    assert "Puijon terveysasema" in text
    assert "017 555 0100" in text
    assert f"Yksikön koodi on Y{unit.pk}." in text
    assert "salainen" not in text
    assert "/tyopoyta/paperilahete/" in text


def test_the_square_code_leads_to_the_paper_entry_with_the_units_code(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    import segno

    made: list[str] = []
    drawn = segno.make
    monkeypatch.setattr(segno, "make", lambda words, **more: made.append(words) or drawn(words, **more))
    code = blank(unit).code
    assert code is not None
    assert code.drawing.startswith("<svg")
    assert made[0].endswith(f"/tyopoyta/paperilahete/?koodi=Y{unit.pk}")


def test_a_code_is_read_however_it_is_typed_and_a_strange_one_opens_nothing(client: Client, unit: Unit) -> None:
    assert [unit_of(code) for code in (f"y{unit.pk}", f" Y {unit.pk}", str(unit.pk))] == [unit] * 3
    assert [unit_of(code) for code in ("", "Y", "x", "Y99999999999", "Y²", "Y999")] == [None] * 6
    assert client.get("/paperilomake/Y999.pdf").status_code == 404
    Unit.objects.update(active=False)
    assert unit_of(code_of(unit)) is None


@pytest.mark.parametrize(("asked", "language"), [("fi", "fi"), ("sv", "sv"), ("en", "en"), ("xx", "fi")])
def test_the_form_is_in_the_asked_language(client: Client, asked: str, language: str) -> None:
    content = client.get(reverse("paper_form"), {"kieli": asked}).content
    assert pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]["/Lang"] == language


def test_the_square_code_opens_the_paper_entry_with_the_units_name_and_town(client: Client, unit: Unit) -> None:
    client.force_login(make.mari(), backend="django.contrib.auth.backends.ModelBackend")
    known = client.get(reverse("refer_paper"), {"koodi": code_of(unit)}).content.decode()
    assert 'value="Puijon terveysasema"' in known
    assert 'value="Puijon terveysasema"' not in client.get(reverse("refer_paper"), {"koodi": "Y999"}).content.decode()
