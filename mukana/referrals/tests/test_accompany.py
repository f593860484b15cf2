"""A companion's page behind a link: asked, coming, was along, could not; nothing about why, gone after a week."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from mukana.audit.models import Trace
from mukana.directory.tests import make as hub
from mukana.lib.clock import now
from mukana.outbox.tests.boxes import saying
from mukana.referrals.actions import ending, offering, supporting
from mukana.referrals.actions.accompanying import again
from mukana.referrals.actions.permitting import Given, unpermit
from mukana.referrals.actions.ticking import tick
from mukana.referrals.models import Errand, Permission, Referral, Support, Transition
from mukana.referrals.queries.chain import broken_link
from mukana.referrals.rules.codes import RESIDENT, Deed, Refused
from mukana.referrals.tests import make
from mukana.referrals.tests.make import AINO, Time, deed

pytestmark = pytest.mark.django_db
COMPANY = (Given("referral"), Given("companion", ("name", "contact", "practical")))


def asked(**facts: object) -> tuple[Support, str]:
    case = make.talking(make.variant(AINO, **facts), wants_companion=True, permissions=COMPANY)
    make.scheduled(case)
    task = Support.objects.get(placement__referral=case)
    return task, supporting.offer(task, make.companion(), deed("companions"))


def text(page: HttpResponse) -> str:
    return page.content.decode().replace("\u00a0", " ")


def press(client: Client, token: str, what: str, **more: str) -> HttpResponse:
    """What a press of a button on the page does: its own key goes along."""
    key = re.search(r'name="kerran" value="([^"]+)"', text(client.get(f"/saattaja/{token}/")))
    return client.post(f"/saattaja/{token}/", {"toimi": what, "kerran": key[1] if key else "", **more})


def coming(client: Client) -> tuple[Support, str]:
    task, token = asked()
    press(client, token, "kylla")
    task.refresh_from_db()
    return task, token


def test_the_question_tells_where_and_when_and_of_whom_nothing(client: Client, time: Time) -> None:
    task, token = asked()
    for _ in range(3):
        page = client.get(f"/saattaja/{token}/")
    assert all(word in text(page) for word in ("Pääsetkö saattajaksi?", "ma 30.11. klo 9.00", "Vesijumppa", "Uimahalli"))
    assert not any(word in text(page) for word in ("Aino", "4567", "Rollaattori", "Kaipaan", "yksin"))
    task.refresh_from_db()
    assert task.state == "offered"


def test_after_one_tap_first_name_phone_and_needs_show_and_nothing_about_why(client: Client, time: Time) -> None:
    task, token = asked()
    assert press(client, token, "kylla").status_code == 302
    page = text(client.get(f"/saattaja/{token}/"))
    assert all(word in page for word in ("Aino", "017 123 4567", "Rollaattori", "Älä jätä viestiä vastaajaan."))
    assert not any(word in page for word in ("Virtanen", "Kaipaan", "yksin", "75–84", "Puijon"))
    looks = Trace.objects.filter(
        verb="read", thing=f"referrals.Resident:{task.placement.referral.resident_id}", detail__purpose="companion"
    )
    assert looks.count() == 1


def test_a_second_press_and_a_second_answer_find_what_the_first_did(client: Client, time: Time) -> None:
    task, token = asked()
    for what in ("kylla", "kylla", "ei"):
        client.post(f"/saattaja/{token}/", {"toimi": what, "kerran": "x"})
    task.refresh_from_db()
    assert task.state == "accepted"
    assert Transition.objects.filter(thing_id=task.pk, target="accepted").count() == 1
    other, second = asked(name="Eeva Eskola")
    for what in ("ei", "ei", "kylla"):
        client.post(f"/saattaja/{second}/", {"toimi": what})
    other.refresh_from_db()
    page = client.get(f"/saattaja/{second}/")
    assert (other.state, page.status_code) == ("needed", 410)
    assert "Kysymme toista" in text(page)


def test_a_no_in_another_tab_after_the_yes_is_told_and_leads_to_letting_go(client: Client, time: Time) -> None:
    task, token = coming(client)
    answer = client.post(f"/saattaja/{token}/", {"toimi": "ei", "kerran": "toinen"})
    page = text(client.get(answer.headers["Location"]))
    assert "Olet jo vastannut kyllä. Jos et pääsekään, kerro se tässä." in page
    assert '<details class="more" open><summary>En pääsekään' in page
    task.refresh_from_db()
    assert task.state == "accepted"


def test_a_question_that_was_not_answered_in_a_working_day_says_so(client: Client, time: Time) -> None:
    _, token = asked()
    tick(time.on(days=2))
    page = client.get(f"/saattaja/{token}/")
    assert page.status_code == 410
    assert "ehdimme kysyä jo toista" in text(page)
    assert client.post(f"/saattaja/{token}/", {"toimi": "kylla"}).status_code == 302
    assert client.get(f"/saattaja/{token}/").status_code == 410


def test_an_unknown_link_and_an_order_no_page_has_are_answered_in_words(client: Client, time: Time) -> None:
    assert client.get("/saattaja/olematon/").status_code == 404
    _, token = coming(client)
    assert client.post(f"/saattaja/{token}/", {"toimi": "varasta"}).status_code == 422


def test_they_talk_beforehand_and_go_together(client: Client, time: Time) -> None:
    task, token = coming(client)
    assert "Olemme jutelleet" in text(client.get(f"/saattaja/{token}/"))
    assert press(client, token, "juteltu").status_code == 302
    task.refresh_from_db()
    assert task.state == "met"
    early = press(client, token, "mukana")
    assert early.status_code == 409
    assert task.starts_at is not None
    time.to(task.starts_at + timedelta(hours=1))
    assert "Miten meni?" in text(client.get(f"/saattaja/{token}/"))
    for _ in range(2):
        assert press(client, token, "mukana").status_code == 302
    task.refresh_from_db()
    task.placement.refresh_from_db()
    assert (task.state, task.visits, task.placement.state) == ("accompanied", 1, "first_attended")
    task.companion.refresh_from_db()  # type: ignore[union-attr]
    assert task.companion.starts_achieved == 1  # type: ignore[union-attr]
    page = text(client.get(f"/saattaja/{token}/"))
    assert "yhden kerran" in page
    assert "Miten meni?" not in page


def test_on_the_day_itself_it_is_too_late_to_have_met_before(client: Client, time: Time) -> None:
    task, token = coming(client)
    assert task.starts_at is not None
    time.to(task.starts_at - timedelta(hours=3))
    assert "Olemme jutelleet" not in text(client.get(f"/saattaja/{token}/"))
    page = press(client, token, "juteltu")
    assert page.status_code == 409
    assert "päivää ennen" in text(page)


def test_the_resident_did_not_come(client: Client, time: Time) -> None:
    task, token = coming(client)
    assert task.starts_at is not None
    time.to(task.starts_at + timedelta(hours=1))
    assert press(client, token, "ei-tullut").status_code == 302
    task.refresh_from_db()
    task.placement.refresh_from_db()
    assert (task.state, task.reason, task.placement.state) == ("not_accompanied", "no_show", "missed_first")
    assert client.get(f"/saattaja/{token}/").status_code == 200


def test_who_could_not_come_after_all_tells_why(client: Client, time: Time) -> None:
    task, token = coming(client)
    assert press(client, token, "en-paassyt", syy="ill").status_code == 409
    assert task.starts_at is not None
    time.to(task.starts_at + timedelta(hours=1))
    page = press(client, token, "en-paassyt")
    assert page.status_code == 422
    assert "Valitse syy" in text(page)
    assert press(client, token, "en-paassyt", syy="ill").status_code == 302
    task.refresh_from_db()
    task.placement.refresh_from_db()
    assert (task.state, task.reason, task.placement.state) == ("not_accompanied", "ill", "scheduled")


def test_letting_go_in_good_time_and_twenty_hours_before(client: Client, time: Time) -> None:
    task, token = coming(client)
    assert "Jos käyntiin on alle vuorokausi" in text(client.get(f"/saattaja/{token}/"))
    assert press(client, token, "peru").status_code == 422
    assert task.starts_at is not None
    time.to(task.starts_at - timedelta(hours=20))
    assert "Käyntiin on alle vuorokausi" in text(client.get(f"/saattaja/{token}/"))
    assert press(client, token, "peru", syy="ill").status_code == 302
    task.refresh_from_db()
    assert (task.state, task.companion) == ("needed", None)
    assert set(Errand.objects.filter(done_at=None).values_list("kind", flat=True)) >= {"ring_resident", "find_companion"}
    page = client.get(f"/saattaja/{token}/")
    assert page.status_code == 410
    assert "Aino" not in text(page)
    assert client.post(f"/saattaja/{token}/", {"toimi": "mukana"}).status_code == 410


def test_a_former_companion_cannot_act_for_the_new_one(client: Client, time: Time) -> None:
    task, token = coming(client)
    press(client, token, "peru", syy="other")
    task.refresh_from_db()
    new = supporting.offer(task, make.companion("Berit Ås", phone="050 444 5566"), deed("companions"))
    press(client, new, "kylla")
    assert client.post(f"/saattaja/{token}/", {"toimi": "peru", "syy": "ill"}).status_code == 410
    task.refresh_from_db()
    assert task.state == "accepted"


def test_the_page_ends_by_itself_after_a_week(client: Client, time: Time) -> None:
    task, token = coming(client)
    assert task.starts_at is not None
    time.to(task.starts_at + timedelta(days=6))
    assert client.get(f"/saattaja/{token}/").status_code == 200
    time.to(task.starts_at + timedelta(days=7, minutes=1))
    page = client.get(f"/saattaja/{token}/")
    assert page.status_code == 403
    assert "aika on päättynyt" in text(page)
    assert "Aino" not in text(page)


def test_a_next_time_together_keeps_the_page_and_is_counted(client: Client, time: Time) -> None:
    task, token = coming(client)
    assert task.starts_at is not None
    assert task.placement.entry is not None
    next_date = hub.date(task.placement.entry, task.starts_at + timedelta(days=7))
    time.to(task.starts_at + timedelta(hours=1))
    press(client, token, "mukana")
    assert press(client, token, "uudestaan").status_code == 422
    assert press(client, token, "uudestaan", kerta=str(next_date.pk)).status_code == 302
    assert press(client, token, "uudestaan", kerta=str(next_date.pk)).status_code in (302, 422)
    time.to(next_date.starts_at + timedelta(hours=1))
    assert "Miten meni?" in text(client.get(f"/saattaja/{token}/"))
    for _ in range(2):
        press(client, token, "mukana")
    task.refresh_from_db()
    assert (task.visits, next_date.marks.get().result) == (2, "attended")
    assert broken_link(Referral.objects.get(pk=task.placement.referral_id)) == 0


def test_who_stays_away_the_second_time_is_marked_as_such(client: Client, time: Time) -> None:
    task, token = coming(client)
    assert task.starts_at is not None
    assert task.placement.entry is not None
    next_date = hub.date(task.placement.entry, task.starts_at + timedelta(days=7))
    time.to(task.starts_at + timedelta(hours=1))
    press(client, token, "mukana")
    press(client, token, "uudestaan", kerta=str(next_date.pk))
    time.to(next_date.starts_at + timedelta(hours=1))
    assert press(client, token, "ei-tullut").status_code == 302
    assert next_date.marks.get().result == "missed"


def test_a_next_time_is_agreed_only_of_those_who_have_been_and_only_ahead(time: Time, client: Client) -> None:
    task, _ = coming(client)
    for starts, code in ((now() + timedelta(days=3), "no_such_move"),):
        with pytest.raises(Refused) as error:
            again(task, starts, deed("companions"))
        assert error.value.code == code
    assert task.starts_at is not None
    time.to(task.starts_at + timedelta(hours=1))
    task.placement.refresh_from_db()
    from mukana.referrals.actions.accompanying import was_along

    was_along(task, deed("companion", key="w"))
    for starts in (now() - timedelta(days=1), now() + timedelta(days=90)):
        with pytest.raises(Refused) as error:
            again(task, starts, deed("companions"))
        assert error.value.code == "past"
    for _ in range(2):
        again(task, now() + timedelta(days=7), deed("companions", key="again"))
    assert Transition.objects.filter(reason="again").count() == 1


def test_a_withdrawal_shuts_the_page_within_the_minute(client: Client, time: Time) -> None:
    task, token = coming(client)
    ending.withdraw(Referral.objects.get(pk=task.placement.referral_id), Deed("p1", RESIDENT, "phone"))
    page = client.get(f"/saattaja/{token}/")
    assert page.status_code == 403
    assert "perunut lupansa" in text(page)
    assert "Aino" not in text(page)
    assert client.post(f"/saattaja/{token}/", {"toimi": "mukana"}).status_code == 403


def test_a_permission_taken_back_shuts_page_and_question(client: Client, time: Time) -> None:
    task, token = coming(client)
    for one in Permission.objects.filter(kind="companion"):
        unpermit(one, deed())
    assert client.get(f"/saattaja/{token}/").status_code == 403
    other, second = asked(name="Eeva Eskola")
    for one in Permission.objects.filter(kind="companion"):
        unpermit(one, deed())
    assert client.get(f"/saattaja/{second}/").status_code == 403
    assert client.post(f"/saattaja/{second}/", {"toimi": "kylla"}).status_code == 403
    assert {task.state, other.state} == {"accepted", "offered"}


def test_a_placement_that_ends_ends_the_companions_page(client: Client, time: Time) -> None:
    task, token = coming(client)
    offering.recall(task.placement, "changed_plan", deed())
    page = client.get(f"/saattaja/{token}/")
    assert page.status_code == 403
    assert "Aino" not in text(page)
    assert saying("ei enää tarvita", kind="referrals.companion").count() == 1
