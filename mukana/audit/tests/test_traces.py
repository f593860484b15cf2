"""Who did what is written down, found again, and taken away only as a deed of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.template import Context, Template
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from mukana.audit import rules
from mukana.audit.actions import read, record
from mukana.audit.models import Trace
from mukana.audit.queries import Wanted, deeds, names_of, trail
from mukana.audit.tables import line

pytestmark = pytest.mark.django_db
Enter = Callable[[str], Client]
NOBODY = "01920000-0000-7000-8000-000000000000"


@pytest.fixture
def tiina() -> object:
    return get_user_model().objects.create_person("tiina@mukana.example", "Tiina Tossavainen")  # type: ignore[attr-defined]


def words(wanted: Wanted) -> list[str]:
    return [deed.did for deed in deeds(wanted)[1]]


def test_looking_at_personal_data_leaves_a_trace_with_what_was_shown(tiina: object) -> None:
    read(tiina, by=tiina, fields=["email"], purpose="vastaus")
    trace = Trace.objects.get()
    assert (trace.verb, trace.thing, trace.actor) == ("read", f"accounts.Person:{tiina.pk}", str(tiina.pk))  # type: ignore[attr-defined]
    assert trace.detail == {"fields": ["email"], "purpose": "vastaus"}
    (deed,) = trail(tiina)
    assert (deed.who, deed.did, deed.what) == ("Tiina Tossavainen", "katsoi", "Käyttäjä")


def test_traces_are_narrowed_by_thing_person_and_day(tiina: object, monkeypatch: pytest.MonkeyPatch) -> None:
    by = str(tiina.pk)  # type: ignore[attr-defined]
    monkeypatch.setenv("MUKANA_NOW", "2026-11-20T23:59")
    record("feedback.sent", "directory.Feedback:1", by="visitor")
    monkeypatch.setenv("MUKANA_NOW", "2026-11-21T00:00")
    record("feedback.answered", "directory.Feedback:1", by=by)
    record("imported", "directory.Source:x", by="system", on_behalf_of=by)
    assert words(Wanted(thing="directory.Feedback")) == ["vastasi palautteeseen", "lähetti palautteen"]
    assert words(Wanted(thing="directory.Source:x")) == ["toi tiedot lähteestä"]
    assert len(words(Wanted(person="tossavainen"))) == len(words(Wanted(person=by))) == 2
    assert words(Wanted(person="visitor")) == ["lähetti palautteen"]
    assert words(Wanted(last=date(2026, 11, 20))) == ["lähetti palautteen"]
    assert len(words(Wanted(first=date(2026, 11, 21)))) == 2


def test_everybody_has_a_name_even_when_removed(tiina: object) -> None:
    names = names_of(["system", "visitor", str(tiina.pk), NOBODY, "tuonti", ""])  # type: ignore[attr-defined]
    assert set(names.values()) == {"Mukana itse", "Kävijä", "Tiina Tossavainen", "poistettu käyttäjä", "tuonti", ""}


def test_a_thing_may_be_named_in_words() -> None:
    assert read("directory.Feedback:1", by="p1").thing == "directory.Feedback:1"


def test_apps_tell_their_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_verbs", {})
    monkeypatch.setattr(rules, "_things", {})
    assert (rules.verb_words("x"), rules.thing_words("a.B:1")) == ("x", ("a.B", "1", ""))
    rules.name_verbs(x="teki")
    rules.name_things(**{"a.B": ("Bee", "home")})
    assert (rules.verb_words("x"), rules.thing_words("a.B:1"), rules.things()) == ("teki", ("Bee", "1", "home"), [("a.B", "Bee")])
    record("x", "a.B:1", by="system")
    assert deeds(Wanted())[1][0].url == ""


def test_a_page_shows_the_history_of_its_record(tiina: object) -> None:
    page = Template("{% load audit %}{% trail thing %}")
    assert "Tästä ei ole merkintöjä." in page.render(Context({"thing": tiina}))
    read(tiina, by="system", on_behalf_of=str(tiina.pk))  # type: ignore[attr-defined]
    shown = page.render(Context({"thing": tiina}))
    assert "Mukana itse katsoi" in shown
    assert "puolesta: Tiina Tossavainen" in shown


def test_the_page_is_for_those_who_may_and_a_wrong_day_is_told(enter: Enter) -> None:
    assert enter("coordinator").get("/tyopoyta/kuka-teki-mita/").status_code == 403
    it = enter("it")
    record("feedback.sent", "directory.Feedback:1", by="visitor", topic="<b>")
    page = it.get("/tyopoyta/kuka-teki-mita/?tieto=palaute").content.decode()
    assert "lähetti palautteen" in page
    assert "&lt;b&gt;" in page
    assert it.get("/tyopoyta/kuka-teki-mita/?alku=eilen").status_code == 422
    assert it.get("/tyopoyta/kuka-teki-mita/?henkilo=ei-ketaan").content.decode().count("Näillä rajauksilla ei ole") == 1


def test_the_table_opens_in_excel_and_taking_it_is_a_deed(enter: Enter) -> None:
    it = enter("it")
    record("feedback.sent", "directory.Feedback:1", by="visitor", topic="=HYPERLINK()")
    answer = it.get("/tyopoyta/kuka-teki-mita/taulukko.csv?tieto=directory.Feedback")
    table = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert table.startswith("\ufeffAika;Kuka;")
    assert "Kävijä;;lähetti palautteen;Palaute;1;aihe: =HYPERLINK()" in table
    exported = Trace.objects.get(verb="audit.exported")
    assert exported.detail == {"tieto": "directory.Feedback"}
    assert it.get("/tyopoyta/kuka-teki-mita/taulukko.csv?alku=eilen").status_code == 302


@given(st.text(max_size=20))
def test_no_cell_begins_as_a_formula(cell: str) -> None:
    assert line([cell]).lstrip('"')[:1] not in ("=", "+", "-", "@", "\t")


def test_what_a_trace_tells_besides_is_said_in_words_and_the_unknown_stays_as_it_is() -> None:
    said = rules.detail_words({"fields": ["name", "age_band", "odd"], "purpose": "glass_review"})
    assert said == "näki: nimi, ikäryhmä, odd; miksi: hätäavauksen tarkastus"
    assert rules.detail_words({"what": "case", "was": "sent", "now": "acknowledged"}) == (
        "mitä: lähete; tila ennen: Lähetetty; tila nyt: Otettu vastaan"
    )
    assert rules.detail_words({"what": "support", "was": "accepted"}) == "mitä: saattaminen; tila ennen: Saattaja lupautui"
    assert rules.detail_words({"result": "missed", "how": "tap"}) == "tulos: Ei tullut; miten: napauttamalla"
    assert rules.detail_words({"protected": False, "found": 1}) == "turvakielto: ei; löytyi: 1"
    assert rules.detail_words({"decision": "justified", "odd": True}) == "päätös: perusteltu; odd: kyllä"
