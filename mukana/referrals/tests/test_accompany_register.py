"""The register of companions: who there are, what has expired, whom a human asks and why; models for everybody."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from mukana.accounts.models import Person
from mukana.attendance.actions import mark
from mukana.audit.models import Trace
from mukana.directory.tests import make as hub
from mukana.lib.clock import now
from mukana.lib.moments import as_local
from mukana.outbox.tests.boxes import saying
from mukana.referrals import sheets
from mukana.referrals.actions import accompanying, supporting
from mukana.referrals.actions.permitting import Given
from mukana.referrals.actions.releasing import release
from mukana.referrals.forms.register import hours
from mukana.referrals.models import Area, Companion, NumbersRelease, Support, Transition
from mukana.referrals.queries.effect import first_visits
from mukana.referrals.queries.numbers import released
from mukana.referrals.rules.codes import Deed
from mukana.referrals.rules.numbers import Facts, FirstVisits
from mukana.referrals.rules.numbers_data import as_data
from mukana.referrals.tests import make
from mukana.referrals.tests.make import AINO, Time, deed

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
COMPANY = (Given("referral"), Given("companion", ("name", "contact", "practical")))
REGISTER = "/tyopoyta/saattajat/"


@pytest.fixture
def ritva(client: Client, time: Time) -> Person:
    """The coordinator of companions, signed in; Kuopio is hers."""
    person = make.person("companion_coordinator", "Ritva Rekisteri")
    Area.objects.filter(pk=make.area().pk).update(companions=person)
    client.force_login(person, backend=BACKEND)
    return person


def text(page: HttpResponse) -> str:
    return page.content.decode().replace("\u00a0", " ")


def a_need(**facts: Any) -> Support:
    case = make.talking(make.variant(AINO, **facts), wants_companion=True, permissions=COMPANY)
    make.scheduled(case, at=make.MONDAY + timedelta(days=8, hours=1))
    return Support.objects.get(placement__referral=case)


def press(client: Client, task: Support, what: str, **more: str) -> HttpResponse:
    page = client.get(f"{REGISTER}tarve/{task.pk}/")
    key = re.search(r'name="kerran" value="([^"]+)"', text(page))
    answer = client.post(f"{REGISTER}tarve/{task.pk}/", {"toimi": what, "kerran": key[1] if key else "", **more})
    task.refresh_from_db()
    return answer


PERSON = {
    "nimi": "Ritva Reipas", "puhelin": "050 111 2233", "alueet": ["297"], "kielet": ["fi", "sv"], "sukupuoli": "woman",
    "taidot": ["wheelchair"], "kiinnostukset": ["singing"], "tarkistettu": "2026-01-10", "vaitiolo": "2026-01-10", "enintaan": "2",
    "mon": "9–12, 14-16", "mukana": "on",
}  # fmt: skip
MODEL = {
    "otsikko": "Kyläkyyti Nilsiä", "laji": "village_ride", "puhelin": "017 555 0123", "alueet": ["297"], "kielet": ["fi"],
    "ehdot": "Tilaa päivää ennen.", "hinta": "3.50", "odotus": "2", "mukana": "on",
}  # fmt: skip


@pytest.mark.parametrize(("words", "found"), [("9–12", [(9, 12)]), ("9-12, 14.00–16.00", [(9, 12), (14, 16)])])
def test_hours_are_read_as_people_write_them(words: str, found: list[tuple[int, int]]) -> None:
    assert hours(words) == found


@pytest.mark.parametrize("words", ["aamulla", "12–9", "9–25", "9", "9–12;14–16"])
def test_what_is_no_span_of_hours_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        hours(words)


def test_a_support_person_is_added_and_changed(client: Client, ritva: Person) -> None:
    assert client.post(f"{REGISTER}uusi/saattaja/", PERSON).status_code == 302
    one = Companion.objects.get()
    assert (one.name, one.phone, one.kind, one.gender, one.skills) == ("Ritva Reipas", "+358501112233", "person", "woman", ["wheelchair"])
    assert [(slot.day, slot.start, slot.end) for slot in one.slots.all()] == [("mon", 9, 12), ("mon", 14, 16)]
    page = client.get(f"{REGISTER}{one.pk}/")
    assert "9–12, 14–16" in text(page)
    assert Trace.objects.filter(verb="read", thing=f"referrals.Companion:{one.pk}").count() == 1
    assert client.post(f"{REGISTER}{one.pk}/", {**PERSON, "enintaan": "4", "mon": ""}).status_code == 302
    one.refresh_from_db()
    assert (one.most, one.slots.count()) == (4, 0)
    shown = text(client.get(REGISTER))
    assert all(word in shown for word in ("Ritva Reipas", "tilaa 4", "Tarkistus voimassa", "Vaitiolo luvattu"))


def test_what_is_wrong_in_the_form_is_told_and_nothing_typed_is_lost(client: Client, ritva: Person) -> None:
    wrong = {**PERSON, "puhelin": "ei ole", "mon": "aamulla", "tarkistettu": "2027-01-10", "esteet": "ABCDE23456", "alueet": []}
    page = client.post(f"{REGISTER}uusi/saattaja/", wrong)
    assert page.status_code == 422
    for words in ("Tästä ei löydy puhelinnumeroa", "Kirjoita tunnit näin", "Päivä on tulevaisuudessa", "Tunnusta ABCDE23456", "yksi alue"):
        assert words in text(page)
    assert "Ritva Reipas" in text(page)
    assert client.get(f"{REGISTER}uusi/jotain/").status_code == 404
    assert not Companion.objects.exists()


def test_an_organisation_is_found_by_its_name_or_asked_to_be_told_apart(client: Client, ritva: Person) -> None:
    hub.organisation("Nilsiän kyläyhdistys ry")
    hub.organisation("Nilsiän martat ry")
    for words, said in (("Nilsiän", "Tarkenna"), ("Olematon", "ei löydy organisaatiota")):
        page = client.post(f"{REGISTER}uusi/malli/", {**MODEL, "jarjesto": words})
        assert page.status_code == 422
        assert said in text(page)
    assert client.post(f"{REGISTER}uusi/malli/", {**MODEL, "jarjesto": "nilsiän martat ry"}).status_code == 302
    assert str(Companion.objects.get().organisation) == "Nilsiän martat ry"


def test_expired_papers_are_said_in_words_and_can_be_looked_for(client: Client, ritva: Person) -> None:
    make.companion("Vanha Vetting", vetted_on=date(2023, 10, 1))
    make.companion("Ilman Lupausta", pledged_on=None)
    make.companion("Uusi Uljas", vetted_on=None)
    make.companion("Kunnossa Kaikki")
    page = text(client.get(REGISTER, {"rajaus": "vanhentuneet"}))
    assert all(words in page for words in ("Tarkistus vanheni", "Vaitiololupaus puuttuu", "Taustaa ei ole tarkistettu"))
    assert "Kunnossa Kaikki" not in page
    free = text(client.get(REGISTER, {"rajaus": "vapaat"}))
    assert ("Kunnossa Kaikki" in free, "Vanha Vetting" in free) == (True, False)


def test_only_ones_own_area_is_seen_and_kept(client: Client, ritva: Person, time: Time) -> None:
    task, one = a_need(), make.companion("Oman Alueen")
    stranger = make.person("companion_coordinator", "Toinen Alue")
    client.force_login(stranger, backend=BACKEND)
    page = text(client.get(REGISTER))
    assert "Sinulle ei ole merkitty aluetta" in page
    assert "Oman Alueen" not in page
    for path in (f"{REGISTER}{one.pk}/", f"{REGISTER}tarve/{task.pk}/"):
        assert client.get(path).status_code == 404
    assert client.post(f"{REGISTER}{one.pk}/poista/").status_code == 404


def test_areas_of_others_stay_when_one_changes_ones_own(client: Client, ritva: Person) -> None:
    from mukana.organisations.models import Municipality

    siilinjarvi = Municipality.objects.create(code="749", name_fi="Siilinjärvi", name_sv="Siilinjärvi")
    one = make.companion("Kahden Kunnan")
    one.areas.add(siilinjarvi)
    client.post(f"{REGISTER}{one.pk}/", PERSON)
    assert {area.pk for area in one.areas.all()} == {"297", "749"}


def test_who_leaves_the_register_is_forgotten_unless_a_task_waits(client: Client, ritva: Person, time: Time) -> None:
    task, one = a_need(), make.companion("Lähtevä Liisa")
    supporting.offer(task, one, deed("companions"))
    page = client.post(f"{REGISTER}{one.pk}/poista/")
    assert page.status_code == 409
    assert "vielä tehtäviä" in text(page)
    supporting.answer_offer(task.offers.get(), yes=False, deed=Deed("p1", "companion", "phone"))
    assert client.post(f"{REGISTER}{one.pk}/poista/").status_code == 302
    one.refresh_from_db()
    assert (one.name, one.phone, one.active) == ("", "", False)
    assert client.get(REGISTER).status_code == 200


def test_candidates_come_in_order_with_reasons_and_the_others_with_obstacles(client: Client, ritva: Person) -> None:
    fit = {"languages": ["sv"], "gender": "woman", "skills": ["wheelchair"]}
    task = a_need(language="sv", gender_wish="woman", practical=("wheelchair",), interests=("singing",))
    make.companion("Berit Ås", **fit)
    make.companion("Gun Berg", **fit, interests=["singing"])
    make.companion("Pekka Puu", **{**fit, "gender": "man"})
    make.companion("Vanha Vetting", **fit, vetted_on=date(2020, 1, 1))
    page = text(client.get(f"{REGISTER}tarve/{task.pk}/"))
    assert page.index("Gun Berg") < page.index("Berit Ås") < page.index("Pekka Puu")
    assert all(words in page for words in ("yhteisiä kiinnostuksia: Laulu", "puhuu asukkaan kieltä", "ruotsi", "Nainen", "Pyörätuoli"))
    assert all(words in page for words in ("asukas toivoo toista sukupuolta", "taustan tarkistus puuttuu"))
    assert not any(words in page for words in ("Aino", "Kaipaan", "Puijon"))


def test_a_human_asks_one_with_a_back_up_and_writes_down_what_was_said_on_the_phone(client: Client, ritva: Person, time: Time) -> None:
    task = a_need()
    one, spare = make.companion("Ritva Reipas", phone="017 111 2233"), make.companion("Varpu Vara")
    assert press(client, task, "pyyda").status_code == 409
    assert press(client, task, "pyyda", saattaja=str(one.pk), vara=str(spare.pk)).status_code == 302
    assert (task.state, task.companion, task.backup) == ("offered", one, spare)
    assert press(client, task, "pyyda", saattaja=str(spare.pk)).status_code == 409
    assert press(client, task, "vastaus", vastaus="kylla").status_code == 302
    row = Transition.objects.get(thing_id=task.pk, target="accepted")
    assert (row.role, row.channel, row.by) == ("companion", "phone", str(ritva.pk))
    assert press(client, task, "vastaus", vastaus="kylla").status_code == 409
    page = text(client.get(f"{REGISTER}tarve/{task.pk}/"))
    assert all(words in page for words in ("Aino", "017 123 4567", "Älä jätä viestiä vastaajaan.", "Varpu Vara"))
    assert "Virtanen" not in page
    assert press(client, task, "juteltu").status_code == 302
    assert press(client, task, "mukana").status_code == 409
    assert task.starts_at is not None
    time.to(task.starts_at - timedelta(hours=20))
    assert press(client, task, "luopui", syy="ill").status_code == 302
    assert task.state == "needed"
    assert "selected" in text(client.get(f"{REGISTER}tarve/{task.pk}/"))


def test_one_who_does_not_fit_cannot_be_asked_and_the_page_says_why(client: Client, ritva: Person) -> None:
    task, wrong = a_need(), make.companion("Ruotsi Vain", languages=["sv"])
    page = press(client, task, "pyyda", saattaja=str(wrong.pk))
    assert page.status_code == 409
    assert "ei puhu asukkaan kieltä" in text(page)
    assert press(client, task, "pyyda", saattaja="roskaa").status_code == 409
    assert press(client, task, "keksitty").status_code == 422


def test_a_question_can_be_taken_back_and_the_one_asked_is_told(client: Client, ritva: Person) -> None:
    task, one = a_need(), make.companion()
    press(client, task, "pyyda", saattaja=str(one.pk))
    assert press(client, task, "peru-pyynto").status_code == 302
    assert (task.state, task.companion) == ("needed", None)
    assert saying("ei enää tarvita", kind="referrals.companion").count() == 1


def test_company_grows_less_step_by_step_and_ends(client: Client, ritva: Person, time: Time) -> None:
    task, one = a_need(), make.companion()
    press(client, task, "pyyda", saattaja=str(one.pk))
    press(client, task, "vastaus", vastaus="kylla")
    assert task.starts_at is not None
    time.to(task.starts_at + timedelta(hours=1))
    assert press(client, task, "mukana").status_code == 302
    assert (task.state, task.visits) == ("accompanied", 1)
    next_week = as_local(now() + timedelta(days=7))
    assert press(client, task, "seuraava", paiva="huomenna", klo="").status_code == 409
    assert press(client, task, "seuraava", paiva=f"{next_week:%Y-%m-%d}", klo="10:00").status_code == 302
    assert press(client, task, "vahenna").status_code == 302
    assert (task.state, task.taper) == ("tapering", "door")
    time.to(next_week + timedelta(hours=2))
    assert "Oli mukana" in text(client.get(f"{REGISTER}tarve/{task.pk}/"))
    assert press(client, task, "mukana").status_code == 302
    assert (task.state, task.visits) == ("accompanied", 2)
    press(client, task, "vahenna")
    assert (task.state, task.taper) == ("tapering", "phone")
    press(client, task, "vahenna")
    assert task.state == "ended"
    assert client.get(f"{REGISTER}tarve/{task.pk}/").status_code == 200


def test_somebody_else_is_looked_for_when_nobody_was_along(client: Client, ritva: Person, time: Time) -> None:
    task, one = a_need(), make.companion()
    press(client, task, "pyyda", saattaja=str(one.pk))
    press(client, task, "vastaus", vastaus="kylla")
    assert task.starts_at is not None
    time.to(task.starts_at + timedelta(hours=1))
    assert press(client, task, "ei-paassyt", syy="keksitty").status_code == 409
    assert press(client, task, "ei-paassyt", syy="ill").status_code == 302
    assert press(client, task, "uusi").status_code == 302
    assert (task.state, task.companion) == ("needed", None)


def held(time: Time, came: bool, along: bool) -> None:
    permissions = COMPANY if along else (Given("referral"),)
    case = make.talking(wants_companion=along, permissions=permissions)
    _, placement, session = make.scheduled(case)
    if along:
        token = supporting.offer(Support.objects.get(placement=placement), make.companion(), deed("companions"))
        supporting.answer(token, yes=True)
    time.to(session.starts_at + timedelta(hours=1))
    mark(session.occurrence, placement.subject, "attended" if came else "missed", how="tap", by="link:x")
    if along:
        tell = accompanying.was_along if came else accompanying.did_not_come
        tell(Support.objects.get(placement=placement), deed("companion", "link"))
    time.to(make.MONDAY)


def counted(year: int = 2026) -> dict[tuple[str, str, str], int]:
    return {(one.area, one.group, one.result): one.number for one in first_visits(date(year, 1, 1), date(year, 12, 31))}


def test_first_sessions_are_counted_with_and_without_company_and_few_are_hidden(client: Client, ritva: Person, time: Time) -> None:
    held(time, came=True, along=True)
    held(time, came=False, along=True)
    held(time, came=True, along=False)
    assert counted() == {("297", "with", "came"): 1, ("297", "with", "missed"): 1, ("297", "without", "came"): 1}
    assert counted(2025) == {}
    assert {cell for row in sheets.company(released(release(2026))).rows for cell in row[1:]} == {"liian vähän"}
    assert "liian vähän" in text(client.get(REGISTER))


def visited(came: int, missed: int) -> None:
    """A release of so many first sessions with a companion."""
    told = (FirstVisits("297", "with", "came", came), FirstVisits("297", "with", "missed", missed))
    NumbersRelease.objects.create(year=2026, made_at=now(), people=0, facts=as_data(Facts(company=told)))


def test_the_register_tells_the_week_s_release_and_not_this_moment(client: Client, ritva: Person, time: Time) -> None:
    visited(30, 10)
    page = text(client.get(REGISTER))
    assert f"viikon {make.MONDAY.isocalendar().week} luvut" in page
    assert re.search(r"Saattajan kanssa</th>\s*<td[^>]*>40</td>\s*<td[^>]*>30</td>\s*<td[^>]*>75", page)
    held(time, came=True, along=True)
    assert released(release(2026)).numbers.company["with"].at("", "") == 40
    assert text(client.get(REGISTER)).count(">40<") == 1


def test_a_new_year_without_figures_shows_the_last_one_s(client: Client, ritva: Person, time: Time) -> None:
    visited(30, 10)
    time.to(datetime(2027, 1, 8, 12, tzinfo=UTC))
    NumbersRelease.objects.update(made_at=now())
    assert "Vuoden 2026 ensimmäiset kerrat" in text(client.get(REGISTER))


def test_models_are_for_everybody_and_tell_no_persons_name(client: Client, ritva: Person) -> None:
    client.post(f"{REGISTER}uusi/malli/", MODEL)
    client.post(f"{REGISTER}uusi/saattaja/", PERSON)
    Companion.objects.filter(kind="village_ride").update(name="Salainen Sinikka")
    page = text(Client().get("/saattajat/"))
    assert all(words in page for words in ("Kyläkyyti Nilsiä", "Kuopio", "Tilaa päivää ennen.", "3,50 €", "noin 2 päivää", "017 555 0123"))
    assert not any(words in page for words in ("Ritva Reipas", "050 111 2233", "Salainen"))
    Companion.objects.filter(kind="village_ride").update(active=False)
    assert "ei ole vielä kerrottu" in text(Client().get("/saattajat/"))
