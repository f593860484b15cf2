from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from mukana.lib.clock import now
from mukana.lib.sealed import reseal, sealed_columns
from mukana.lib.secretbox import CannotOpen, new_key
from mukana.referrals.models import Resident

pytestmark = pytest.mark.django_db
ADDRESS = {"street": "Laiturikatu 1", "postal_code": "70100", "city": "Kuopio"}


def aino() -> Resident:
    return Resident.objects.create(name="Aino Virtanen", phone="+358171234567", address=ADDRESS, made_at=now())


def raw() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone, email, address FROM referrals_resident")
        return repr(cursor.fetchall())


def test_the_database_holds_nothing_readable_and_the_code_reads_it() -> None:
    aino()
    assert not any(word in raw() for word in ("Aino", "171234567", "Laiturikatu"))
    kept = Resident.objects.get()
    assert (kept.name, kept.address, kept.email) == ("Aino Virtanen", ADDRESS, "")


def test_keys_are_changed_without_losing_a_word(settings: Any) -> None:
    old, new = settings.FIELD_KEYS[0], new_key()
    aino()
    settings.FIELD_KEYS = [new, old]
    call_command("rotate_keys")
    assert reseal() == 0
    settings.FIELD_KEYS = [new]
    assert Resident.objects.get().name == "Aino Virtanen"
    settings.FIELD_KEYS = [old]
    with pytest.raises(CannotOpen):
        Resident.objects.get()


def test_a_sealed_column_can_only_be_asked_whether_it_is_empty() -> None:
    aino()
    assert Resident.objects.filter(email="").count() == 1
    for wrong in ({"name": "Aino"}, {"name__icontains": "Ai"}):
        with pytest.raises(FieldError):
            Resident.objects.filter(**wrong)


def test_the_database_refuses_an_address_under_address_protection() -> None:
    kept = aino()
    kept.protected = True
    with pytest.raises(IntegrityError), transaction.atomic():
        kept.save()


def test_every_personal_column_of_referrals_is_sealed() -> None:
    names = {f"{model.__name__}.{field.name}" for model, field in sealed_columns()}
    assert {"Resident.name", "Resident.phone", "Resident.email", "Resident.address", "Referral.wish", "Companion.phone"} <= names
