"""Health tells of areas where nobody takes care of referrals."""

from __future__ import annotations

import pytest

from mukana.accounts.models import Person
from mukana.referrals.tests import make
from mukana.web.health import problems

pytestmark = pytest.mark.django_db


def test_an_area_whose_people_have_left_is_a_problem_of_the_site() -> None:
    make.sent()
    words = "ei ole ketään, joka hoitaa lähetteitä (avoinna 1)"
    assert not any(words in one for one in problems())
    Person.objects.update(active=False)
    assert any(words in one for one in problems())
