"""The resident's own page: what it says, and everything that may be decided on it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mukana.attendance.actions import mark
from mukana.audit.actions import read
from mukana.audit.actions.retention import confirm as confirm_rule
from mukana.audit.models import Trace
from mukana.audit.rules import rule
from mukana.lib.clock import now
from mukana.outbox.models import Message
from mukana.outbox.tests.boxes import saying
from mukana.referrals import secrets
from mukana.referrals.actions import answering, contacting, ending, glass, offering, own, supporting, visiting, working
from mukana.referrals.actions.errands import ask
from mukana.referrals.actions.permitting import Given
from mukana.referrals.actions.telling import new_token
from mukana.referrals.models import BreakGlass, Errand, Permission, Placement, Referral, Session, Support
from mukana.referrals.queries.own import looked
from mukana.referrals.queries.withdrawn import WITHDRAWN
from mukana.referrals.rules.codes import RECEIVER, RESIDENT, Deed, Refused
from mukana.referrals.tests import make
from mukana.referrals.tests.make import AINO, REIJO, Time, deed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("time", "nothing_lost")]
SELF = Deed("own:x", RESIDENT, "link")


def token(case: Referral) -> str:
    return secrets.token_of(Referral.objects.select_related("resident").get(pk=case.pk), secrets.OWN)


def page(client: Client, case: Referral, query: str = "") -> str:
    answer = client.get(reverse("own", args=[token(case)]) + query)
    assert answer.status_code == 200
    return plain(answer.content)


def plain(content: bytes) -> str:
    """The words of a page, its blanks plain."""
    return " ".join(re.sub(r"<[^>]+>", " ", content.decode()).replace("\u00a0", " ").replace("&nbsp;", " ").split())


def post(client: Client, name: str, case: Referral, *more: object, follow: bool = True, **data: object) -> tuple[int, str]:
    answer = client.post(reverse(name, args=[token(case), *more]), data, follow=follow)
    return answer.status_code, plain(answer.content)


def test_the_link_goes_to_the_residents_own_safe_channel_and_to_nobody_else(client: Client) -> None:
    make.sent(REIJO)
    receipt = Message.objects.get(kind="referrals.resident").text
    url = re.search(r"https?://\S+(/oma/\S+/)", receipt)
    assert url is not None
    assert "Lähetteesi on lähetetty" in plain(client.get(url[1]).content)
    make.requested(make.talking(REIJO), make.group("Toinen"))
    others = Message.objects.exclude(kind="referrals.resident")
    assert others.exists()
    assert not any("/oma/" in message.text for message in others)


def test_a_link_opens_nothing_when_it_is_wrong_or_the_way_it_came_by_is_no_longer_safe(client: Client) -> None:
    case = make.talking(REIJO)
    old = token(case)
    for wrong in (old[:-1] + ("A" if old[-1] != "A" else "B"), old[:10], "x", case.reference + "A" * 16):
        assert client.get(reverse("own", args=[wrong])).status_code == 404
    own.tell_unsafe(case, ["no_sms"], SELF)
    answer = client.get(reverse("own", args=[old]))
    assert (answer.status_code, "Tämä linkki ei enää toimi" in answer.content.decode()) == (404, True)
    for name, more in (("own_withdraw", []), ("own_unsafe", []), ("own_talk", []), ("own_permission", [case.pk]), ("own_why", [case.pk])):
        assert client.post(reverse(name, args=[old, *more])).status_code == 404
    assert page(client, case)


def test_no_page_of_a_case_that_is_a_draft_a_mistake_or_anonymous(client: Client) -> None:
    case = make.talking()
    url = reverse("own", args=[token(case)])
    Referral.objects.filter(pk=case.pk).update(anonymised_at=now())
    assert client.get(url).status_code == 404


def test_the_page_is_kept_nowhere_and_tells_no_other_site_where_one_was(client: Client) -> None:
    case = make.talking()
    answer = client.get(reverse("own", args=[token(case)]))
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


def test_it_says_what_comes_next_what_was_agreed_who_knows_and_who_looked(client: Client) -> None:
    case, placement, _ = make.scheduled(make.talking(REIJO))
    view, kept = new_token()
    Placement.objects.filter(pk=placement.pk).update(view_digest=kept)
    answering.see(view)
    text = page(client, case)
    for words in (
        "Menet mukaan: Vesijumppa", "ma 30.11. klo 9.00–10.00", "Uimahalli", "Anneli Rautio", "uikkarit", "Soita: Mari Linkki",
        "017 555 0100",
        f"{case.reference[:5]}-{case.reference[5:]}", "Vesijumppa : nimi, yhteystieto",
        "Puijon terveysasema : että lähete on otettu vastaan",
        "Järjestäjä tai saattaja, linkistä", "Lähettäjälle saa kertoa, miten kävi", "112",
    ):  # fmt: skip
        assert words in text
    own_look = Trace.objects.filter(thing=f"referrals.Resident:{case.resident_id}", actor__startswith="own:")
    assert own_look.count() == 1
    assert own_look.get().detail["purpose"] == "own"
    assert not any(one.who.startswith("own") for one in looked(case.resident))


def test_staff_are_told_by_role_and_unit_and_never_by_name_or_id(client: Client) -> None:
    case = make.talking(REIJO)
    mari = make.mari()
    client.force_login(mari, backend="django.contrib.auth.backends.ModelBackend")
    client.get(reverse("own_print", args=[case.pk]))
    client.logout()
    (look,) = looked(case.resident)
    assert (look.who, look.why, look.times) == ("Linkkihenkilö", "oman sivusi tulostaminen", 1)
    assert str(mari.pk) not in page(client, case)


def test_13_the_access_list_shows_a_broken_glass_unless_the_officer_defers_it(client: Client) -> None:
    case = make.talking(REIJO)
    opener, officer = make.person("on_call", "Petri"), make.person("data_protection", "Leena")
    opened = glass.open_glass(case.resident, opener, "Asukas ei vastaa ja ovi on auki")
    glass.contacts(opened, opener)
    text = page(client, case)
    assert "Päivystäjä : hätätilanne" in text
    assert "avasi yhteystietosi hätätilanteessa" in text
    assert "ovi on auki" not in text
    glass.review(opened, "justified", officer, hide_days=5, hide_reason="Tutkinta kesken")
    assert "Päivystäjä" not in page(client, case)


def test_the_officer_s_own_looks_are_hidden_with_an_opening_that_is_not_told_yet(client: Client) -> None:
    case = make.talking(REIJO)
    opener, officer = make.person("on_call", "Petri"), make.person("data_protection", "Leena")
    opened = glass.open_glass(case.resident, opener, "Asukas ei vastaa ja ovi on auki")
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    client.get(reverse("glass_reviews"))
    client.get(reverse("glass_review", args=[opened.pk]))
    read(case.resident, by=officer, fields=["reason"], purpose="glass_review")  # as looks were written before
    told = [one.why for one in looked(case.resident)]
    assert told.count("hätäavauksen tarkastus") == 1
    glass.review(opened, "justified", officer, hide_days=5, hide_reason="Tutkinta kesken")
    client.get(reverse("glass_reviews"))
    client.logout()
    assert looked(case.resident) == []
    assert "hätäavau" not in page(client, case).lower()
    BreakGlass.objects.update(hidden_until=None)
    assert "hätäavauksen tarkastus" in page(client, case)


def test_what_should_have_happened_by_now_is_said(client: Client, time: Time) -> None:
    case = make.acknowledged(REIJO)
    assert "Tämän piti jo tapahtua" not in page(client, case)
    time.on(days=20)
    assert "Tämän piti jo tapahtua" in page(client, case)


def test_one_permission_taken_back_ends_what_stood_on_it_and_the_rest_goes_on(client: Client) -> None:
    case, placement, _ = make.scheduled(make.talking(REIJO))
    view, kept = new_token()
    Placement.objects.filter(pk=placement.pk).update(view_digest=kept)
    row = Permission.objects.get(kind="receiver")
    status, text = post(client, "own_permission", case, row.pk, kerran="k")
    assert (status, "Lupa on peruttu." in text) == (200, True)
    with pytest.raises(Refused):
        answering.see(view)
    placement.refresh_from_db()
    assert (placement.state, placement.reason) == ("recalled", "resident_declined")
    assert Errand.objects.filter(kind="deletion_confirmed", placement=placement, done_at=None).count() == 1
    assert not Session.objects.filter(state="planned").exists()
    case.refresh_from_db()
    assert case.state == "in_dialogue"
    assert post(client, "own_permission", case, row.pk, kerran="k")[0] == 200  # pressed twice
    assert Errand.objects.filter(kind="deletion_confirmed").count() == 1
    assert "Peruit luvan" in page(client, case)


def test_a_permission_taken_back_before_the_answer_recalls_the_offer(client: Client) -> None:
    placement, offer = make.requested(make.talking(REIJO))
    own.take_back(Permission.objects.get(kind="receiver"), SELF)
    placement.refresh_from_db()
    assert placement.state == "recalled"
    assert not Errand.objects.filter(kind="deletion_confirmed").exists()
    assert saying("ei enää tarvita", kind="referrals.receiver").count() == 1
    with pytest.raises(Refused):
        answering.look(offer)


def test_a_permission_taken_back_from_one_that_ended_asks_for_deletion_once() -> None:
    _, placement, _ = make.scheduled(make.talking(REIJO))
    visiting.settle(placement, "attended", deed(RECEIVER, "phone"))
    placement.refresh_from_db()
    offering.end(placement, "ended_well", deed())
    row = Permission.objects.get(kind="receiver")
    own.take_back(row, SELF)
    own.take_back(row, SELF)
    assert Errand.objects.filter(kind="deletion_confirmed").count() == 1


def test_without_the_companions_permission_nobody_comes_along() -> None:
    given = (Given("referral"), Given("companion", ("name", "contact")))
    make.scheduled(make.talking(REIJO, wants_companion=True, permissions=given))
    link = supporting.offer(Support.objects.get(), make.companion(), deed("companions"))
    supporting.answer(link, yes=True)
    own.take_back(Permission.objects.get(kind="companion"), SELF)
    assert Support.objects.get().state == "called_off"
    with pytest.raises(Refused):
        supporting.companion_view(link)


def test_feedback_taken_back_is_only_that_and_the_first_permission_is_the_whole_referral(client: Client) -> None:
    case = make.talking(REIJO)
    own.take_back(Permission.objects.get(kind="feedback"), SELF)
    case.refresh_from_db()
    assert case.state == "in_dialogue"
    status, text = post(client, "own_permission", case, Permission.objects.get(kind="referral").pk, kerran="k")
    assert (status, "peru koko lähete" in text) == (409, True)
    assert client.post(reverse("own_permission", args=[token(case), case.pk])).status_code == 404


def test_12_withdrawing_takes_two_steps_acts_at_once_and_the_page_says_what_stays(client: Client, time: Time) -> None:
    given = (Given("referral"), Given("feedback"), Given("companion", ("name",)))
    case, placement, _ = make.scheduled(make.talking(REIJO, wants_companion=True, permissions=given))
    view, kept = new_token()
    Placement.objects.filter(pk=placement.pk).update(view_digest=kept)
    link = supporting.offer(Support.objects.get(), make.companion(), deed("companions"))
    supporting.answer(link, yes=True)
    first = plain(client.get(reverse("own_withdraw", args=[token(case)])).content)
    assert "Perutaanko koko lähete?" in first
    case.refresh_from_db()
    assert case.state == "planned"
    assert client.get(f"/tulija/{view}/").status_code == 200
    status, text = post(client, "own_withdraw", case, kerran="k")
    assert (status, "Lähetteesi on peruttu" in text) == (200, True)
    time.on(seconds=59)
    assert client.get(f"/tulija/{view}/").status_code == 403
    with pytest.raises(Refused, match="withdrawn"):
        supporting.companion_view(link)
    text = page(client, case)
    for words in (
        "Mitä poistettiin heti",
        "Vesijumppa : pyysimme poistamaan tietosi",
        "Odotamme kuittausta",
        "ei ole vielä vahvistanut poistopäivää",
    ):
        assert words in text
    keeping = rule(WITHDRAWN)
    assert keeping is not None
    confirm_rule(WITHDRAWN, keeping.version, by="p1")
    answering.confirm_deletion(placement, Deed("link:x", RECEIVER, "link"))
    text = page(client, case)
    assert "poistetaan viimeistään ke 23.12." in text
    assert "Kuitattu poistetuksi" in text
    assert post(client, "own_withdraw", case, kerran="k")[0] == 200  # again: the same page
    assert not Message.objects.filter(state="queued", kind="referrals.resident").exists()


def test_withdrawing_what_has_ended_is_said_and_changes_nothing(client: Client) -> None:
    case = make.talking(REIJO)
    ending.close(case, "own_path_found", deed())
    status, text = post(client, "own_withdraw", case, kerran="k")
    assert status == 409
    assert "Lähetteesi on päättynyt" in text
    assert "Peru koko lähete" not in text


def test_what_is_unsafe_holds_at_once_can_only_be_added_and_somebody_takes_it_up(client: Client) -> None:
    case = make.talking(make.variant(REIJO, safe=("no_voicemail",), email="reijo@example.fi"))
    answer = client.post(reverse("own_unsafe", args=[token(case)]), {"kielletty": ["no_sms"], "turvakielto": "on", "kerro": "Muut lukevat"})
    case.resident.refresh_from_db()
    assert answer["Location"] == f"{reverse('own', args=[token(case)])}?tehty=turva"
    assert "Muutos on tehty" in plain(client.get(answer["Location"]).content)
    assert (case.resident.safe, case.resident.protected, case.resident.address) == (["no_sms", "no_voicemail"], True, {})
    assert "Muut lukevat" in Errand.objects.get(kind="talk").words
    assert plain(client.get(reverse("own_unsafe", args=[token(case)])).content).count("Mikä ei ole turvallista?") >= 2
    empty = client.post(reverse("own_unsafe", args=[token(case)]), {"kerro": ""})
    assert empty.status_code == 422
    secret = client.post(reverse("own_unsafe", args=[token(case)]), {"kerro": "Tunnus 131052-308T"})
    assert (secret.status_code, "131052-308T" in secret.content.decode()) == (422, True)
    for words in ({"rules": ["no_pigeon"]}, {"rules": []}):
        with pytest.raises(Refused):
            own.tell_unsafe(case, words["rules"], SELF)
    ending.withdraw(case, deed(RESIDENT, "phone"))
    own.tell_unsafe(case, ["no_email"], SELF)
    assert Errand.objects.filter(kind="talk", done_at=None).count() == 0


def test_9_the_resident_tells_why_they_did_not_come_once(client: Client, time: Time) -> None:
    case, placement, session = make.scheduled(make.talking(REIJO))
    time.to(session.starts_at + timedelta(hours=2))
    mark(session.occurrence, placement.subject, "missed", how="tap", by="link:x")
    assert "Mikä esti?" in page(client, case)
    status, _ = post(client, "own_why", case, placement.pk, syy="")
    assert status == 409
    status, text = post(client, "own_why", case, placement.pk, syy="transport", kerran="k")
    assert (status, "Kiitos, että kerroit." in text, "Mikä esti?" in text) == (200, True, False)
    assert "kulkeminen" in Errand.objects.get(kind="ring_resident", done_at=None).words.lower()
    assert client.post(reverse("own_why", args=[token(case), case.pk]), {"syy": "time"}).status_code == 404


def waiting(time: Time) -> tuple[Referral, Placement]:
    placement, _ = make.requested(make.talking(REIJO))
    working.plan(placement.referral, deed())
    answering.waitlist(placement, Deed("link:x", RECEIVER, "link"))
    time.on(days=30)
    ask("still_wanted", placement.referral, placement)
    return placement.referral, placement


def test_still_wanted_yes_keeps_the_place_in_the_queue_and_asks_again_after_its_time(client: Client, time: Time) -> None:
    case, placement = waiting(time)
    answering.still_wanted(placement, deed())
    assert "Olet jonossa: Vesijumppa. Haluatko paikan vielä?" in Message.objects.filter(kind="referrals.resident").latest("queued_at").text
    ask("still_wanted", case, placement)
    assert "Haluatko paikan vielä?" in page(client, case)
    status, text = post(client, "own_queue", case, placement.pk, vastaus="kylla", kerran="k")
    assert (status, "Pidämme paikkasi jonossa" in text) == (200, True)
    placement.refresh_from_db()
    assert (placement.state, placement.due_at.date()) == ("waitlisted", (now() + timedelta(days=30)).date())
    assert not Errand.objects.filter(kind="still_wanted", done_at=None).exists()


def test_still_wanted_no_gives_the_place_to_somebody_else_and_the_talk_goes_on(client: Client, time: Time) -> None:
    case, placement = waiting(time)
    status, text = post(client, "own_queue", case, placement.pk, vastaus="ei", kerran="k")
    assert (status, "Et ole enää jonossa" in text) == (200, True)
    placement.refresh_from_db()
    case.refresh_from_db()
    assert (placement.state, case.state) == ("recalled", "in_dialogue")
    assert post(client, "own_queue", case, placement.pk, vastaus="ei", kerran="uusi")[0] == 409


def test_i_want_to_talk_again_in_every_state(client: Client, time: Time) -> None:
    case = make.talking(REIJO)
    for _ in range(2):
        assert "Otamme sinuun yhteyttä" in post(client, "own_talk", case, kerran="k")[1]
    assert Errand.objects.filter(kind="ring_resident", done_at=None).count() == 1
    ending.close(case, "own_path_found", deed())
    assert post(client, "own_talk", case, kerran="k2")[0] == 200
    case.refresh_from_db()
    assert (case.state, case.owner) == ("in_dialogue", "link_worker")
    ending.withdraw(case, SELF)
    assert post(client, "own_talk", case, kerran="k3")[0] == 409
    other = make.acknowledged(REIJO)
    for _ in range(3):
        time.on(days=1, hours=5)
        contacting.attempt(other, "no_answer", deed(channel="phone"))
    contacting.say_unreachable(other, deed())
    post(client, "own_talk", other, kerran="k4")
    other.refresh_from_db()
    assert other.state == "in_dialogue"


def test_every_state_of_a_case_has_its_page(client: Client) -> None:
    case = make.talking(REIJO)
    for state in ("sent", "acknowledged", "contacting", "in_dialogue", "unreachable", "planned", "active", "paused", "follow_up"):
        Referral.objects.filter(pk=case.pk).update(state=state)
        text = page(client, case)
        assert "%(" not in text
        assert ".." not in text
        assert "017 555 0100" in text
    Referral.objects.filter(pk=case.pk).update(state="in_dialogue")


def test_a_resident_without_the_net_gets_no_link_but_the_same_on_paper() -> None:
    make.talking(AINO)
    assert not saying("/oma/").exists()


def test_only_who_allows_it_is_reminded(time: Time) -> None:
    given = (Given("referral"), Given("reminders"))
    for permissions, taken_back, count in ((given, False, 1), (given, True, 0), (given[:1], False, 0)):
        case, _, session = make.scheduled(make.talking(REIJO, permissions=permissions), entry=make.group(f"Ryhmä {count} {taken_back}"))
        for row in Permission.objects.filter(referral=case, kind="reminders" if taken_back else ""):
            own.take_back(row, SELF)
        time.to(session.starts_at - timedelta(hours=47))
        before = Message.objects.filter(about__contains=str(case.pk)).count()
        visiting.remind_of_sessions(now())
        assert Message.objects.filter(about__contains=str(case.pk)).count() - before == count
        time.to(make.MONDAY)
