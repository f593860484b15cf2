from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from mukana.lib.blind import name_key, tags_of
from mukana.lib.clock import now
from mukana.lib.sealed import reseal, sealed_columns
from mukana.lib.secretbox import CannotOpen, new_key
from mukana.referrals.actions.protecting import Ways, reach_by
from mukana.referrals.actions.registering import forget
from mukana.referrals.models import Companion, Resident
from mukana.referrals.rules.codes import Deed

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


def test_what_is_found_by_is_renewed_with_the_keys_and_found_all_the_while(settings: Any) -> None:
    old, new = settings.FIELD_KEYS[0], new_key()
    kept = aino()
    settings.FIELD_KEYS = [new, old]
    assert found("017 123 4567") == found("Aino Virtanen") == [kept.pk]  # between: by the old key's digest
    call_command("rotate_keys")
    settings.FIELD_KEYS = [new]
    assert found("017 123 4567") == found("aino  VIRTANEN") == [kept.pk]
    before = tags(kept)
    settings.FIELD_KEYS = [old]
    assert not before & {tag for text in ("+358171234567", "Aino Virtanen") for tag in tags_of(Resident, "phone_tag", text)}


def found(words: str) -> list[Any]:
    number, name = tags_of(Resident, "phone_tag", words), tags_of(Resident, "name_tag", words)
    return list(Resident.objects.filter(Q(phone_tag__in=number) | Q(name_tag__in=name)).values_list("pk", flat=True))


def tags(kept: Resident) -> set[str]:
    kept.refresh_from_db()
    return {kept.phone_tag, kept.name_tag}


def test_a_digest_tells_nothing_and_is_bound_to_its_column() -> None:
    kept, other = aino(), Resident.objects.create(name="Toinen Ihminen", phone="017 123 4567", made_at=now())
    assert kept.phone_tag == other.phone_tag  # that two have one number is what a copy of the database tells
    companion = Companion.objects.create(name="Aino Virtanen", phone="017 123 4567")
    assert len({kept.phone_tag, kept.name_tag, other.name_tag, companion.phone_tag}) == 4
    assert all(len(tag) == 19 for tag in tags(kept))
    with connection.cursor() as cursor:
        cursor.execute("SELECT name_tag, phone_tag FROM referrals_resident")
        assert not any(word in repr(cursor.fetchall()) for word in ("Aino", "Virtanen", "171234567"))


@given(st.text(max_size=40), st.text(max_size=40))
def test_names_are_found_whatever_their_order_case_and_blanks(first: str, last: str) -> None:
    assert name_key(f"{first}  {last}") == name_key(f"{last} {first}")


def test_a_text_without_a_whole_name_or_a_number_has_no_digest() -> None:
    assert name_key("Aino") == name_key("") == ""
    kept = Resident.objects.create(name="Aino", phone="112", made_at=now())
    assert (kept.name_tag, kept.phone_tag) == ("", "")
    assert tags_of(Resident, "phone_tag", "ei numeroa") == []


def test_the_database_refuses_a_digest_of_what_is_gone() -> None:
    for facts in ({"name": ""}, {"phone": ""}):
        kept = aino()
        with pytest.raises(IntegrityError), transaction.atomic():
            Resident.objects.filter(pk=kept.pk).update(**facts)


def test_a_new_number_is_found_and_the_old_one_is_not() -> None:
    kept = aino()
    reach_by(kept, Ways("050 111 2233", "", "call"), Deed("p1", "link_worker"))
    assert (found("050 111 2233"), found("017 123 4567")) == ([kept.pk], [])
    companion = Companion.objects.create(name="Ritva Reipas", phone="050 111 2233")
    forget(companion, by="p1")
    assert Companion.objects.get().phone_tag == ""


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
