"""A coordinator sends a table, tells its columns once, and sees what came of it."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mukana.accounts.actions import make_demo_accounts
from mukana.accounts.models import Person
from mukana.directory.models import Entry, Source
from mukana.importers.models import ImportRun, Upload
from mukana.importers.uploads import take_back, take_one
from mukana.lib.clock import now
from mukana.organisations.actions import load_municipalities

TABLE = "\ufeffOtsikko;Selostus;Kunta;Hinta\nÄijäjooga;Rauhallista joogaa miehille.;Kuopio;5 €\n;Nimetön rivi;Kuopio;\n"


@pytest.fixture
def coordinator(client: Client, db: None, fresh_index: object) -> Client:
    load_municipalities()
    make_demo_accounts()
    client.force_login(Person.objects.get(email="tiina@mukana.example"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(client: Client, content: bytes, name: str = "ryhmät.csv") -> str:
    answer = client.post(reverse("table_upload"), {"giver": "Äijät ry", "file": SimpleUploadedFile(name, content)})
    return str(answer.headers["Location"])


def test_a_table_comes_in_with_its_columns_told_once(coordinator: Client) -> None:
    address = send(coordinator, TABLE.encode())
    page = coordinator.get(address).content.decode()
    assert "Rauhallista joogaa miehille." in page
    told = {"c0": "name", "c1": "description", "c2": "municipality", "c3": "price"}
    assert coordinator.post(address, told).status_code == 302
    assert "odottaa vuoroaan" in coordinator.get(address).content.decode()
    assert take_one()
    report = coordinator.get(coordinator.get(address).headers["Location"]).content.decode()
    assert "Yksi rivi hylättiin" in report
    entry = Entry.objects.get()
    assert (str(entry), entry.municipality_id, entry.price_cents) == ("Äijäjooga", "297", 500)
    assert Source.objects.get(name="Äijät ry").mapping["Otsikko"] == "name"
    assert not take_one()
    source = coordinator.get(reverse("source", args=[Source.objects.get(name="Äijät ry").key])).content.decode()
    assert "uploads" not in source


def test_a_table_without_mistakes_says_that_all_came_in(coordinator: Client) -> None:
    address = send(coordinator, b"Otsikko;Kuvaus\nJooga;Rauhallista\n")
    coordinator.post(address, {"c0": "name", "c1": "description"})
    assert take_one()
    report = coordinator.get(coordinator.get(address).headers["Location"]).content.decode()
    assert "Kaikki rivit tuotiin" in report
    assert "hylättiin" not in report


def test_a_number_that_cannot_be_read_is_told_although_its_row_comes_in(coordinator: Client) -> None:
    address = send(coordinator, "Otsikko;Puhelin;Sähköposti\nJooga;kysy vahtimestarilta;jooga(at)äijät\nTanssi;050 123 4567;\n".encode())
    coordinator.post(address, {"c0": "name", "c1": "phone", "c2": "email"})
    assert take_one()
    report = coordinator.get(coordinator.get(address).headers["Location"]).content.decode()
    assert "Kaikki rivit tuotiin" in report
    assert "Puhelinnumeroa ei voi lukea: kysy vahtimestarilta" in report
    assert "Sähköpostiosoitetta ei voi lukea: jooga(at)äijät" in report
    assert Entry.objects.count() == 2
    assert len(ImportRun.objects.get().noticed) == 2


def test_a_table_whose_worker_ended_is_taken_again(coordinator: Client) -> None:
    Upload.objects.create(
        source=Source.objects.create(key="t", adapter="table", name="T"), name="t.csv", by="x", sent_at=now(), state="running"
    )
    assert (take_back(), Upload.objects.get().state) == (1, "waiting")


def test_a_table_without_a_name_column_is_asked_again(coordinator: Client) -> None:
    address = send(coordinator, TABLE.encode())
    page = coordinator.post(address, {"c0": "", "c1": "description"}).content.decode()
    assert "Mikään sarake ei ole nimi" in page
    assert Upload.objects.get().state == "columns"


def packed(*names: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return kept.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("vanha.xls", b"\xd0\xcf\x11\xe0" + b"\x00" * 100, "Vanhaa Excel- tai Word-muotoa"),
        ("kuva.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "Tiedosto on kuva, ei taulukko"),
        ("kuva.csv", b"\xff\xd8\xff\xe0" + bytes(range(256)), "Tiedosto on kuva, ei taulukko"),
        ("esite.pdf", b"%PDF-1.7\n1 0 obj\n", "Tiedosto on PDF, ei taulukko"),
        ("kirje.docx", packed("[Content_Types].xml", "word/document.xml"), "Tiedosto on Word-tiedosto"),
        ("taulu.ods", packed("mimetype", "content.xml"), "LibreOffice"),
        ("filmi.mp4", b"\x00\x00\x00\x20ftypisom" + b"\x00" * 40, "Tiedosto on video"),
        ("jotain.bin", bytes(range(32)) * 40, "Tiedosto ei ole taulukko"),
        ("rikki.xlsx", b"PK\x03\x04" + b"\x00" * 100, "Excel-tiedosto on rikki"),
    ],
)
def test_a_file_that_is_no_table_is_told_so_and_not_kept(coordinator: Client, name: str, content: bytes, told: str) -> None:
    answer = coordinator.post(reverse("table_upload"), {"giver": "Äijät ry", "file": SimpleUploadedFile(name, content)})
    assert told in answer.content.decode()
    assert 'value="Äijät ry"' in answer.content.decode()
    assert (Upload.objects.count(), Source.objects.count()) == (0, 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_a_table_of_any_encoding_is_not_taken_for_a_picture(coordinator: Client, encoding: str) -> None:
    assert "tuo-taulukko" in send(coordinator, "BMnimi;Selostus\nÄijäjooga;Hyvää\n".encode(encoding))


def test_an_empty_or_missing_file_keeps_what_was_typed(coordinator: Client) -> None:
    page = coordinator.post(reverse("table_upload"), {"giver": "Äijät ry"}).content.decode()
    assert 'value="Äijät ry"' in page
    assert Upload.objects.count() == 0


def test_only_those_who_may_import_see_the_page(client: Client, db: None) -> None:
    make_demo_accounts()
    client.force_login(Person.objects.get(email="mari@mukana.example"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("table_upload")).status_code == 403
    assert client.get(reverse("sources")).status_code == 200


def test_the_giver_organises_what_has_no_organiser_of_its_own(coordinator: Client) -> None:
    address = send(coordinator, b"Nimi;Kunta\nJooga;Kuopio\n")
    coordinator.post(address, {"c0": "name", "c1": "municipality"})
    assert take_one()
    assert str(Entry.objects.get().organisation) == "Äijät ry"


def test_two_columns_cannot_be_the_same_fact(coordinator: Client) -> None:
    address = send(coordinator, b"Nimi;Puh;Puhelin\nJooga;05012;05013\n")
    answer = coordinator.post(address, {"c0": "name", "c1": "phone", "c2": "phone"})
    assert "Kaksi saraketta on merkitty samaksi: Puhelin." in answer.content.decode()
    assert Upload.objects.get().state == "columns"
