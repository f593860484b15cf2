"""The resident tells whether the companion came: beside the companion's word, instead of silence, and against it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from mukana.lib.clock import now
from mukana.outbox.models import Message
from mukana.outbox.tests.boxes import saying
from mukana.referrals import secrets
from mukana.referrals.actions import accompanying, ending, supporting, texting
from mukana.referrals.actions.correcting import Right, correct
from mukana.referrals.actions.permitting import Given
from mukana.referrals.actions.saying import ask_residents, decide, resident_says
from mukana.referrals.actions.ticking import tick
from mukana.referrals.models import Area, Companion, Errand, Permission, Placement, Referral, Support, Transition
from mukana.referrals.queries.marked import noted
from mukana.referrals.queries.story import story_of
from mukana.referrals.queries.together import own_word, their_word
from mukana.referrals.rules import support as rules
from mukana.referrals.rules.codes import COMPANION, COMPANIONS, RESIDENT, Deed
from mukana.referrals.story_words import what
from mukana.referrals.tests import make
from mukana.referrals.tests.invariants import refused
from mukana.referrals.tests.make import AINO, Time, deed
from mukana.referrals.tests.receiving import once, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_lost")]
COMPANY = (Given("referral"), Given("companion", ("name", "contact", "practical")))
THEIRS, OWN = Deed("link:x", COMPANION, "link"), Deed("own:x", RESIDENT, "link")
REIJO = "+358401234567"


def visited(time: Time, who: make.Who = make.REIJO, hours: float = 4) -> Support:
    """A first session with a companion, over for some hours."""
    _, _, session = make.scheduled(make.talking(who, wants_companion=True, permissions=COMPANY))
    task = Support.objects.get()
    supporting.answer(supporting.offer(task, make.companion(), deed("companions")), yes=True)
    time.to(session.starts_at + timedelta(hours=hours))
    return fresh(task)


def fresh(task: Support) -> Support:
    return Support.objects.select_related("placement__referral__resident").get(pk=task.pk)


def tell(task: Support, theirs: str) -> None:
    if theirs == rules.ALONG:
        accompanying.was_along(fresh(task), THEIRS)
    elif theirs == rules.NO_SHOW:
        accompanying.did_not_come(fresh(task), THEIRS)
    else:
        accompanying.could_not(fresh(task), "ill", THEIRS)


def disputes() -> int:
    return Errand.objects.filter(kind="company_word", owner=COMPANIONS, done_at=None).count()


@given(st.sampled_from(rules.THEIR_WORDS), st.sampled_from(rules.OWN_WORDS))
def test_words_fit_together_only_when_both_could_be_true(theirs: str, own: str) -> None:
    together = theirs == rules.ALONG
    assert not rules.agree(theirs, own) or together == (own == rules.CAME)


@pytest.mark.parametrize(
    ("word", "state", "visits"), [("came", "accompanied", 1), ("away", "not_accompanied", 0), ("stayed", "accepted", 0)]
)
def test_while_the_companion_is_silent_the_resident_s_word_counts(time: Time, word: str, state: str, visits: int) -> None:
    task = visited(time)
    task = resident_says(task, word, OWN)
    assert (task.state, task.visits, disputes()) == (state, visits, 0)
    assert Companion.objects.get().starts_achieved == visits
    assert task.placement.state == "scheduled"  # whether the visit took place is the receiver's to mark
    refused("answered", resident_says, task, "came", OWN)


@pytest.mark.parametrize("own", rules.OWN_WORDS)
@pytest.mark.parametrize("theirs", rules.THEIR_WORDS)
@pytest.mark.parametrize("first", ["theirs", "own"])
def test_both_may_tell_and_where_they_differ_a_person_is_asked_whoever_spoke_first(time: Time, theirs: str, own: str, first: str) -> None:
    task = visited(time)
    if first == "own":
        resident_says(task, own, OWN)
        before = fresh(task).state
        tell(task, theirs)
    else:
        tell(task, theirs)
        before = fresh(task).state
        resident_says(task, own, OWN)
    task = fresh(task)
    assert (own_word(task), their_word(task)) == (own, theirs)
    assert disputes() == (0 if rules.agree(theirs, own) else 1)
    if disputes():
        assert task.state == before
    assert task.visits <= 1
    assert len({what(event) for event in story_of(task.placement.referral)}) > 3


@pytest.mark.parametrize("came", [True, False])
@pytest.mark.parametrize("own", rules.OWN_WORDS)
def test_the_keeper_of_companions_decides_once_and_the_count_follows(time: Time, own: str, came: bool) -> None:
    task = visited(time)
    resident_says(task, own, OWN)
    tell(task, rules.ALONG if own != rules.CAME else rules.COULD_NOT)
    keeper = deed(COMPANIONS, "phone", key="paatos")
    for _ in range(2):
        decide(fresh(task), keeper, came=came)
    task = fresh(task)
    assert (task.state, task.visits) == (("accompanied", 1) if came else ("not_accompanied", 0))
    assert Companion.objects.get().starts_achieved == int(came)
    assert disputes() == 0
    refused("done_already", decide, task, deed(COMPANIONS), came=came)


def test_a_later_time_of_which_only_the_resident_tells_that_nobody_came_is_looked_into(time: Time) -> None:
    task = visited(time)
    tell(task, rules.ALONG)
    accompanying.again(fresh(task), now() + timedelta(days=7), THEIRS)
    time.on(days=7, hours=3)
    resident_says(fresh(task), "away", OWN)
    assert (fresh(task).state, disputes()) == ("accompanied", 1)
    supporting.taper(fresh(task), deed(COMPANIONS))
    decide(fresh(task), deed(COMPANIONS), came=False)
    assert (fresh(task).state, fresh(task).visits) == ("tapering", 1)


def test_nothing_is_told_before_the_visit_after_the_end_or_in_other_words(time: Time) -> None:
    task = visited(time, hours=-3)
    refused("mark_early", resident_says, task, "came", OWN)
    refused("unknown_word", resident_says, task, "ehka", OWN)
    time.on(hours=7)
    pressed = Deed("own:x", RESIDENT, "link", "kerran")
    for _ in range(2):
        resident_says(fresh(task), "came", pressed)
    assert Transition.objects.filter(reason="own_came").count() == 1
    ending.close(Referral.objects.get(), "duplicate", deed())
    refused("ended", resident_says, fresh(task), "away", OWN)


def test_the_question_goes_once_by_day_and_the_answer_by_text_message_counts(time: Time) -> None:
    task = visited(time, hours=1)
    assert ask_residents(now()) == 0  # too near
    time.on(hours=12)
    assert ask_residents(now()) == 0  # at night
    time.on(hours=12)
    for _ in range(2):
        tick(now())
    assert [message.to for message in saying("Tuliko saattaja mukaasi")] == [REIJO]
    assert texting.take(REIJO, "K", "vastaus") == "done"
    assert (fresh(task).state, own_word(fresh(task))) == ("accompanied", "came")
    assert "Kiitos, että kerroit." in Message.objects.get(key__startswith="sms:").text


@pytest.mark.parametrize(("words", "own"), [("ei", "away"), ("En.", "stayed"), ("p", "stayed"), ("Kyllä!", "came")])
def test_short_words_are_understood(time: Time, words: str, own: str) -> None:
    task = visited(time, hours=25)
    assert ask_residents(now()) == 1
    assert texting.take(REIJO, words, "vastaus") == "done"
    assert own_word(fresh(task)) == own


def test_nobody_is_asked_who_cannot_be_does_not_wish_to_be_or_of_whom_it_is_known(time: Time) -> None:
    task = visited(time, AINO, hours=25)  # wishes letters: none is written about this
    assert ask_residents(now()) == 0
    other = visited_again(time)
    Permission.objects.filter(referral=other.placement.referral, kind="reminders").update(withdrawn_at=now())
    assert ask_residents(now()) == 0
    Permission.objects.filter(kind="reminders").delete()
    tell(other, rules.COULD_NOT)
    assert ask_residents(now()) == 0
    assert task.state == "accepted"


def visited_again(time: Time) -> Support:
    case = make.talking(wants_companion=True, permissions=(*COMPANY, Given("reminders")))
    _, _, session = make.scheduled(case, entry=make.group("Kuoro"))
    task = Support.objects.get(placement__referral=case)
    supporting.answer(supporting.offer(task, make.companion("Varpu Vara", phone="050 444 5566"), deed("companions")), yes=True)
    time.to(session.starts_at + timedelta(hours=25))
    return fresh(task)


def test_the_own_page_asks_gently_and_one_tap_answers(client: Client, time: Time) -> None:
    task = visited(time, hours=-3)
    case = task.placement.referral
    address = f"/oma/{secrets.token_of(case, secrets.OWN)}/"
    assert "Tuliko saattaja mukaan?" not in text(client.get(address))
    time.on(hours=5)
    page = client.get(address)
    assert "Tuliko saattaja mukaan?" in text(page)
    where = f"{address}saattaja/{task.pk}/"
    told = {"vastaus": "came", "kerran": once(page)}
    for _ in range(2):
        answer = client.post(where, told)
        assert answer.status_code == 302
    page = text(client.get(answer.headers["Location"]))
    assert ("Kiitos, että kerroit." in page, "Tuliko saattaja mukaan?" in page) == (True, False)
    late = client.post(where, {"vastaus": "away", "kerran": "toinen"})
    assert (late.status_code, "on jo vastattu" in text(late)) == (409, True)
    assert client.post(f"{address}saattaja/{case.pk}/", told).status_code == 404
    missed = Placement.objects.get()
    assert missed.state == "scheduled"


def test_the_companion_finds_the_question_on_the_page_also_after_the_resident_told(client: Client, time: Time) -> None:
    _, _, session = make.scheduled(make.talking(wants_companion=True, permissions=COMPANY))
    task = Support.objects.get()
    token = supporting.offer(task, make.companion(), deed("companions"))
    supporting.answer(token, yes=True)
    time.to(session.starts_at + timedelta(hours=2))
    resident_says(fresh(task), "away", OWN)
    page = client.get(f"/saattaja/{token}/")
    assert "Miten meni?" in text(page)
    client.post(f"/saattaja/{token}/", {"toimi": "mukana", "kerran": once(page)})
    assert (disputes(), fresh(task).state) == (1, "not_accompanied")
    assert "Miten meni?" not in text(client.get(f"/saattaja/{token}/"))


def test_the_keeper_reads_both_words_and_writes_down_what_was_so(client: Client, time: Time) -> None:
    task = visited(time)
    resident_says(task, "away", OWN)
    tell(task, rules.ALONG)
    keeper = make.person("companion_coordinator", "Ritva Rekisteri")
    Area.objects.update(companions=keeper)
    client.force_login(keeper, backend="django.contrib.auth.backends.ModelBackend")
    assert "Selvitä, oliko mukana" in text(client.get("/tyopoyta/saattajat/"))
    address = f"/tyopoyta/saattajat/tarve/{task.pk}/"
    page = client.get(address)
    assert "Asukas kertoi: saattaja ei tullut. Saattaja kertoi: olimme yhdessä." in text(page)
    answer = client.post(address, {"toimi": "oli", "kerran": once(page)})
    assert "Kirjattu: saattaja oli mukana." in text(client.get(answer.headers["Location"]))
    late = client.post(address, {"toimi": "ei-ollut", "kerran": "toinen"})
    assert late.status_code == 409
    assert fresh(task).state == "accompanied"


def test_a_corrected_mark_against_the_companion_s_word_is_looked_into(time: Time) -> None:
    task = visited(time)
    tell(task, rules.ALONG)
    one = noted(fresh(task).placement)[0]
    correct(fresh(task).placement, Right(one.key, "attended", "missed", "told_later"), deed())
    assert (disputes(), fresh(task).state) == (1, "accompanied")
    assert "asukas ei ollut paikalla" in Errand.objects.get(kind="company_word").words


def test_the_link_worker_reads_that_words_differ_and_cannot_close_it_unheard(client: Client, time: Time) -> None:
    task = visited(time)
    resident_says(task, "away", OWN)
    tell(task, rules.ALONG)
    client.force_login(make.mari(), backend="django.contrib.auth.backends.ModelBackend")
    address = f"/tyopoyta/hyvinvointilahete/{task.placement.referral_id}/"
    errand = Errand.objects.get(kind="company_word")
    assert "Kumpaakaan ei ole valittu." in text(client.get(address))
    assert client.post(f"{address}tehtava/{errand.pk}/", {"kerran": "eka"}).status_code == 404
    assert disputes() == 1
