"""A picture of the door: sent by staff, made smaller by the worker, shown with its words and its maker."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from PIL import Image

from mukana.accounts.actions import make_demo_accounts
from mukana.accounts.models import Person
from mukana.audit.models import Trace
from mukana.directory.actions import photographs
from mukana.directory.jobs import make_photographs_ready
from mukana.directory.models import Photograph, PhotographFile
from mukana.directory.tests import make

pytestmark = pytest.mark.django_db
TOLD = {"alt_fi": "Punainen ovi ja kolme porrasta", "photographer": "Tiina Tossavainen", "licence": "CC BY 4.0", "asked": "on"}


def jpeg(width: int = 1000, height: int = 750) -> SimpleUploadedFile:
    kept = io.BytesIO()
    Image.new("RGB", (width, height), "darkred").save(kept, "JPEG")
    return SimpleUploadedFile("ovi.jpg", kept.getvalue())


@pytest.fixture
def staff(client: Client) -> Client:
    make_demo_accounts()
    client.force_login(Person.objects.get(email="tiina@mukana.example"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def words(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def send(client: Client, address: str, **told: object) -> int:
    return client.post(address, {**TOLD, "file": jpeg(), **told}).status_code


def test_a_picture_of_a_place_is_shown_on_its_page_and_on_its_entries(staff: Client) -> None:
    group = make.group()
    place = group.place
    assert place is not None
    assert "<img" not in words(staff, f"/paikka/{place.pk}/")
    assert send(staff, f"/tyopoyta/kuvat/paikka/{place.pk}/") == 302
    assert "Pienennetään" in words(staff, f"/tyopoyta/kuvat/paikka/{place.pk}/")
    assert "<img" not in words(staff, f"/paikka/{place.pk}/")
    assert make_photographs_ready(make.NOW) == "Kuvia käsiteltiin 1."
    assert make_photographs_ready(make.NOW) is None
    for address in (f"/paikka/{place.pk}/", f"/kohde/{group.pk}/"):
        page = words(staff, address)
        assert 'alt="Punainen ovi ja kolme porrasta"' in page
        assert 'width="800" height="600" loading="lazy"' in page
        assert "Kuva: Tiina Tossavainen, CC BY 4.0" in page
    assert "Näkyy sivulla" in words(staff, f"/tyopoyta/kuvat/paikka/{place.pk}/")
    assert not PhotographFile.objects.filter(size="original").exists()


def test_a_picture_of_an_entry_is_shown_on_it_alone_in_the_readers_language(staff: Client) -> None:
    group = make.group()
    send(staff, f"/tyopoyta/kuvat/kohde/{group.pk}/", alt_sv="En röd dörr", licence="own")
    photographs.make_ready()
    assert "Punainen ovi" not in words(staff, f"/paikka/{group.place_id}/")
    page = words(staff, f"/kohde/{group.pk}/")
    assert "Kuva: Tiina Tossavainen</figcaption>" in page
    staff.cookies["kieli"] = "sv"
    assert 'alt="En röd dörr"' in words(staff, f"/kohde/{group.pk}/")


def test_the_file_is_served_as_a_picture_that_can_do_nothing_else(staff: Client, client: Client) -> None:
    group = make.group()
    send(staff, f"/tyopoyta/kuvat/kohde/{group.pk}/")
    one = Photograph.objects.get()
    assert client.get(f"/kuva/{one.pk}/small.jpg").status_code == 404
    photographs.make_ready()
    answer = client.get(f"/kuva/{one.pk}/small.jpg")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"
    assert "immutable" in answer.headers["Cache-Control"]
    assert client.get(f"/kuva/{one.pk}/original.jpg").status_code == 404
    group.status = "withdrawn"
    group.save()
    assert client.get(f"/kuva/{one.pk}/small.jpg").status_code == 404


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"file": SimpleUploadedFile("k.svg", b"<svg><script/></svg>")}, "ei ole JPEG-, PNG- tai WebP-kuva"),
        ({"file": SimpleUploadedFile("k.jpg", b"")}, "tyhjä"),
        ({"alt_fi": ""}, "pakollinen"),
        ({"asked": ""}, "kysy lupa"),
    ],
)
def test_what_cannot_be_taken_is_told_and_nothing_is_kept(staff: Client, told: dict[str, object], sentence: str) -> None:
    place = make.place()
    answer = staff.post(f"/tyopoyta/kuvat/paikka/{place.pk}/", {**TOLD, "file": jpeg(), **told})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Photograph.objects.exists()


def test_too_large_a_file_is_told(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mukana.directory.forms.LARGEST_BYTES", 100)
    answer = staff.post(f"/tyopoyta/kuvat/paikka/{make.place().pk}/", {**TOLD, "file": jpeg()})
    assert "yli 15 megatavua" in answer.content.decode()


def test_a_broken_picture_is_refused_by_the_worker_with_a_sentence(staff: Client) -> None:
    place = make.place()
    send(staff, f"/tyopoyta/kuvat/paikka/{place.pk}/", file=jpeg(200, 200))
    assert photographs.make_ready() == 1
    page = words(staff, f"/tyopoyta/kuvat/paikka/{place.pk}/")
    assert "Kuva on liian pieni." in page
    assert "<img" not in words(staff, f"/paikka/{place.pk}/")
    assert not PhotographFile.objects.exists()


def test_a_picture_taken_away_while_the_worker_was_coming_is_no_trouble() -> None:
    photographs._make_ready(make.place().pk)
    assert not Photograph.objects.exists()


def test_a_picture_is_taken_away_after_asking_and_both_deeds_leave_a_trace(staff: Client) -> None:
    place = make.place()
    send(staff, f"/tyopoyta/kuvat/paikka/{place.pk}/")
    photographs.make_ready()
    one = Photograph.objects.get()
    assert "Poistetaanko kuva?" in words(staff, f"/tyopoyta/kuvat/{one.pk}/poista/")
    assert staff.post(f"/tyopoyta/kuvat/{one.pk}/poista/").status_code == 302
    assert not Photograph.objects.exists()
    assert not PhotographFile.objects.exists()
    assert list(Trace.objects.order_by("pk").values_list("verb", flat=True)) == ["photograph.added", "photograph.removed"]


def test_the_desk_finds_places_and_entries_by_name(staff: Client) -> None:
    group = make.group("Allasjumppa", place=make.place("Uimahalli Aalto"))
    send(staff, f"/tyopoyta/kuvat/kohde/{group.pk}/")
    send(staff, f"/tyopoyta/kuvat/paikka/{group.place_id}/")
    assert f"/tyopoyta/kuvat/kohde/{group.pk}/" in words(staff, "/tyopoyta/kuvat/?q=allasj")
    assert f"/tyopoyta/kuvat/paikka/{group.place_id}/" in words(staff, "/tyopoyta/kuvat/?q=aalto")
    assert "ei ole kohdetta eikä paikkaa" in words(staff, "/tyopoyta/kuvat/?q=zz")
    assert "Punainen ovi" in words(staff, "/tyopoyta/kuvat/?q=z")


def test_only_those_who_may_edit_reach_the_pictures(staff: Client) -> None:
    place, group = make.place(), make.group()
    staff.force_login(Person.objects.get(email="anneli@mukana.example"), backend="django.contrib.auth.backends.ModelBackend")
    assert staff.get(f"/tyopoyta/kuvat/paikka/{place.pk}/").status_code == 403
    assert staff.get(f"/tyopoyta/kuvat/kohde/{group.pk}/").status_code == 403
    staff.logout()
    assert staff.get("/tyopoyta/kuvat/").status_code == 302


def test_a_picture_is_of_one_thing_and_is_named_by_its_words() -> None:
    facts = {"photographer": "x", "added_by": "x", "added_at": make.NOW}
    one = Photograph.objects.create(place=make.place(), texts={"fi": {"alt": "Ovi"}}, **facts)
    kept = PhotographFile.objects.create(photograph=one, size="small", data=b"x")
    assert (str(one), str(kept)) == ("Ovi", f"{one.pk} small")
    with pytest.raises(IntegrityError):
        Photograph.objects.create(**facts)
