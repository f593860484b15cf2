"""Those who keep the service: messages, traces, retention and background work in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from mukana.accounts.models import Person
from mukana.audit.actions import read, record
from mukana.audit.models import JobState
from mukana.directory.models import Feedback
from mukana.lib.clock import now
from mukana.outbox.actions import send_email, send_sms
from mukana.outbox.actions.sending import send_due
from mukana.outbox.models import Message

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
Check = Callable[..., None]
LogIn = Callable[[str], None]


def test_a_coordinator_reads_what_was_sent_and_decides_of_what_may_have_gone(
    page: Page, live_server: object, log_in: LogIn, looked: Check, settings: object
) -> None:
    log_in("tiina")
    settings.DEMO = True  # type: ignore[attr-defined]
    tiina = str(Person.objects.get(email="tiina@mukana.example").pk)
    letter = "Hei Anneli!\n\nPitävätkö tuolijumpan tiedot vielä paikkansa?\nhttps://mukana.example/vahvista/abc"
    to = "Anneli Rautio <anneli@mukana.example>"
    send_email(to=to, subject="Vahvista ryhmäsi tiedot", kind="freshness", by=tiina, text=letter, about="directory.Entry:1")
    send_sms(to="041 730 8168", text="Poimintasi: tuolijumppa tiistaina klo 10.00. Kysy numerosta 05 000 1200. " * 3, kind="picks")
    send_due()
    unknown = send_sms(to="041 730 8169", text="Muistutus huomisesta", kind="reminder")
    Message.objects.filter(pk=unknown.pk).update(state="unknown", next_at=None, problem="broken_off", tries=1)
    later = send_email(to="jouni@mukana.example", subject="Ryhmäsi kuulumiset", text="Hei!", kind="digest")
    Message.objects.filter(pk=later.pk).update(state="failed", problem="unreachable", next_at=now() + timedelta(minutes=4), tries=3)
    page.goto(f"{live_server}/tyopoyta/viestit/")
    expect(page.get_by_text("Yksi viesti odottaa, että joku päättää siitä.")).to_be_visible()
    looked("keepers-messages")
    page.get_by_role("link", name="Vahvista ryhmäsi tiedot").click()
    expect(page.get_by_text("Pitävätkö tuolijumpan tiedot")).to_be_visible()
    looked("keepers-message")
    page.goto(f"{live_server}/tyopoyta/viestit/?tila=unknown")
    page.get_by_role("link", name="reminder").click()
    expect(page.get_by_role("button", name="Merkitse lähteneeksi")).to_be_visible()
    looked("keepers-message-unknown")
    page.get_by_role("button", name="Merkitse lähteneeksi").click()
    expect(page.get_by_text("Lähetetty", exact=True)).to_be_visible()


def test_a_data_protection_officer_sees_who_looked_and_lets_old_words_go(
    page: Page, live_server: object, log_in: LogIn, looked: Check
) -> None:
    log_in("pekka")
    officer = Person.objects.create_person("seija@mukana.example", "Seija Laine")
    officer.memberships.create(role="data_protection")
    log_in("seija")
    moment = now() - timedelta(days=1200)
    word = Feedback.objects.create(text="Vanha", sent_at=moment, due_on=moment.date())
    tiina = Person.objects.get(email="tiina@mukana.example")
    record("feedback.sent", f"directory.Feedback:{word.pk}", by="visitor", topic="idea")
    read(word, by=tiina, fields=["contact"])
    page.goto(f"{live_server}/tyopoyta/kuka-teki-mita/")
    page.get_by_label("Kuka", exact=False).first.fill("tossavainen")
    page.get_by_role("button", name="Rajaa").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    looked("keepers-traces")
    page.get_by_role("link", name="Säilytysajat").first.click()
    expect(page.get_by_label("Tieto, jota ei saa poistaa")).to_be_visible()
    looked("keepers-retention")
    page.get_by_role("button", name=re.compile("Vahvista sääntö.*Palautteet vastauksineen")).click()
    expect(page.locator("li", has_text="Palautteet vastauksineen").get_by_text("Käytössä")).to_be_visible()
    page.get_by_label("Tieto, jota ei saa poistaa").fill(f"directory.Feedback:{word.pk}")
    page.get_by_label("Miksi").fill("Valitus on vireillä")
    page.get_by_role("button", name="Estä poistaminen").click()
    expect(page.get_by_text("Valitus on vireillä")).to_be_visible()
    looked("keepers-retention-held")


def test_the_main_user_sees_what_the_machine_does_and_hurries_what_failed(
    page: Page, live_server: object, log_in: LogIn, looked: Check
) -> None:
    log_in("pekka")
    JobState.objects.create(
        name="search.follow_changes", node="palvelin-1", begun_at=now(), said="Hakuun vietiin 3 kohdetta.", worked_at=now()
    )
    JobState.objects.create(
        name="outbox.send_messages", begun_at=now(), failures=2, problem="OSError: levy on täynnä", next_at=now() + timedelta(minutes=2)
    )
    page.goto(f"{live_server}/tyopoyta/taustatyot/")
    expect(page.get_by_text("Yksi taustatyö ei onnistunut.")).to_be_visible()
    looked("keepers-background")
    page.get_by_role("button", name=re.compile("Yritä heti.*Viestien lähetys")).click()
    expect(page).to_have_url(f"{live_server}/tyopoyta/taustatyot/")
