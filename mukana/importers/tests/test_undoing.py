"""A wrong import is taken back: what only it brought goes, what somebody else holds on to stays and is told."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from mukana.accounts.actions import make_demo_accounts
from mukana.accounts.models import Person
from mukana.audit.models import Trace
from mukana.directory.models import Change, Entry, Feedback, Place, Source, SourceRow
from mukana.importers.jobs import undo_imports
from mukana.importers.models import ImportRun, Undoing
from mukana.importers.ptv.shapes import service_status
from mukana.importers.rules import Claim, may_undo, stays
from mukana.importers.undoing import ask, take_undoing
from mukana.importers.uploads import take_one
from mukana.lib.clock import now, today
from mukana.organisations.actions import load_municipalities
from mukana.organisations.models import Organisation
from mukana.search.actions import catch_up
from mukana.search.queries import SearchRequest, search

FIRST = "Nimi;Kuvaus;Kunta;Paikka;Järjestäjä\nÄijäjooga;Joogaa;Kuopio;Kylätalo;Äijät ry\n"
SECOND = (
    "Nimi;Kuvaus;Kunta;Paikka;Järjestäjä\nÄijäjooga;Uusi kuvaus;Kuopio;Kylätalo;Äijät ry\nVäärä;Ei mitään;Kupio;Väärä paikka;Väärä ry\n"
)


@pytest.fixture
def staff(client: Client, db: None, fresh_index: object) -> Client:
    load_municipalities()
    make_demo_accounts()
    client.force_login(Person.objects.get(email="tiina@mukana.example"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(client: Client, table: str, giver: str = "Äijät") -> ImportRun:
    """Send the table, take its guessed columns, let the worker bring it in."""
    answer = client.post(reverse("table_upload"), {"giver": giver, "file": SimpleUploadedFile("t.csv", table.encode())})
    page = client.get(answer.headers["Location"])
    form = page.context["form"]
    client.post(answer.headers["Location"], {f"c{number}": form[f"c{number}"].initial for number in range(len(form.headers))})
    assert take_one()
    return ImportRun.objects.order_by("-pk")[0]


def names() -> set[str]:
    return {str(entry) for entry in Entry.objects.all()}


def page_of(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def undo(client: Client, run: ImportRun) -> None:
    assert client.post(reverse("run_undo", args=[run.pk])).status_code == 302
    assert undo_imports(now()) == "Tuonteja peruttiin 1."
    catch_up()


def test_what_only_the_run_brought_goes_and_what_stood_before_stays_as_it_is(staff: Client) -> None:
    send(staff, FIRST)
    wrong = send(staff, SECOND)
    assert search(SearchRequest("Väärä", now())).total
    asked = page_of(staff, "run_undo", wrong.pk)
    assert "kohteita 1, paikkoja 1, järjestäjiä 1." in asked
    assert "Yksi jo ollut kohde jää sellaiseksi" in asked
    assert names() == {"Äijäjooga", "Väärä"}
    gone = Entry.objects.get(texts__fi__name="Väärä").pk
    undo(staff, wrong)
    assert names() == {"Äijäjooga"}
    assert {str(place) for place in Place.objects.all()} == {"Kylätalo"}
    assert {str(one) for one in Organisation.objects.all()} == {"Äijät ry"}
    assert Change.objects.order_by("-seq")[0].kind == "removed"
    assert Change.objects.order_by("-seq")[0].entry_id == gone
    assert search(SearchRequest("Väärä", now())).total == 0
    report = page_of(staff, "run_report", wrong.pk)
    assert "Tämä tuonti on peruttu." in report
    assert "Peru tämä tuonti" not in report
    assert staff.get(reverse("run_undo", args=[wrong.pk])).status_code == 302
    assert Trace.objects.filter(verb="undid an import").get().detail["entries"] == 1


def test_a_mended_table_comes_in_again_after_undoing(staff: Client) -> None:
    undo(staff, send(staff, SECOND))
    assert names() == set()
    assert not SourceRow.objects.exists()
    assert send(staff, SECOND).created
    assert names() == {"Äijäjooga", "Väärä"}


def test_only_the_newest_run_that_wrote_something_can_be_undone(staff: Client) -> None:
    first = send(staff, FIRST)
    idle = send(staff, FIRST)
    assert "Peru tämä tuonti" in page_of(staff, "run_report", first.pk)
    assert "Peru tämä tuonti" not in page_of(staff, "run_report", idle.pk)
    answer = staff.get(reverse("run_undo", args=[idle.pk]))
    assert (answer.status_code, "ei muuttanut mitään" in answer.content.decode()) == (409, True)
    send(staff, SECOND)
    answer = staff.post(reverse("run_undo", args=[first.pk]))
    assert not Undoing.objects.exists()
    assert "Peru ensin uudempi tuonti" in page_of(staff, "run_undo", first.pk)


def test_what_a_person_has_touched_or_used_stays_and_is_listed(staff: Client) -> None:
    run = send(staff, SECOND)
    confirmed, used = Entry.objects.get(texts__fi__name="Äijäjooga"), Entry.objects.get(texts__fi__name="Väärä")
    confirmed.confirmed = {"phone": {"by": "x"}}
    confirmed.save()
    Feedback.objects.create(text="Hyvä", entry=used, sent_at=now(), due_on=today())
    asked = page_of(staff, "run_undo", run.pk)
    assert "2 kohdetta jää" in asked
    assert "joku on muokannut tai vahvistanut sen" in asked
    assert "siihen on jo liitetty muuta" in asked
    undo(staff, run)
    assert names() == {"Äijäjooga", "Väärä"}
    assert Place.objects.count() == 2
    assert "2 kohdetta jää" in page_of(staff, "run_report", run.pk)


def test_a_source_goes_with_everything_only_it_brought(staff: Client) -> None:
    send(staff, FIRST)
    send(staff, SECOND, giver="Väärät")
    wrong = Source.objects.get(name="Väärät")
    shared = Entry.objects.filter(source_rows__source=wrong).get(texts__fi__name="Äijäjooga")
    other = Source.objects.get(name="Äijät")
    SourceRow.objects.create(source=other, row_id="x", digest=b"x", kind="entry", entry=shared, seen_at=now())
    assert "Poista lähde" in page_of(staff, "source", wrong.key)
    asked = page_of(staff, "source_remove", wrong.key)
    assert "kohteita 1, paikkoja" in asked
    assert "se tulee myös muualta" in asked
    staff.post(reverse("source_remove", args=[wrong.key]))
    assert undo_imports(now()) == "Tuonteja peruttiin 1."
    assert undo_imports(now()) is None
    assert list(Source.objects.filter(adapter="table")) == [other]
    assert "Väärä" not in names()
    assert Entry.objects.filter(pk=shared.pk).exists()


def test_asking_twice_is_asking_once_and_nothing_waiting_is_no_trouble(staff: Client) -> None:
    run = send(staff, FIRST)
    assert ask(run.source, run, by="x").pk == ask(run.source, run, by="y").pk
    assert str(Undoing.objects.get()) == f"{run.source_id} {run.pk}"
    assert "Tuontia perutaan" in page_of(staff, "run_report", run.pk)
    assert (take_undoing(), take_undoing()) == (True, False)


def test_a_large_import_is_told_roughly(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mukana.importers.undo_views.COUNTED", 0)
    run = send(staff, FIRST)
    assert "Poistuu noin" in page_of(staff, "run_undo", run.pk)
    assert "Kaikki, mikä tuli vain tästä lähteestä, poistuu" in page_of(staff, "source_remove", run.source_id)


def test_the_report_tells_kinds_apart_names_them_and_lists_unknown_towns(staff: Client) -> None:
    send(staff, FIRST)
    run = send(staff, SECOND)
    report = page_of(staff, "run_report", run.pk)
    for said in ("Kohteita:", "Paikkoja:", "Järjestäjiä:", "Näitä kuntia emme tunteneet:", "Kupio (onko tämä Kuopio?)"):
        assert said in report
    new = page_of(staff, "run_brought", run.pk, "entries")
    assert "Väärä" in new
    assert "Äijäjooga" not in new
    changed = staff.get(reverse("run_brought", args=[run.pk, "entries"]), {"laji": "paivitetyt"}).content.decode()
    assert "Äijäjooga" in changed
    assert "Väärä paikka" in page_of(staff, "run_brought", run.pk, "places")
    assert "Väärä ry" in page_of(staff, "run_brought", run.pk, "organisations")
    assert staff.get(reverse("run_brought", args=[run.pk, "muut"])).status_code == 404


def test_a_refused_row_is_called_by_its_name(staff: Client) -> None:
    run = send(staff, "Nimi;Päivämäärä\nTanssit;ensi viikolla joskus\n")
    report = page_of(staff, "run_report", run.pk)
    assert "Tanssit" in report
    assert "row:" not in report


def test_a_table_waits_in_the_database_for_any_node(staff: Client) -> None:
    staff.post(reverse("table_upload"), {"giver": "Suuri", "file": SimpleUploadedFile("t.csv", b"Nimi\n" + b"Jooga\n" * 300_000)})
    pieces = Source.objects.get(name="Suuri").uploads.get().pieces
    assert pieces.count() == 2
    assert str(pieces.all()[0]).endswith(" 0")


def test_only_those_who_import_may_undo(staff: Client) -> None:
    run = send(staff, FIRST)
    staff.force_login(Person.objects.get(email="mari@mukana.example"), backend="django.contrib.auth.backends.ModelBackend")
    assert staff.get(reverse("run_undo", args=[run.pk])).status_code == 403
    assert staff.get(reverse("source_remove", args=[run.source_id])).status_code == 403
    assert "Peru tämä tuonti" not in page_of(staff, "run_report", run.pk)
    assert "Poista lähde" not in page_of(staff, "source", run.source_id)


@given(st.booleans(), st.booleans(), st.booleans())
def test_a_record_goes_only_when_nobody_holds_on_to_it(elsewhere: bool, by_people: bool, in_use: bool) -> None:
    reason = stays(Claim(elsewhere, by_people, in_use))
    assert (reason == "") == (not elsewhere and not by_people and not in_use)
    assert reason in ("", *(name for name, held in (("elsewhere", elsewhere), ("people", by_people), ("use", in_use)) if held))


@given(st.booleans(), st.booleans(), st.booleans())
def test_a_run_is_undone_at_most_once_and_in_order(wrote: bool, undone: bool, later_wrote: bool) -> None:
    assert (may_undo(wrote=wrote, undone=undone, later_wrote=later_wrote) == "") == (wrote and not undone and not later_wrote)


def test_services_of_no_wellbeing_topic_are_kept_unseen_and_told(staff: Client) -> None:
    run = send(staff, FIRST)
    assert "ei näy haussa" not in page_of(staff, "source", run.source_id)
    Entry.objects.update(status="draft")
    assert "Yksi palvelu ei näy haussa" in page_of(staff, "source", run.source_id)
    hidden = page_of(staff, "source_hidden", run.source_id)
    assert "Äijäjooga" in hidden
    assert "lisää sille lähteessä sopiva palveluluokka" in hidden


@pytest.mark.parametrize(
    ("published", "topics", "status"),
    [(True, ("swimming",), "published"), (True, (), "draft"), (False, ("swimming",), "withdrawn"), (False, (), "withdrawn")],
)
def test_a_service_is_shown_when_it_speaks_of_wellbeing(published: bool, topics: tuple[str, ...], status: str) -> None:
    assert service_status(published=published, topics=topics) == status
