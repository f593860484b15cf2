"""Breaking the glass through its pages, and the officer's review."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mukana.audit.models import Trace
from mukana.lib.clock import now
from mukana.lib.moments import as_local
from mukana.outbox.tests.boxes import sent_to
from mukana.referrals.actions import ending, glass
from mukana.referrals.actions.ticking import tick
from mukana.referrals.models import BreakGlass
from mukana.referrals.tests import make
from mukana.referrals.tests.make import AINO, Time, deed
from mukana.referrals.tests.test_work_pages import page, said, seen_by

pytestmark = pytest.mark.django_db
REASON = "Puhelu katkesi, asukas kertoi ottaneensa lääkkeitä"


def petri() -> Client:
    return seen_by(make.person("on_call", "Petri Päivystys"))


def test_13_exactly_one_match_opens_contact_data_for_an_hour_and_closes_itself(time: Time) -> None:
    officer = make.person("data_protection", "Leena Suoja")
    make.sent(make.variant(AINO, protected=True))
    client = petri()
    answer = client.post(reverse("glass"), {"kuka": "aino  VIRTANEN", "syy": REASON})
    opened = BreakGlass.objects.get()
    assert answer.url == reverse("glass_open", args=[opened.pk])
    shown = client.get(answer.url)
    text = said(shown)
    assert "Aino Virtanen" in text
    assert "017 123 4567" in text
    assert "Ei viestejä vastaajaan" in text
    assert "Auki vielä 60 minuuttia" in text
    assert not any(word in text for word in ("Laiturikatu", "Kaipaan seuraa", "Olen usein yksin"))
    assert shown["Refresh"] == "3601"
    assert client.post(reverse("glass"), {"kuka": "Aino Virtanen", "syy": REASON}).url == answer.url  # a double click
    assert BreakGlass.objects.count() == 1
    time.on(minutes=59)
    assert "Auki enää minuutin" in said(client.get(answer.url))
    time.on(minutes=1)
    closed = client.get(answer.url)
    assert (closed.status_code, "Aino" in said(closed)) == (403, False)
    tick(time.on(days=2))
    officer_client = seen_by(officer)
    text = page(officer_client, "glass_reviews")
    assert REASON in text
    assert "myöhässä" in text
    assert "Aino" not in text


def test_nothing_is_told_of_nobody_or_of_several_and_searches_are_counted(time: Time) -> None:
    make.sent(AINO)
    make.sent(make.variant(AINO, phone="050 765 4321"))
    client = petri()
    for words, sentence in (
        ("Aino Virtanen", "Samalla nimellä on useita"),
        ("Aino Virta", "Ketään ei löytynyt"),
        ("Aino", "Ketään ei löytynyt"),
    ):
        answer = client.post(reverse("glass"), {"kuka": words, "syy": REASON})
        assert (answer.status_code, sentence in said(answer), "050" in said(answer)) == (409, True, False)
    assert client.post(reverse("glass"), {"kuka": "050 7654321", "syy": REASON}).status_code == 302
    traces = Trace.objects.filter(verb="glass.searched")
    assert traces.count() == 4
    assert "Aino" not in str([one.detail for one in traces])
    for _ in range(8):
        client.post(reverse("glass"), {"kuka": "Joku Muu", "syy": REASON})
    answer = client.post(reverse("glass"), {"kuka": "Aino Virtanen", "kunta": "297", "syy": REASON})
    assert "Olet etsinyt monta kertaa" in said(answer)
    time.on(hours=2)
    answer = client.post(reverse("glass"), {"kuka": "Aino Virtanen", "kunta": "297", "syy": REASON})
    assert "Samalla nimellä on useita" in said(answer)


def test_a_reason_is_asked_first_and_a_reference_finds_too(time: Time) -> None:
    case = make.sent(AINO)
    client = petri()
    assert client.post(reverse("glass"), {"kuka": case.reference, "syy": "siksi"}).status_code == 422
    assert not Trace.objects.filter(verb="glass.searched").exists()
    spoken = f"{case.reference[:5]}-{case.reference[5:]}".lower()
    assert client.post(reverse("glass"), {"kuka": spoken, "syy": REASON}).status_code == 302
    assert "Sulkeutuu klo 10.00" in page(client, "glass")
    ending.entered_in_error(case, "test", deed("coordinator"), second="p2")
    time.on(hours=2)
    assert client.post(reverse("glass"), {"kuka": case.reference, "syy": REASON}).status_code == 409


def test_another_s_opening_shows_nothing_and_each_person_needs_an_own_reason(time: Time) -> None:
    make.sent(AINO)
    client = petri()
    address = client.post(reverse("glass"), {"kuka": "Aino Virtanen", "syy": REASON}).url
    other = seen_by(make.person("on_call", "Toinen Päivystäjä"))
    assert other.get(address).status_code == 403
    make.sent(make.REIJO)
    assert client.post(reverse("glass"), {"kuka": "Reijo Räsänen"}).status_code == 422
    assert other.get(reverse("glass_open", args=["00000000-0000-0000-0000-000000000001"])).status_code == 404


def test_the_officer_decides_once_and_may_put_off_telling_with_a_reason(time: Time) -> None:
    make.sent(AINO)
    petri().post(reverse("glass"), {"kuka": "Aino Virtanen", "syy": REASON})
    opened = BreakGlass.objects.get()
    first, second = (seen_by(make.person("data_protection", name)) for name in ("Leena Suoja", "Toinen Suoja"))
    address = reverse("glass_review", args=[opened.pk])
    assert REASON in page(first, "glass_review", opened.pk)
    assert first.post(address, {"paatos": "justified", "paivia": "30", "perustelu": ""}).status_code == 422
    assert first.post(address, {"paatos": "justified", "paivia": "30", "perustelu": "Tutkinta kesken"}).status_code == 302
    answer = second.post(address, {"paatos": "not_justified", "paivia": "0"})
    assert (answer.status_code, "Tämä on jo tehty" in said(answer)) == (409, True)
    opened.refresh_from_db()
    assert opened.decision == "justified"
    assert opened.hidden_until == opened.opened_at.date() + timedelta(days=30)
    text = page(first, "glass_reviews")
    assert "Perusteltu" in text
    assert "Tutkinta kesken" in text


def test_another_reason_within_the_hour_is_kept_beside_the_first_with_its_time(time: Time) -> None:
    make.sent(AINO)
    client, officer = petri(), seen_by(make.person("data_protection", "Leena Suoja"))
    first = client.post(reverse("glass"), {"kuka": "Aino Virtanen", "syy": REASON}).url
    time.on(minutes=12)
    for _ in range(2):
        assert client.post(reverse("glass"), {"kuka": "Aino Virtanen", "syy": "Ovi on auki eikä kukaan vastaa"}).url == first
    opened = BreakGlass.objects.get()
    assert opened.reason == f"{REASON}\n{as_local(now()):%H.%M}: Ovi on auki eikä kukaan vastaa"
    text = page(officer, "glass_review", opened.pk)
    assert REASON in text
    assert "Ovi on auki eikä kukaan vastaa" in text
    officer.post(reverse("glass_review", args=[opened.pk]), {"paatos": "justified", "paivia": "0"})
    again = client.post(reverse("glass"), {"kuka": "Aino Virtanen", "syy": "Kolmas syy, jota ei ole tarkastettu"}).url
    assert again != first
    assert "Kolmas syy" in page(officer, "glass_reviews")


def test_why_telling_waits_takes_no_identity_codes(time: Time) -> None:
    make.sent(AINO)
    petri().post(reverse("glass"), {"kuka": "Aino Virtanen", "syy": REASON})
    officer = seen_by(make.person("data_protection", "Leena Suoja"))
    told = {"paatos": "justified", "paivia": "30", "perustelu": "Tutkinta kesken, 131052-308T"}
    answer = officer.post(reverse("glass_review", args=[BreakGlass.objects.get().pk]), told)
    assert (answer.status_code, "Poista henkilötunnus" in said(answer)) == (422, True)
    assert BreakGlass.objects.get().reviewed_at is None


def test_what_is_not_reviewed_goes_to_another_who_can_review_and_never_to_one_who_cannot(time: Time) -> None:
    first, second = (make.person("data_protection", name) for name in ("Leena Suoja", "Toinen Suoja"))
    make.sent(AINO)
    lead = make.person("referral_coordinator", "Lea Lead")
    make.area().__class__.objects.update(lead=lead)
    petri().post(reverse("glass"), {"kuka": "Aino Virtanen", "syy": REASON})
    was = BreakGlass.objects.get().owner_person
    assert was in (first, second)
    tick(time.on(days=3))
    opened = BreakGlass.objects.get()
    assert opened.owner == "privacy"
    assert {was, opened.owner_person} == {first, second}
    assert seen_by(opened.owner_person).get(reverse("glass_review", args=[opened.pk])).status_code == 200
    assert sent_to(opened.owner_person.email, kind="referrals.staff").exists()


def test_the_only_officer_keeps_it_and_is_reminded(time: Time) -> None:
    officer = make.person("data_protection", "Leena Suoja")
    make.sent(AINO)
    petri().post(reverse("glass"), {"kuka": "Aino Virtanen", "syy": REASON})
    tick(time.on(days=3))
    assert BreakGlass.objects.get().owner_person == officer
    assert sent_to(officer.email, kind="referrals.staff").exists()


def test_an_officer_s_own_opening_is_another_s_to_review(time: Time) -> None:
    case, officer = make.sent(AINO), make.person("data_protection", "Leena Suoja")
    opened = glass.open_glass(case.resident, officer, REASON)
    assert opened.owner_person is None
    assert Trace.objects.filter(verb="glass.unwatched").count() == 1


def test_without_an_officer_the_page_says_so_and_the_main_user_is_told_until_there_is_one(time: Time) -> None:
    main = make.person("it", "Pekka Pääkäyttäjä")
    make.sent(AINO)
    client = petri()
    assert "kukaan ei voi tarkastaa avausta" in page(client, "glass")
    client.post(reverse("glass"), {"kuka": "Aino Virtanen", "syy": REASON})
    assert "tietosuojavastaavan rooli" in sent_to(main.email, kind="referrals.privacy").get().text
    tick(time.on(days=3))
    assert sent_to(main.email, kind="referrals.privacy").count() == 2
    officer = make.person("data_protection", "Leena Suoja")
    tick(time.on(days=10))
    assert BreakGlass.objects.get().owner_person == officer
    assert "kukaan ei voi" not in page(client, "glass")
