"""Receivers and companions behind their links, the group's paper list and the register of companions, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from mukana.accounts.models import Person
from mukana.directory.tests import make as hub
from mukana.lib.clock import now
from mukana.outbox.models import Message
from mukana.referrals.actions import accompanying, answering, ending, supporting, visiting
from mukana.referrals.actions.permitting import Given
from mukana.referrals.actions.saying import resident_says
from mukana.referrals.models import Area, Companion, Placement, Referral, Support
from mukana.referrals.rules.codes import RECEIVER, RESIDENT, Deed
from mukana.referrals.tests import make
from mukana.referrals.tests.make import AINO, Time, deed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
Check = Callable[[str], None]
LogIn = Callable[[str], None]
COMPANY = (Given("referral"), Given("companion", ("name", "contact", "practical")))


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    """Monday 23.11.2026 at nine, until the journey moves it."""
    return Time(monkeypatch)


def test_a_receiver_without_an_account_says_yes_agrees_and_marks_who_came(
    page: Page, live_server: object, time: Time, looked: Check
) -> None:
    entry = make.group()
    happening = hub.date(entry, now() + timedelta(days=8))
    placement, token = make.requested(make.talking(AINO), entry)
    page.goto(f"{live_server}/tarjous/{token}/")
    expect(page.get_by_text("Aino")).to_have_count(0)
    page.get_by_text("Ei nyt", exact=True).click()
    looked("receive-offer")
    page.get_by_role("button", name="Kyllä, tervetuloa").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aino Virtanen")
    expect(page.get_by_role("link", name="017 123 4567")).to_be_visible()
    looked("receive-accepted")
    page.get_by_label("Kuka on vastassa?").fill("")
    page.get_by_role("button", name="Sovi kerta").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looked("receive-mistake")
    page.get_by_label("Kuka on vastassa?").fill("Anneli")
    page.get_by_text("ti 1.12.").click()
    page.get_by_role("button", name="Sovi kerta").click()
    expect(page.get_by_text("Kerromme ajan tulijalle")).to_be_visible()
    page.get_by_text("Tuli este").click()
    looked("receive-agreed")
    page.get_by_role("link", name="Tulosta osallistujalista").click()
    expect(page.get_by_role("rowheader", name="Aino")).to_be_visible()
    looked("receive-list")
    time.to(happening.starts_at + timedelta(hours=1))
    page.get_by_role("link", name="Takaisin").click()
    expect(page.get_by_role("heading", name="Tuliko Aino Virtanen?")).to_be_visible()
    looked("receive-mark")
    page.get_by_role("button", name="Tuli", exact=True).click()
    expect(page.get_by_text("Merkitsimme: tuli")).to_be_visible()
    placement.refresh_from_db()
    assert placement.state == "first_attended"
    looked("receive-came")
    page.goto(f"{live_server}/tarjous/{token}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tähän on jo vastattu")
    looked("receive-dead")


def test_a_double_click_on_yes_ends_at_the_name(page: Page, live_server: object, time: Time) -> None:
    _, token = make.requested(make.talking(AINO))
    page.goto(f"{live_server}/tarjous/{token}/")
    page.get_by_role("button", name="Kyllä, tervetuloa").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aino Virtanen")


def test_a_no_and_a_place_in_the_queue(page: Page, live_server: object, time: Time, looked: Check) -> None:
    _, token = make.requested(make.talking(AINO))
    page.goto(f"{live_server}/tarjous/{token}/")
    page.get_by_text("Ei nyt", exact=True).click()
    page.get_by_text("Ryhmä on täynnä").click()
    page.get_by_label("Milloin tai mikä sopisi?").fill("Uusi ryhmä alkaa 12.1.")
    page.get_by_role("button", name="Lähetä vastaus: ei nyt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kiitos vastauksesta")
    looked("receive-declined")
    _, second = make.requested(make.talking())
    page.goto(f"{live_server}/tarjous/{second}/")
    page.get_by_role("button", name="Jonoon").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Joku odottaa paikkaa")
    looked("receive-queue")


def test_after_a_withdrawal_the_page_asks_to_delete_and_is_told_so(page: Page, live_server: object, time: Time, looked: Check) -> None:
    placement, token = make.requested(make.talking(AINO))
    page.goto(f"{live_server}/tarjous/{token}/")
    page.get_by_role("button", name="Kyllä, tervetuloa").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aino Virtanen")
    ending.withdraw(Referral.objects.get(pk=placement.referral_id), Deed("p1", RESIDENT, "phone"))
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lupa on peruttu")
    looked("receive-withdrawn")
    page.get_by_role("button", name="Tiedot on poistettu").click()
    expect(page.get_by_text("Tiedot on kuitattu poistetuiksi")).to_be_visible()


def company(time: Time, who: make.Who = AINO) -> Support:
    case = make.talking(who, wants_companion=True, permissions=COMPANY)
    make.scheduled(case, at=make.MONDAY + timedelta(days=8, hours=1))
    return Support.objects.get(placement__referral=case)


def test_a_companion_comes_along_by_link(page: Page, live_server: object, time: Time, looked: Check) -> None:
    task = company(time)
    token = supporting.offer(task, make.companion(), deed("companions"))
    page.goto(f"{live_server}/saattaja/{token}/")
    expect(page.get_by_text("Aino")).to_have_count(0)
    looked("company-asked")
    page.get_by_role("button", name="Kyllä, pääsen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aino")
    page.get_by_text("En pääsekään").click()
    looked("company-coming")
    page.get_by_role("button", name="Olemme jutelleet").click()
    expect(page.get_by_text("Olette jutelleet", exact=True)).to_be_visible()
    task.refresh_from_db()
    assert task.starts_at is not None
    time.to(task.starts_at + timedelta(hours=1))
    page.goto(f"{live_server}/saattaja/{token}/")
    expect(page.get_by_role("heading", name="Miten meni?")).to_be_visible()
    looked("company-tell")
    page.get_by_role("button", name="Olin mukana").click()
    expect(page.get_by_text("Kiitos, että olit mukana")).to_be_visible()
    looked("company-thanks")
    time.to(task.starts_at + timedelta(days=8))
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tämän sivun aika on päättynyt")
    looked("company-over")


def test_the_coordinator_of_companions_keeps_the_register_and_asks_one(
    page: Page, live_server: object, time: Time, log_in: LogIn, looked: Check
) -> None:
    task = company(time, make.variant(AINO, language="sv", gender_wish="woman", practical=("wheelchair",), interests=("singing",)))
    log_in("ritva")
    Area.objects.update(companions=Person.objects.get(email="ritva@mukana.example"))
    fit = {"languages": ["fi", "sv"], "gender": "woman", "skills": ["wheelchair"]}
    make.companion("Gun Berg", **fit, interests=["singing"])
    make.companion("Berit Ås", **fit, phone="050 444 5566")
    make.companion("Pekka Puu", gender="man")
    make.companion("Vanha Vetting", **fit, vetted_on=date(2023, 1, 1))
    page.goto(f"{live_server}/tyopoyta/saattajat/")
    expect(page.get_by_text("Tarkistus vanheni")).to_be_visible()
    looked("register")
    page.get_by_role("link", name="Vesijumppa").click()
    page.get_by_text("ei sovi tähän").click()
    expect(page.get_by_text("taustan tarkistus puuttuu")).to_be_visible()
    looked("register-need")
    page.get_by_text("Gun Berg").first.click()
    page.get_by_label("Varalle").select_option(label="Berit Ås")
    page.get_by_role("button", name="Pyydä saattajaksi").click()
    expect(page.get_by_text("Pyyntö on lähtenyt")).to_be_visible()
    looked("register-asked")
    assert Message.objects.filter(kind="referrals.companion").count() == 1
    page.get_by_role("button", name="Pääsee", exact=True).click()
    expect(page.get_by_text("Vastaus on kirjattu")).to_be_visible()
    looked("register-coming")
    task.refresh_from_db()
    assert task.state == "accepted"


def test_a_support_person_and_a_model_are_added_and_the_model_is_public(
    page: Page, live_server: object, time: Time, log_in: LogIn, looked: Check
) -> None:
    make.area()
    log_in("ritva")
    Area.objects.update(companions=Person.objects.get(email="ritva@mukana.example"))
    page.goto(f"{live_server}/tyopoyta/saattajat/")
    page.get_by_role("link", name="Lisää saattaja").click()
    page.get_by_label("Nimi").fill("Ritva Reipas")
    page.get_by_label("Puhelin").fill("050 111 2233")
    page.get_by_label("Maanantai").fill("aamulla")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looked("register-person")
    page.get_by_label("Maanantai").fill("9–12")
    page.get_by_label("Kuopio").check()
    page.get_by_role("button", name="Tallenna").click()
    expect(page.get_by_text("Tiedot on tallennettu")).to_be_visible()
    page.get_by_role("link", name="Lisää malli").click()
    page.get_by_label("Nimi julkisella sivulla").fill("Kyläkyyti Nilsiä")
    page.get_by_label("Malli").select_option("village_ride")
    page.get_by_label("Puhelin").fill("017 555 0123")
    page.get_by_label("Kuopio").check()
    page.get_by_label("Kenelle ja millä ehdoilla").fill("Tilaa päivää ennen klo 15 mennessä.")
    page.get_by_label("Hinta euroina").fill("3.50")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.get_by_role("link", name="Kyläkyyti Nilsiä")).to_be_visible()
    assert set(Companion.objects.values_list("kind", flat=True)) == {"person", "village_ride"}
    page.goto(f"{live_server}/saattajat/")
    expect(page.get_by_role("heading", name="Kyläkyyti Nilsiä")).to_be_visible()
    expect(page.get_by_text("Ritva")).to_have_count(0)
    looked("models")


def test_a_link_worker_enters_the_paper_list(page: Page, live_server: object, time: Time, log_in: LogIn, looked: Check) -> None:
    _, placement, session = make.scheduled(make.talking(AINO))
    log_in("mari")
    Referral.objects.update(link_worker=Person.objects.get(email="mari@mukana.example"))
    time.to(session.starts_at + timedelta(hours=2))
    page.goto(f"{live_server}/tyopoyta/osallistujalistat/")
    looked("lists")
    page.get_by_role("link", name="Kirjaa lista").click()
    page.get_by_role("radio", name="Tuli", exact=True).check()
    page.get_by_label("Kaikkiaan paikalla").fill("12")
    looked("list-entry")
    page.get_by_role("button", name="Tallenna lista").click()
    expect(page.get_by_text("Yksi rivi on kirjattu")).to_be_visible()
    assert Placement.objects.get(pk=placement.pk).state == "first_attended"


def test_a_wrong_mark_is_put_right_by_the_receiver_and_by_the_link_worker(
    page: Page, live_server: object, time: Time, log_in: LogIn, looked: Check
) -> None:
    entry = make.group()
    happening = hub.date(entry, now() + timedelta(days=8))
    placement, _ = make.requested(make.talking(AINO), entry)
    token = answering.accept(placement, deed(RECEIVER, "phone"))
    visiting.schedule(placement, visiting.When(happening.starts_at, "Anneli", happening.ends_at, "Uimahalli", "", happening), deed())
    time.to(happening.starts_at + timedelta(hours=1))
    page.goto(f"{live_server}/tulija/{token}/")
    page.get_by_role("button", name="Ei tullut").click()
    expect(page.get_by_text("Linkkihenkilö soittaa hänelle")).to_be_visible()
    page.locator("summary", has_text="Korjaa merkintä").click()
    looked("wrong-receiver")
    page.get_by_role("button", name="Korjaa merkintä").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looked("wrong-receiver-mistake")
    page.get_by_label("Tuli", exact=True).check()
    page.get_by_label("Kaksi ihmistä meni sekaisin").check()
    page.get_by_role("button", name="Korjaa merkintä").click()
    expect(page.get_by_role("status")).to_contain_text("Merkintä on korjattu")
    placement.refresh_from_db()
    assert placement.state == "first_attended"
    looked("wrong-receiver-done")

    log_in("mari")
    Referral.objects.update(link_worker=Person.objects.get(email="mari@mukana.example"))
    page.goto(f"{live_server}/tyopoyta/hyvinvointilahete/{placement.referral_id}/paikka/{placement.pk}/korjaa/")
    looked("wrong-case")
    page.get_by_label("Ilmoitti esteestä").check()
    page.get_by_label("Asia selvisi myöhemmin").check()
    page.get_by_role("button", name="Korjaa merkintä").click()
    expect(page.get_by_role("status")).to_contain_text("Merkintä on korjattu")
    expect(page.get_by_text("aiemmin: kävi").first).to_be_attached()
    looked("wrong-case-done")
    page.goto(f"{live_server}/tyopoyta/osallistujalistat/{happening.pk}/")
    expect(page.get_by_label("Jos muutat merkintää: miksi se oli väärä?")).to_be_visible()
    looked("wrong-list")


def test_the_keeper_of_companions_decides_when_two_words_differ(
    page: Page, live_server: object, time: Time, log_in: LogIn, looked: Check
) -> None:
    task = company(time)
    log_in("ritva")
    Area.objects.update(companions=Person.objects.get(email="ritva@mukana.example"))
    supporting.answer(supporting.offer(task, make.companion(), deed("companions")), yes=True)
    task.refresh_from_db()
    assert task.starts_at is not None
    time.to(task.starts_at + timedelta(hours=3))
    resident_says(task, "away", deed(RESIDENT, "phone"))
    accompanying.was_along(Support.objects.get(), deed("companion", "phone"))
    page.goto(f"{live_server}/tyopoyta/saattajat/")
    expect(page.get_by_text("Selvitä, oliko mukana")).to_be_visible()
    looked("differ-register")
    page.get_by_role("link", name="Vesijumppa").click()
    expect(page.get_by_role("heading", name="Oliko saattaja mukana?")).to_be_visible()
    looked("differ-need")
    page.get_by_role("button", name="Saattaja oli mukana").click()
    expect(page.get_by_role("status")).to_contain_text("Kirjattu: saattaja oli mukana")
