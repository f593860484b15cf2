"""Staff see in words how the background work goes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from mukana.audit.models import JobState
from mukana.lib.clock import now

Enter = Callable[[str], Client]
ADDRESS = "/tyopoyta/taustatyot/"


@pytest.mark.django_db
def test_a_failing_job_is_told_in_words_and_can_be_hurried(enter: Enter) -> None:
    client = enter("it")
    assert "Kaikki taustatyöt ovat onnistuneet." in client.get(ADDRESS).content.decode()
    state = JobState.objects.create(
        name="outbox.send_messages", begun_at=now(), failures=2, problem="OSError: levy on täynnä", next_at=now()
    )
    page = client.get(ADDRESS).content.decode()
    assert "Yksi taustatyö ei onnistunut." in page
    assert "Epäonnistui 2 kertaa peräkkäin." in page
    assert "OSError: levy on täynnä" in page
    assert client.post(f"{ADDRESS}{state.pk}/").status_code == 302


@pytest.mark.django_db
def test_every_job_has_a_finnish_title_and_a_time(enter: Enter) -> None:
    JobState.objects.create(name="search.follow_changes", node="kone", begun_at=now(), said="Hakuun vietiin 3 kohdetta.", worked_at=now())
    page = enter("it").get(ADDRESS).content.decode()
    for words in (
        "Viestien lähetys",
        "sekunnin välein",
        "joka päivä klo 03.10",
        "10 minuutin välein",
        "Hakuun vietiin 3 kohdetta.",
        "kone",
    ):
        assert words in page


@pytest.mark.django_db
def test_those_without_the_permission_do_not_see_it(enter: Enter) -> None:
    assert enter("organiser").get(ADDRESS).status_code == 403
