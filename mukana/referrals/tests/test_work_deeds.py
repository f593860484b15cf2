"""The deeds behind the worker's pages, where a page cannot go."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mukana.lib.clock import now
from mukana.outbox.models import Message
from mukana.referrals.actions import answering, erring, protecting, working
from mukana.referrals.actions.ticking import tick
from mukana.referrals.models import Errand
from mukana.referrals.queries.finding import matching
from mukana.referrals.queries.story import Event
from mukana.referrals.rules.codes import RECEIVER, Refused
from mukana.referrals.story_words import by_whom, what
from mukana.referrals.tests import make
from mukana.referrals.tests.make import REIJO, Time, deed
from mukana.referrals.tests.test_work_pages import at_place, page, said, seen_by

pytestmark = pytest.mark.django_db
TAKEN = "vastaanottaja, kirjasi Kaisa"


def test_a_message_to_an_old_number_does_not_leave_but_is_somebody_s_errand_to_tell(time: Time) -> None:
    case = make.acknowledged(REIJO)
    waiting = Message.objects.filter(kind="referrals.resident", state="queued")
    words = waiting.get().text
    resident = protecting.reach_by(case.resident, protecting.Ways("050 765 4321", "", "sms"), deed())
    assert resident.phone == "+358507654321"
    assert not waiting.exists()
    assert Errand.objects.get(kind="ring_resident").words == f"Sano: ”{words}”"
    before = Errand.objects.count()
    protecting.reach_by(resident, protecting.Ways("050 765 4321", "", "sms"), deed())  # the same again
    protecting.reach_by(resident, protecting.Ways("050 765 4321", "", "call"), deed())
    resident.refresh_from_db()
    assert (resident.preferred, Errand.objects.count()) == ("call", before)
    with pytest.raises(Refused):
        protecting.reach_by(resident, protecting.Ways("", "", "pigeon"), deed())


def test_a_mistake_needs_a_known_reason(time: Time) -> None:
    with pytest.raises(Refused) as refused:
        erring.ask_error(make.sent(), "because", deed())
    assert refused.value.code == "unknown_reason"


def test_a_follow_up_call_with_the_same_key_counts_once(time: Time) -> None:
    case = make.talking()
    working.plan(case, deed(), own_path="Kävelee")
    working.follow_up(case, deed())
    for _ in range(2):
        working.followed_up(case, deed(key="sama"))
    assert case.follow_ups_done == 1


def test_a_session_called_off_by_phone_and_marked_too_early_are_said_in_words(time: Time) -> None:
    case, placement, session = make.scheduled()
    client = seen_by(make.mari())
    early = at_place(client, placement, "kavi", tulos="missed", kanava="phone", kerran="a")
    assert (early.status_code, "kun kerta on alkanut" in said(early)) == (409, True)
    assert at_place(client, placement, "peruttiin", syy="weather", kanava="phone", kerran="b").status_code == 302
    text = page(client, "referral_case", case.pk)
    assert "Kerta peruttu" in text
    assert "sää" in text
    again = at_place(client, placement, "peruttiin", syy="weather", kanava="phone", kerran="c")
    assert again.status_code == 409
    assert session.starts_at > now()


def test_an_offer_is_taken_back_and_somebody_comes_along(time: Time) -> None:
    case, placement, _ = make.scheduled()
    client = seen_by(make.mari())
    assert at_place(client, placement, "saattaja", kerran="a").status_code == 302
    assert "Etsitään saattajaa" in page(client, "referral_case", case.pk)
    assert at_place(client, placement, "veda", syy="changed_plan", kerran="b").status_code == 302
    placement.refresh_from_db()
    assert placement.state == "recalled"


def test_finding_takes_only_the_whole_of_what_is_known(time: Time) -> None:
    make.sent(REIJO)
    assert len(matching("reijo räsänen")) == 1
    assert len(matching("040 1234567")) == 1
    assert len(matching("Reijo Räsänen", "749")) == 0
    assert [matching(words) for words in ("Reijo", "räsänen", "", "0401", "ABCDE FGHJK")] == [[], [], [], [], []]


@pytest.mark.parametrize(
    ("event", "words", "who"),
    [
        (("case", "sent", "sent", "escalate:deputy", "system"), "Vuoro siirtyi: sijainen", "kello"),
        (("case", "sent", "sent", "other_municipality", "coordinator"), "Siirretty toiselle alueelle: asuu toisessa kunnassa", "Kaisa"),
        (("placement", "requested", "requested", "errand:ring_receiver", "system"), "Kuoro: tehtävä: soita järjestäjälle", "kello"),
        (
            ("placement", "requested", "declined", "full", "receiver"),
            "Kuoro: ei onnistunut: ryhmä on täynnä",
            "vastaanottaja, kirjasi Kaisa",
        ),
        (("case", "in_dialogue", "paused", "hospital", "link_worker"), "Tauolla: sairaalassa", "Kaisa"),
    ],
)
def test_events_are_told_in_words(event: tuple[str, ...], words: str, who: str) -> None:
    kind, source, target, reason, role = event
    made = Event(
        make.MONDAY - timedelta(days=1), kind, source, target, reason, role, "Kaisa", "screen", "Kuoro" if kind == "placement" else ""
    )
    assert what(made) == words
    assert by_whom(made) == who


@pytest.mark.parametrize("how", ["accept", "decline", "waitlist"])
def test_nobody_needs_to_ring_a_receiver_who_has_answered(time: Time, how: str) -> None:
    _, placement = make.planned()
    for _ in range(7):
        tick(time.on(days=1))
    ring = Errand.objects.get(kind="ring_receiver", done_at=None)
    told = deed(RECEIVER, "phone", key="k")
    for _ in range(2):
        if how == "decline":
            answering.decline(placement, "full", told)
        else:
            getattr(answering, how)(placement, told)
    ring.refresh_from_db()
    assert (ring.result, ring.done_at) == ("answered", now())
    assert not Errand.objects.filter(kind="ring_receiver", done_at=None).exists()
