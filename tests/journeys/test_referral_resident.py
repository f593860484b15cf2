"""The resident's own page, the yes to what a relative wrote, and the queue of letters, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from mukana.accounts.models import Person
from mukana.lib.clock import now
from mukana.outbox.models import Message
from mukana.referrals import secrets
from mukana.referrals.actions import answering, referring, supporting, visiting
from mukana.referrals.actions.permitting import Given
from mukana.referrals.models import Area, Permission, Placement, Referral, Support
from mukana.referrals.rules.codes import PROXY, RECEIVER, Deed
from mukana.referrals.tests import make
from mukana.referrals.tests.make import AINO, REIJO, deed

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
Looked = Callable[[str], None]


def own_url(live_server: LiveServer, case: Referral) -> str:
    found = Referral.objects.select_related("resident").get(pk=case.pk)
    return f"{live_server}/oma/{secrets.token_of(found, secrets.OWN)}/"


def test_a_resident_reads_their_page_takes_one_permission_back_tells_what_is_unsafe_and_withdraws(
    page: Page, live_server: LiveServer, looked: Looked
) -> None:
    case, _, _ = make.scheduled(make.talking(REIJO))
    other = make.group("Kirjallisuuspiiri")
    make.requested(case, other)
    page.goto(own_url(live_server, case))
    expect(page.get_by_role("heading", level=1)).to_have_text("Suunnitelma on sovittu")
    looked("oma-sivu")
    page.locator("summary", has_text=re.compile("Peru lupa.*Tiedot saa antaa järjestäjälle: Kirjallisuuspiiri")).click()
    page.get_by_role("button", name=re.compile("^Kyllä, peru lupa ?: Tiedot saa antaa järjestäjälle: Kirjallisuuspiiri")).click()
    expect(page.get_by_role("status")).to_contain_text("Lupa on peruttu.")
    assert Placement.objects.get(entry=other).state == "recalled"
    assert Permission.objects.get(entry=other).withdrawn_at is not None

    page.get_by_role("link", name="Kerro, jos jokin yhteydenotto ei ole sinulle turvallinen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mikä ei ole turvallista?")
    looked("oma-turva")
    page.get_by_role("button", name="Kerro linkkihenkilölle").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Ei sähköpostia").check()
    page.get_by_role("button", name="Kerro linkkihenkilölle").click()
    expect(page.get_by_role("status")).to_contain_text("Muutos on tehty.")

    page.get_by_role("link", name="Peru koko lähete").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Perutaanko koko lähete?")
    looked("oma-peru")
    page.get_by_role("button", name="Peru koko lähete").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lähetteesi on peruttu")
    looked("oma-peruttu")
    case.refresh_from_db()
    assert case.state == "withdrawn"


def test_one_who_missed_tells_why_and_one_in_a_queue_keeps_the_place(page: Page, live_server: LiveServer, looked: Looked) -> None:
    case, placement, _ = make.scheduled(make.talking(REIJO))
    visiting.settle(placement, "missed", deed(RECEIVER, "phone"))
    second, _ = make.requested(case, make.group("Kuoro"))
    answering.waitlist(second, Deed("link:x", RECEIVER, "link"))
    page.goto(own_url(live_server, case))
    expect(page.get_by_text("Mikä esti?")).to_be_visible()
    looked("oma-miksi")
    page.get_by_label("Kulkeminen").check()
    page.get_by_role("button", name="Kerro syy").click()
    expect(page.get_by_role("status")).to_contain_text("Kiitos, että kerroit.")
    page.get_by_role("button", name="Haluan paikan").click()
    expect(page.get_by_role("status")).to_contain_text("Pidämme paikkasi jonossa.")
    page.get_by_role("button", name="Pyydä, että sinulle soitetaan").click()
    expect(page.get_by_role("status")).to_contain_text("Otamme sinuun yhteyttä.")


def test_one_who_had_company_tells_whether_they_came(
    page: Page, live_server: LiveServer, looked: Looked, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = (Given("referral"), Given("companion", ("name", "contact", "practical")))
    case, _, session = make.scheduled(make.talking(REIJO, wants_companion=True, permissions=given))
    task = Support.objects.get()
    supporting.answer(supporting.offer(task, make.companion(), deed("companions")), yes=True)
    make.Time(monkeypatch).to(session.starts_at + timedelta(hours=3))
    page.goto(own_url(live_server, case))
    expect(page.get_by_text("Tuliko saattaja mukaan?")).to_be_visible()
    looked("oma-saattaja")
    page.get_by_role("button", name="Tuli", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Kiitos, että kerroit.")
    task.refresh_from_db()
    assert task.state == "accompanied"


def test_the_lost_link_is_found_again_with_a_code_to_the_residents_own_number(page: Page, live_server: LiveServer, looked: Looked) -> None:
    case = make.talking(REIJO)
    page.goto(f"{live_server}/oma/vaara/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tämä linkki ei enää toimi")
    looked("oma-kadonnut")
    page.get_by_role("link", name="Pyydä koodi ja avaa oma sivusi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Oma lähetteesi")
    looked("oma-ovi")
    page.get_by_label("Lähetteen tunnus").fill(f"{case.reference[:5]}-{case.reference[5:]}")
    page.get_by_role("button", name="Lähetä koodi minulle").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kirjoita koodi")
    looked("oma-koodi")
    page.get_by_label("Koodi", exact=True).fill("000000x")
    page.get_by_role("button", name="Avaa oma sivuni").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert Message.objects.filter(kind="referrals.code").exists()
    page.get_by_label("Koodi", exact=True).fill(secrets.door_code(Referral.objects.select_related("resident").get(pk=case.pk), now()))
    page.get_by_role("button", name="Avaa oma sivuni").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Suunnittelemme yhdessä")


def test_a_resident_reads_what_a_relative_wrote_and_says_yes(page: Page, live_server: LiveServer, looked: Looked) -> None:
    form = make.form(REIJO, permissions=(), unit="Läheinen: lapsi")
    case = referring.ask_confirmation(referring.draft(form, deed(PROXY, "link")), deed(PROXY, "link"))
    page.goto(f"{live_server}/vastaa/")
    looked("vastaa-ovi")
    page.get_by_label("Lähetteen tunnus").fill(case.reference)
    page.get_by_label("Koodi", exact=True).fill(secrets.letter_code(case))
    page.get_by_role("button", name="Lue, mitä sinusta on kerrottu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Haluatko, että linkkihenkilö soittaa sinulle?")
    looked("vastaa")
    page.get_by_label("Minua saa muistuttaa ensimmäisestä kerrasta").check()
    page.get_by_role("button", name="Kyllä, soittakaa minulle").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kiitos, lähete on matkalla")
    looked("vastattu")
    case.refresh_from_db()
    assert case.state == "sent"


def test_letters_are_printed_and_posted(page: Page, live_server: LiveServer, log_in: Callable[[str], None], looked: Looked) -> None:
    make.area()
    log_in("mari")
    mari = Person.objects.get(email="mari@mukana.example")
    Area.objects.update(coordinator=mari)
    make.scheduled(make.talking(AINO))
    make.sent(make.variant(AINO, name="Lahja Pitkänimisenkangas-Hirvijärvensalmi"))
    make.sent(make.variant(AINO, name="Ольга 李"))
    page.goto(f"{live_server}/tyopoyta/kirjeet/")
    expect(page.get_by_role("heading", level=1)).to_have_text("5 kirjettä odottaa postittamista")
    expect(page.get_by_text("Näitä merkkejä emme osaa painaa: 李")).to_be_visible()
    looked("kirjeet")
    answer = page.request.get(f"{live_server}/tyopoyta/kirjeet/kirjeet.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    page.get_by_role("button", name=re.compile("^Postitettu ?: Lahja")).click()
    expect(page.get_by_role("status")).to_have_text("1 kirje merkitty postitetuksi.")
    page.get_by_role("button", name="Kaikki on postitettu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kaikki kirjeet on postitettu")
    looked("kirjeet-tyhja")
    form = make.form(AINO, permissions=(), unit="Läheinen: lapsi")
    case = referring.ask_confirmation(referring.draft(form, deed(PROXY)), deed(PROXY))
    page.goto(f"{live_server}/tyopoyta/laheisen-lahete/{case.pk}/")
    looked("laheisen-lahete")
    page.get_by_role("button", name="Asukas sanoo kyllä").click()
    expect(page).to_have_url(f"{live_server}/tyopoyta/saapuneet/")
    case.refresh_from_db()
    assert case.state == "sent"
    assert case.due_at is not None
    assert case.due_at < now() + timedelta(days=7)
