"""What a change elsewhere leaves behind in a case: sessions, reminders, messages that came back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from mukana.accounts.models import Person
from mukana.directory.tests import make as hub
from mukana.lib.clock import now
from mukana.outbox.actions.reporting import report
from mukana.outbox.actions.sending import abandon, settle
from mukana.outbox.models import Message
from mukana.outbox.rules import Lost, Outcome
from mukana.referrals import letter_sheets, wording
from mukana.referrals.actions import answering, contacting, ending, offering, own, supporting, visiting, working
from mukana.referrals.actions.errands import ask, finish
from mukana.referrals.actions.lost import hear_lost
from mukana.referrals.actions.permitting import Given
from mukana.referrals.actions.telling import about, own_url
from mukana.referrals.actions.ticking import tick
from mukana.referrals.jobs import tell_of_areas
from mukana.referrals.models import Errand, Letter, Placement, Referral, Session, Support
from mukana.referrals.queries.own import agreed
from mukana.referrals.queries.there import There, there_of
from mukana.referrals.queries.unanswered import unanswered
from mukana.referrals.rules.codes import RECEIVER, RESIDENT, Deed
from mukana.referrals.tests import make
from mukana.referrals.tests.make import Time, deed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_lost")]


def told() -> list[str]:
    """What residents have been written, the oldest first."""
    return list(Message.objects.filter(kind="referrals.resident").order_by("queued_at", "pk").values_list("text", flat=True))


def ends_of(words: str) -> list[datetime | None]:
    """When the messages to residents with the words in them end."""
    return [one.valid_until for one in Message.objects.filter(kind="referrals.resident") if words in one.text]


def test_a_place_taken_back_takes_its_day_along_and_the_resident_is_told_once_and_reminded_never(time: Time) -> None:
    _case, placement, session = make.scheduled()
    before = len(told())
    offering.recall(placement, "changed_plan", deed())
    session.refresh_from_db()
    assert (session.state, session.reason) == ("cancelled", "changed_plan")
    (words,) = told()[before:]
    assert "on peruttu. Sinun ei tarvitse tulla." in words
    time.to(session.starts_at - timedelta(hours=20))
    tick(now())
    assert len(told()) == before + 1


def test_a_session_of_a_place_that_is_not_scheduled_is_not_reminded_of(time: Time) -> None:
    _case, placement, session = make.scheduled()
    Placement.objects.filter(pk=placement.pk).update(state="accepted")
    before = len(told())
    time.to(session.starts_at - timedelta(hours=1))
    assert visiting.remind_of_sessions(now()) == 0
    assert len(told()) == before


def test_who_said_it_themselves_is_not_told_that_the_day_is_off(time: Time) -> None:
    _case, placement, session = make.scheduled()
    before = len(told())
    offering.recall(placement, "changed_plan", Deed("own:1", RESIDENT, "link"))
    assert Session.objects.get(pk=session.pk).state == "cancelled"
    assert len(told()) == before


def test_an_ended_place_has_no_day_ahead(time: Time) -> None:
    _case, placement, session = make.scheduled()
    Placement.objects.filter(pk=placement.pk).update(state="session_cancelled")
    placement.refresh_from_db()
    offering.end(placement, "health", deed())
    assert Session.objects.get(pk=session.pk).state == "cancelled"


def lose(message: Message, **facts: object) -> None:
    """The gateway tells that the message did not arrive."""
    Message.objects.filter(pk=message.pk).update(state="sent", provider_id="x1", sender="gateway", **facts)
    assert report("x1", "undelivered") == "bounced"


def test_a_residents_message_that_came_back_becomes_a_call_that_says_the_same(time: Time) -> None:
    case = make.sent()
    message = Message.objects.get(kind="referrals.resident")
    message.state, message.lease = "sending", "me"
    message.save()
    settle(message, Outcome("refused", problem="refused"), "gateway")
    errand = Errand.objects.get(referral=case, kind="ring_resident")
    assert errand.words.startswith("Viesti ei mennyt perille. Sano: ”")
    assert "Tunnus" in errand.words
    assert "http" not in errand.words


def test_a_message_whose_words_are_gone_is_said_from_what_is_agreed(time: Time) -> None:
    case, _placement, session = make.scheduled()
    lose(Message.objects.filter(kind="referrals.resident").order_by("queued_at").first(), text="")  # type: ignore[arg-type]  # there
    words = Errand.objects.get(referral=case, kind="ring_resident").words
    assert session.host in words
    other = make.sent(make.variant(make.REIJO, phone="040 765 4321"))
    Message.objects.update(provider_id="")
    lose(Message.objects.filter(about=about(other)).get(), text="")
    assert "Katso lähetteestä" in Errand.objects.get(referral=other, kind="ring_resident").words


def test_who_must_not_be_rung_gets_a_letter_and_else_is_told_when_they_meet(time: Time) -> None:
    who = make.variant(make.REIJO, safe=("no_call",), address={"street": "Katu 1", "postal_code": "70100", "city": "Kuopio"})
    for one, kind in ((who, "post_letter"), (make.variant(who, address={}), "talk")):
        case = make.sent(one)
        Message.objects.update(provider_id="")
        lose(Message.objects.filter(about=about(case)).get())
        assert [row.kind for row in case.errands.all()] == [kind]
    assert Letter.objects.get().kind == "again"


def test_an_offer_that_was_given_up_or_may_have_gone_is_rung_to_the_receiver(time: Time) -> None:
    placement, _token = make.requested()
    message = Message.objects.get(kind="referrals.offer")
    message.state, message.lease, message.lease_until = "sending", "me", now() - timedelta(minutes=1)
    message.save()
    assert abandon(now()) == 1
    errand = Errand.objects.get(placement=placement, kind="ring_receiver")
    assert errand.words.startswith("Viesti on voinut jäädä menemättä perille.")
    assert "http" not in errand.words


def test_a_companions_message_that_came_back_goes_to_whoever_keeps_the_companions(time: Time) -> None:
    case = make.talking(make.REIJO, wants_companion=True, permissions=(Given("referral"), Given("companion", ("contact",))))
    make.scheduled(case)
    helper = make.companion()
    supporting.offer(Support.objects.get(), helper, deed("companions"))
    lose(Message.objects.get(kind="referrals.companion"))
    errand = Errand.objects.get(kind="find_companion")
    assert (errand.owner, helper.phone in errand.words) == ("companions", True)
    hear_lost(Lost("1", "sms", "+358401112222", "referrals.companion", about(case), "Pääsetkö?"))
    assert {one.words for one in Errand.objects.filter(kind="find_companion")} > {"Viesti ei mennyt perille. Sano: ”Pääsetkö?”"}


def test_an_ended_case_and_other_messages_ask_for_nothing(time: Time) -> None:
    case = make.sent()
    message = Message.objects.get(kind="referrals.resident")
    hear_lost(Lost("1", "sms", "", "alerts.news", about(case), "x"))
    hear_lost(Lost("1", "sms", "", "referrals.resident", "alerts.Alert:1", "x"))
    ending.withdraw(case, deed(RESIDENT, "phone"))
    Message.objects.filter(pk=message.pk).update(text="")
    lose(message)
    assert not Errand.objects.filter(done_at=None).exists()


def test_a_waiting_lists_own_date_is_counted_from_the_day_it_is_agreed(time: Time) -> None:
    placement, _token = make.requested()
    answering.waitlist(placement, deed(RECEIVER, "phone"))
    time.on(days=40)
    placement.refresh_from_db()
    session = visiting.schedule(placement, visiting.When(now() + timedelta(days=5), "Anneli"), deed(RECEIVER, "phone"))
    assert session.state == "planned"


def test_a_plan_with_only_a_place_in_a_queue_says_so(time: Time) -> None:
    placement, _token = make.requested()
    answering.waitlist(placement, deed(RECEIVER, "phone"))
    case = Referral.objects.get(pk=placement.referral_id)
    assert wording.plan(case).startswith("Sovimme yhdessä: Vesijumppa (olet jonossa). Kysy")
    Placement.objects.update(state="proposed", owner="link_worker")
    assert wording.plan(case).startswith("Sovimme yhdessä: etsimme sinulle sopivan paikan.")


THERE = {"price_kind": "paid", "price_cents": 350, "lat": 62.9, "lon": 27.68}


def placed() -> tuple[Referral, Placement, Session]:
    """A first session of an entry of which price, way and place are told."""
    entry = make.group(texts={"fi": {"name": "Vesijumppa", "getting_there": "Bussi 4 pysähtyy ovelle. Ovi on pihan puolella."}}, **THERE)
    entry.place = hub.place("Uimahalli Kuntolaakso", address="Kuntolaaksontie 1", postal_code="70200", city="Kuopio")
    entry.save()
    return make.scheduled(entry=entry)


def test_message_letter_and_own_page_of_the_first_session_tell_price_way_and_map(time: Time, client: Client) -> None:
    case, placement, session = placed()
    assert "Hinta: 3,50\xa0€. Bussi 4 pysähtyy ovelle." in told()[-1].replace("3,50 €", "3,50\xa0€")
    facts = dict(letter_sheets._session_facts(session))
    assert (facts["Osoite"], facts["Hinta"]) == ("Kuntolaaksontie 1, 70200 Kuopio", "3,50\xa0€")
    assert facts["Perille"].endswith("Ovi on pihan puolella.")
    page = client.get(own_url(case).removeprefix("http://localhost:8000")).content.decode()
    assert f'<a href="/kohde/{placement.entry_id}/#perille">Katso kartalta</a>' in page
    assert all(words in page for words in ("Kuntolaaksontie 1", "Bussi 4", "3,50\xa0€"))


def test_of_a_place_that_tells_nothing_nothing_is_said(time: Time) -> None:
    _case, placement, session = make.scheduled(entry=make.group(price_kind="free", lat=None, texts={"fi": {"name": "Jumppa"}}))
    assert there_of(session) == There(price="Maksuton", address="Laiturikatu 12, 70100 Kuopio")
    assert placement.entry is not None
    placement.entry.place, placement.entry.price_kind = None, "unknown"
    session.placement = placement
    assert there_of(session) == There()
    placement.entry = None
    session.placement = placement
    assert there_of(session) == There()


def test_a_companion_who_is_only_asked_is_not_promised(time: Time) -> None:
    case = make.talking(make.REIJO, wants_companion=True, permissions=(Given("referral"), Given("companion", ("contact",))))
    make.scheduled(case)
    token = supporting.offer(Support.objects.get(), make.companion(), deed("companions"))
    assert [one.companion for one in agreed(case)] == [False]
    supporting.answer(token, yes=True)
    assert [one.companion for one in agreed(case)] == [True]


def test_messages_that_are_no_longer_true_later_do_not_leave_later(time: Time) -> None:
    case = make.talking(
        make.REIJO, wants_companion=True, permissions=(Given("referral"), Given("reminders"), Given("companion", ("contact",)))
    )
    _case, placement, session = make.scheduled(case)
    (offer,) = [one for one in Message.objects.filter(kind="referrals.offer") if one.text.startswith("Joku")]
    assert offer.valid_until is not None
    assert placement.requested_at is not None
    assert offer.valid_until > placement.requested_at
    assert ends_of("vastassa") == [session.starts_at]
    supporting.offer(Support.objects.get(), make.companion(), deed("companions"))
    assert Message.objects.get(kind="referrals.companion").valid_until == Support.objects.get().due_at
    time.to(session.starts_at - timedelta(hours=30))
    visiting.remind_of_sessions(now())
    assert ends_of("vastassa") == [session.starts_at] * 2


def test_a_companion_with_a_landline_is_rung_today_by_whoever_keeps_the_companions(time: Time) -> None:
    case = make.talking(make.REIJO, wants_companion=True, permissions=(Given("referral"), Given("companion", ("contact",))))
    make.scheduled(case)
    support = Support.objects.get()
    supporting.offer(support, make.companion(phone="017 222 3344"), deed("companions"))
    errand = Errand.objects.get(kind="find_companion")
    assert (errand.owner, errand.owner_person) == ("companions", make.area().companions)
    assert "017 222 3344" in errand.words
    assert errand.due_at is not None
    assert support.due_at is not None
    assert errand.due_at < support.due_at


def test_a_referrer_without_an_address_is_told_by_a_person_and_then_counts_as_told(time: Time) -> None:
    case = make.acknowledged(make.REIJO, referrer_email="", channel="paper")
    errand = Errand.objects.get(kind="tell_referrer")
    assert errand.words.startswith("Puijon terveysasema. Sano tai kirjoita: ”")
    assert make.REIJO.name.split()[0] not in errand.words
    finish(errand, "done", deed())
    assert [row.told for row in case.feedback.all()] == ["staff"]


def test_who_referred_themselves_is_not_told_of_it_by_staff(time: Time) -> None:
    make.acknowledged(make.REIJO, referrer_email="", unit="")
    assert not Errand.objects.filter(kind="tell_referrer").exists()


def test_feedback_by_a_person_ends_with_its_permission(time: Time) -> None:
    case = make.acknowledged(make.REIJO, referrer_email="")
    own.take_back(case.permissions.get(kind="feedback"), Deed("own:1", RESIDENT, "link"))
    assert [row.result for row in Errand.objects.filter(kind="tell_referrer")] == ["withdrawn"]


def test_what_was_told_in_another_way_meanwhile_stays_so(time: Time) -> None:
    case = make.acknowledged(make.REIJO, referrer_email="")
    case.feedback.update(told="email")
    finish(Errand.objects.get(kind="tell_referrer"), "done", deed())
    assert [row.told for row in case.feedback.all()] == ["email"]


@pytest.mark.parametrize(("ahead", "times"), [(timedelta(hours=26), 2), (timedelta(hours=2), 1), (timedelta(days=4), 3)])
def test_a_session_agreed_for_soon_is_not_told_twice_at_once(time: Time, ahead: timedelta, times: int) -> None:
    _case, _placement, session = make.scheduled(at=now() + ahead)
    for hours in (0, 24, 48, 72, 95):
        moment = make.MONDAY + timedelta(hours=hours)
        if moment < session.starts_at:
            time.to(moment)
            visiting.remind_of_sessions(now())
    time.to(session.starts_at - timedelta(hours=1, minutes=30))
    visiting.remind_of_sessions(now())
    assert len([words for words in told() if "vastassa" in words]) == times


def test_who_gets_letters_is_rung_in_time_before_a_monday_session(time: Time) -> None:
    starts = make.MONDAY + timedelta(days=14)
    case, _placement, _session = make.scheduled(make.talking(make.AINO), at=starts)
    Errand.objects.filter(kind="ring_resident").delete()
    letters = Letter.objects.count()
    time.to(starts - timedelta(days=4, hours=2))
    assert visiting.remind_of_sessions(now()) == 0
    time.to(starts - timedelta(days=4))
    assert visiting.remind_of_sessions(now()) == 1
    call = Errand.objects.get(referral=case, kind="ring_resident")
    assert call.due_at is not None
    assert (call.due_at < starts, Letter.objects.count()) == (True, letters)


def test_who_must_not_be_rung_and_gets_letters_is_told_once_by_the_first_letter(time: Time) -> None:
    who = make.variant(make.AINO, safe=("no_call",))
    case = make.sent(who)
    working.acknowledge(case, make.mari(), deed("coordinator"))
    contacting.attempt(case, "reached", deed(channel="face"))
    _case, _placement, session = make.scheduled(Referral.objects.get(pk=case.pk))
    letters = Letter.objects.count()
    time.to(session.starts_at - timedelta(days=1))
    assert visiting.remind_of_sessions(now()) == 0
    assert (Letter.objects.count(), Errand.objects.filter(kind="ring_resident").count()) == (letters, 0)


def test_an_errand_nobody_does_is_reminded_of_then_told_to_the_coordinator_then_the_leads(time: Time) -> None:
    case = make.talking()
    errand = ask("ring_resident", case, words="Soita")
    area = make.area()
    heard = []
    for days in (2, 4, 6, 8, 15):
        time.to(make.MONDAY + timedelta(days=days, hours=8))
        heard.append(set(tick(now()).people))
    errand.refresh_from_db()
    mari, coordinator, lead = make.mari().pk, area.coordinator_id, area.lead_id
    assert (errand.owner, errand.owner_person_id) == ("lead", lead)
    assert heard[0] == {mari}
    assert {mari, coordinator} <= heard[1] | heard[2]
    assert lead in heard[3]
    assert lead in heard[4]


def test_an_area_whose_people_have_left_is_told_to_those_who_can_name_people(time: Time, client: Client) -> None:
    make.sent()
    keeper = make.person("it", "Iiro Tietokone")
    other = make.person("referral_coordinator", "Outi Muualta")
    area = make.area()
    assert (unanswered(), tell_of_areas(now())) == ([], None)
    client.force_login(other)
    assert client.get(f"/tyopoyta/alueet/kunta/{area.pk}/").status_code == 403
    Person.objects.filter(pk__in=[area.coordinator_id, area.deputy_id, area.lead_id]).update(active=False)
    assert unanswered() == [(area, 1)]
    tell_of_areas(now())
    tell_of_areas(now())
    told_to = set(Message.objects.filter(kind="referrals.staff").values_list("to", flat=True))
    assert {keeper.email, other.email} <= told_to
    assert Message.objects.filter(kind="referrals.staff").count() == len(told_to)
    assert client.get(f"/tyopoyta/alueet/kunta/{area.pk}/").status_code == 200
