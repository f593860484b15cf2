"""Work side by side: answers in order, and no half answer when a process dies."""

from __future__ import annotations

import os
import threading

import pytest
from django.db import transaction

from mukana.lib.forks import ForkFailed, cores, each_forked


@pytest.mark.django_db(transaction=True)
def test_every_part_is_done_in_a_process_of_its_own_and_answers_come_in_order() -> None:
    known = {"a": 1, "b": 2}
    answers = each_forked(lambda part: (known[part], os.getpid()), ["a", "b"])
    assert [value for value, _ in answers] == [1, 2]
    assert len({os.getpid(), *(process for _, process in answers)}) == 3


@pytest.mark.django_db(transaction=True)
def test_a_part_that_fails_fails_the_whole(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ForkFailed):
        each_forked(lambda part: 1 // part, [1, 0])
    assert "ZeroDivisionError" in capfd.readouterr().err


@pytest.mark.django_db
def test_nothing_is_forked_inside_a_transaction() -> None:
    with transaction.atomic():
        assert cores() == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_forked_beside_other_threads() -> None:
    left = threading.Event()
    other = threading.Thread(target=left.wait)
    other.start()
    try:
        assert cores() == 1
    finally:
        left.set()
        other.join()
