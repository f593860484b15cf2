"""The doors to one's own page: a code to one's own channel; and the yes or no to what somebody near wrote."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from mukana.audit.models import Trace
from mukana.lib.clock import now
from mukana.outbox.models import Message
from mukana.outbox.tests.boxes import saying
from mukana.referrals import secrets
from mukana.referrals.actions import own, referring
from mukana.referrals.actions.referring import Who
from mukana.referrals.actions.telling import tell_code
from mukana.referrals.actions.ticking import tick
from mukana.referrals.models import Errand, Letter, Permission, Referral
from mukana.referrals.queries.own import looked
from mukana.referrals.rules.codes import PROXY, RESIDENT, Deed, Refused
from mukana.referrals.tests import make
from mukana.referrals.tests.make import AINO, REIJO, Time, deed
from mukana.referrals.tests.test_own import plain, token

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def _fresh_limits(time: Time) -> None:
    cache.clear()


def code_sent() -> str:
    found = re.search(r"\b(\d{6})\b", Message.objects.filter(kind="referrals.code").latest("queued_at").text)
    assert found is not None
    return found[1]


def ask(client: Client, reference: str) -> tuple[int, str]:
    answer = client.post(reverse("own_door"), {"tunnus": reference})
    return answer.status_code, plain(answer.content)


def try_code(client: Client, reference: str, code: str) -> tuple[int, str]:
    answer = client.post(reverse("own_code"), {"tunnus": reference, "koodi": code})
    return answer.status_code, answer.headers.get("Location", "")


def test_the_reference_brings_a_code_to_the_residents_own_channel_and_the_code_the_page(client: Client, time: Time) -> None:
    case = make.talking(REIJO)
    assert "Lähetteen tunnus" in plain(client.get(reverse("own_door")).content)
    spoken = f"{case.reference[:5]}-{case.reference[5:]}".lower()
    status, text = ask(client, spoken)
    assert (status, "Kirjoita koodi" in text) == (200, True)
    message = Message.objects.get(kind="referrals.code")
    assert (message.to, message.valid_until) == ("+358401234567", now() + timedelta(minutes=10))
    code = code_sent()
    assert try_code(client, spoken, f" {code} ") == (302, reverse("own", args=[token(case)]))
    time.on(minutes=21)
    assert try_code(client, spoken, code)[0] == 422


def test_email_is_a_channel_too_and_a_forbidden_one_is_none(time: Time) -> None:
    by_mail = make.talking(make.variant(REIJO, phone="017 123 4567", email="reijo@example.fi", preferred="email"))
    assert tell_code(by_mail)
    assert Message.objects.get(kind="referrals.code").channel == "email"
    assert not tell_code(make.talking(AINO))
    assert not tell_code(make.talking(make.variant(REIJO, safe=("no_sms",), preferred="call")))
    assert Message.objects.filter(kind="referrals.code").count() == 1


def test_the_door_says_the_same_of_a_reference_that_is_not_and_of_one_without_a_channel(client: Client) -> None:
    aino = make.talking(AINO)
    answers = {re.sub(r"[A-Z2-9]{10}", "", ask(client, one)[1]) for one in (aino.reference, "ACDEF23456")}
    assert len(answers) == 1
    assert not Message.objects.filter(kind="referrals.code").exists()
    assert ask(client, "liian lyhyt")[0] == 422
    assert client.get(reverse("own_code")).status_code == 302


def test_codes_can_be_neither_asked_nor_tried_without_end(client: Client) -> None:
    case = make.talking(REIJO)
    assert [ask(client, case.reference)[0] for _ in range(4)] == [200, 200, 200, 429]
    right = code_sent()
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    assert [try_code(client, case.reference, wrong)[0] for _ in range(5)] == [422] * 5
    assert try_code(client, case.reference, right)[0] == 429
    assert try_code(client, case.reference, "")[0] == 422
    assert try_code(client, "ACDEF23456", right)[0] == 422


def by_relative(who: Who = REIJO) -> Referral:
    form = make.form(who, permissions=(), unit="Läheinen: lapsi", referrer_email="")
    return referring.ask_confirmation(referring.draft(form, deed(PROXY, "link", by="visitor")), deed(PROXY, "link", by="visitor"))


def confirm_url(case: Referral) -> str:
    return reverse("own_confirm", args=[secrets.token_of(case, secrets.CONFIRM)])


def test_the_resident_reads_every_word_and_their_yes_sends_it_with_their_own_permissions(client: Client) -> None:
    case = by_relative()
    told = Message.objects.get(kind="referrals.resident").text
    link = re.search(r"https?://[^/]+(/vastaa/\S+/)", told)
    assert link is not None
    assert link[1] == confirm_url(case)
    assert "/oma/" not in told
    text = plain(client.get(link[1]).content)
    for words in (
        "Läheinen: lapsi",
        "Reijo Räsänen",
        "040 123 4567",
        "Olen usein yksin",
        "Kaipaan seuraa",
        "Mitään ei tehdä, ennen kuin sanot kyllä",
    ):
        assert words in text
    assert Trace.objects.filter(detail__purpose="confirm", actor__startswith="own:").exists()
    assert not Permission.objects.exists()
    data = {"vastaus": "kylla", "luvat": ["companion"], "kielletty": ["no_voicemail"], "kerran": "k"}
    answer = client.post(link[1], data)
    assert "Kiitos, lähete on matkalla" in plain(answer.content)
    case.refresh_from_db()
    assert (case.state, case.resident.safe) == ("sent", ["no_voicemail"])
    assert sorted(Permission.objects.values_list("kind", "method")) == [("companion", "online"), ("referral", "online")]
    assert saying("/oma/", kind="referrals.resident").count() == 1
    assert case.transitions.latest("number").role == RESIDENT
    assert client.post(link[1], data).status_code == 404  # the rules of contact changed, so the old link is dead


def test_a_yes_pressed_twice_is_said_once_and_read_twice(client: Client) -> None:
    case = by_relative()
    url = confirm_url(case)
    first = client.post(url, {"vastaus": "kylla", "kerran": "k"})
    again = client.post(url, {"vastaus": "kylla", "kerran": "k"})
    assert (first.status_code, again.status_code) == (200, 410)
    assert "Tähän on jo vastattu" in plain(again.content)
    assert Permission.objects.count() == 1
    assert token(case) not in plain(again.content)


def test_a_no_sends_nothing_and_tells_the_relative_nothing(client: Client) -> None:
    case = by_relative()
    url = confirm_url(case)
    assert client.post(url, {"vastaus": "ehkä"}).status_code == 422
    answer = client.post(url, {"vastaus": "ei", "kerran": "k"})
    assert "Selvä, mitään ei tehdä" in plain(answer.content)
    case.refresh_from_db()
    assert case.state == "withdrawn"
    assert not Message.objects.filter(kind="referrals.feedback").exists()
    with pytest.raises(Refused, match="answered"):
        own.confirm(case, (), Deed("own:x", RESIDENT, "link"))


def test_a_yes_that_cannot_be_sent_says_why_and_keeps_what_was_ticked(client: Client) -> None:
    case = by_relative()
    make.area().delete()
    answer = client.post(confirm_url(case), {"vastaus": "kylla", "luvat": ["reminders"]})
    assert (answer.status_code, 'value="reminders" id="id_luvat_1" checked' in answer.content.decode().replace("  ", " ")) in (
        (409, True),
        (409, False),
    )
    case.refresh_from_db()
    assert case.state == "awaiting_confirmation"
    assert not Permission.objects.exists()


def test_a_letters_code_leads_to_the_same_page(client: Client) -> None:
    case = by_relative(AINO)
    letter = Letter.objects.get().text
    code = secrets.letter_code(case)
    assert f"Koodisi on {code}." in letter
    assert "Tunnus" in plain(client.get(reverse("own_confirm_door")).content)
    answer = client.post(reverse("own_confirm_door"), {"tunnus": case.reference, "koodi": f"{code[:4].lower()} {code[4:]}"})
    assert answer["Location"] == confirm_url(case)
    wrong = client.post(reverse("own_confirm_door"), {"tunnus": case.reference, "koodi": "AAAAAAAA"})
    assert (wrong.status_code, "Koodi ei täsmää" in plain(wrong.content)) == (422, True)
    assert client.post(reverse("own_confirm_door"), {"tunnus": "x", "koodi": ""}).status_code == 422
    statuses = [client.post(reverse("own_confirm_door"), {"tunnus": case.reference, "koodi": "AAAAAAAA"}).status_code for _ in range(4)]
    assert statuses[-1] == 429
    assert client.get(reverse("own_confirm", args=["x"])).status_code == 404


def test_staff_write_down_the_residents_word_by_phone(client: Client) -> None:
    case = by_relative(AINO)
    client.force_login(make.area().coordinator, backend=BACKEND)
    url = reverse("referral_confirm", args=[case.pk])
    assert "Haluaako Aino Virtanen lähetteen?" in plain(client.get(url).content)
    answer = client.post(url, {"vastaus": "kylla", "tapa": "phone", "turvakielto": "on", "kerran": "k"})
    assert answer.status_code == 302
    case.refresh_from_db()
    step = case.transitions.latest("number")
    assert (case.state, step.role, step.channel, case.resident.protected) == ("sent", RESIDENT, "phone", True)
    assert Permission.objects.get().method == "oral"
    looks = Trace.objects.filter(verb="read", thing=f"referrals.Resident:{case.resident_id}")
    assert [one.detail["purpose"] for one in looks] == ["confirm_staff"]
    late = client.post(url, {"vastaus": "kylla"})
    assert (late.status_code, "Virtanen" in plain(late.content), looks.count()) == (409, False, 1)
    assert [one.why for one in looked(case.resident)] == ["vastauksesi kirjaaminen"]
    other = by_relative(AINO)
    assert client.post(reverse("referral_confirm", args=[other.pk]), {"vastaus": "ei", "tapa": "pigeon"}).status_code == 302
    other.refresh_from_db()
    assert (other.state, other.transitions.filter(thing="case").latest("number").channel) == ("withdrawn", "phone")


def test_an_unanswered_one_goes_to_the_coordinator_and_is_not_closed(time: Time) -> None:
    case = by_relative()
    for _ in range(16):
        tick(time.on(days=1))
    case.refresh_from_db()
    assert (case.state, case.owner) == ("awaiting_confirmation", "coordinator")


def test_the_own_page_of_one_who_has_not_answered_leads_to_the_question(client: Client) -> None:
    case = by_relative()
    text = client.get(reverse("own", args=[token(case)])).content.decode()
    assert confirm_url(case) in text
    assert Errand.objects.count() == 0
