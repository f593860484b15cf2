"""From the wish to the end: asked, confirmed, told once of what is new, ended and forgotten."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from mukana.alerts import jobs, letters, secrets
from mukana.alerts.actions import confirming, keeping, matching, telling
from mukana.alerts.actions.confirming import NoAlert, WrongCode, confirm, confirm_by_code
from mukana.alerts.actions.keeping import end, end_all, forget_unconfirmed, hear_bounce, set_paused, set_rhythm
from mukana.alerts.actions.matching import match
from mukana.alerts.actions.subscribing import Address, BadAddress, TooMany, Wish, address_of, subscribe
from mukana.alerts.actions.telling import tell_due
from mukana.alerts.models import Alert, Cursor, Find, Subscriber
from mukana.audit.models import Trace
from mukana.directory.actions.changes import record
from mukana.directory.models import Entry
from mukana.directory.tests import make
from mukana.lib.clock import now
from mukana.lib.moments import ZONE
from mukana.outbox.actions.reporting import report
from mukana.outbox.models import Message
from mukana.outbox.rules import Bounce
from mukana.search import knowledge as knowledge_module
from mukana.search.actions import catch_up
from mukana.search.asked import Asked
from mukana.search.kept import kept, to_keep
from mukana.search.matching import Question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_index", "fresh_knowledge")]
MAIL, PHONE = Address("email", "outi@mukana.example"), Address("sms", "+358417308168")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)


@pytest.fixture
def fresh_knowledge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowledge_module, "_current", knowledge_module.Current())


@pytest.fixture(autouse=True)
def nothing_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mukana.outbox.actions.queueing.Thread", lambda **_: pytest.fail("sent inside a test"))
    return


def put(name: str, **facts: object) -> Entry:
    made = make.entry(name, **facts)
    make.date(made)
    return told(made)


def told(entry: Entry, kind: str = "created") -> Entry:
    """The entry's change is in the feed and in the index."""
    record([entry.pk], kind, now())
    catch_up()
    return entry


def begun(asked: Asked, address: Address = MAIL, rhythm: str = "weekly", **more: str) -> Alert:
    catch_up()
    alert = subscribe(address, Wish(Question(asked, more.pop("place", "")), rhythm, **more))
    return confirm(secrets.token_of(alert.pk))


def finds(alert: Alert) -> set[str]:
    return {str(Entry.objects.get(pk=key)) for key in alert.finds.values_list("entry_id", flat=True)}


def news() -> list[Message]:
    return list(Message.objects.filter(kind="alerts.news").order_by("id"))


JUMPPA = Asked(text="vesijumppa")


def test_the_first_message_asks_and_nothing_begins_before_the_press() -> None:
    alert = subscribe(MAIL, Wish(Question(JUMPPA)))
    message = Message.objects.get()
    assert (message.to, message.kind, alert.state) == ("outi@mukana.example", "alerts.confirm", "waiting")
    assert f"/v/{secrets.token_of(alert.pk)}/" in message.text
    assert "”vesijumppa”" in message.text
    put("Vesijumppa")
    match(now())
    assert not Find.objects.exists()
    assert confirm(secrets.token_of(alert.pk)).state == "on"
    first = confirm(secrets.token_of(alert.pk)).confirmed_at
    assert first == now()
    assert [trace.verb for trace in Trace.objects.all()] == ["alert.confirmed"]


def test_the_address_stands_in_the_database_sealed_and_once() -> None:
    subscribe(MAIL, Wish(Question(JUMPPA)))
    subscribe(MAIL, Wish(Question(Asked(text="kuoro"))))
    assert Subscriber.objects.get().address == MAIL.value
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest, address FROM alerts_subscriber")
        assert "outi" not in str(cursor.fetchall())
    assert not Trace.objects.filter(detail__icontains="outi").exists()


def test_the_same_wish_again_asks_again_and_when_it_is_on_gives_the_link() -> None:
    first = subscribe(MAIL, Wish(Question(JUMPPA)))
    again = subscribe(MAIL, Wish(Question(JUMPPA), "daily", "sv"))
    assert first.pk == again.pk
    assert (again.rhythm, again.language) == ("daily", "sv")
    confirm(secrets.token_of(first.pk))
    subscribe(MAIL, Wish(Question(JUMPPA), "at_once"))
    assert Alert.objects.get().rhythm == "daily"
    assert Message.objects.count() == 3


def test_one_address_has_at_most_twenty_searches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mukana.alerts.actions.subscribing.MOST_OF_ADDRESS", 1)
    subscribe(MAIL, Wish(Question(JUMPPA)))
    with pytest.raises(TooMany):
        subscribe(MAIL, Wish(Question(Asked(text="kuoro"))))


@pytest.mark.parametrize(
    ("text", "address"),
    [("Outi@Mukana.Example ", MAIL), ("041 730 8168", PHONE), ("", None), ("a@", None), ("112", None), ("hei", None), ("ä@ö.fi", None)],
)
def test_addresses_as_people_write_them(text: str, address: Address | None) -> None:
    if address is None:
        with pytest.raises(BadAddress):
            address_of(text)
    else:
        assert address_of(text) == address


def test_six_digits_begin_it_and_five_wrong_ones_close_the_way() -> None:
    subscribe(PHONE, Wish(Question(JUMPPA)))
    message = Message.objects.get()
    (code,) = re.findall(r"koodi (\d{6})", message.text)
    assert message.parts <= 2
    wrong = "000000" if code != "000000" else "000001"
    with pytest.raises(WrongCode):
        confirm_by_code(PHONE, wrong)
    assert Alert.objects.get().tries == 1
    assert confirm_by_code(PHONE, code, by="p1").state == "on"
    assert Trace.objects.get().actor == "p1"
    with pytest.raises(WrongCode):
        confirm_by_code(PHONE, code)
    subscribe(PHONE, Wish(Question(Asked(text="kuoro"))))
    (second,) = re.findall(r"koodi (\d{6})", Message.objects.order_by("-id")[0].text)
    Alert.objects.filter(state="waiting").update(tries=5)
    with pytest.raises(WrongCode):
        confirm_by_code(PHONE, second)


def test_only_what_is_new_to_the_search_is_told_and_only_once() -> None:
    old = put("Vesijumppa vanha")
    alert = begun(JUMPPA)
    told(old, "updated")
    new = put("Vesijumppa uusi")
    put("Kuoro")
    told(new, "updated")
    assert match(now()) == 1
    assert finds(alert) == {"Vesijumppa uusi"}
    assert match(now()) == 0
    assert tell_due(now()) == 0
    assert tell_due(MONDAY) == 1
    told(new, "updated")
    assert (match(MONDAY), tell_due(MONDAY + timedelta(days=7))) == (0, 0)
    (message,) = news()
    assert message.subject == "Uusi kohde haussasi: Vesijumppa uusi"
    assert "ke 25.11. klo 17.00–17.45, Kallanrannan uimahalli, Kuopio, 5,50" in message.text.replace("\u00a0", " ")
    assert f"/k/{new.pk.hex[:10]}/" in message.text
    assert message.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.headers["List-Unsubscribe"].endswith(f"/v/{secrets.token_of(alert.pk)}/loppu/>")
    assert message.sort.secret
    assert message.sort.forget_to


def test_an_entry_that_comes_to_answer_is_new_though_it_is_old() -> None:
    entry = put("Kerho")
    alert = begun(JUMPPA)
    Entry.objects.filter(pk=entry.pk).update(texts={"fi": {"name": "Vesijumppa altaassa"}})
    told(entry, "updated")
    match(now())
    assert finds(alert) == {"Vesijumppa altaassa"}


def test_a_search_answered_by_very_many_tells_only_of_what_is_made_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confirming, "MOST_KNOWN", 0)
    old = put("Vesijumppa vanha")
    alert = begun(JUMPPA)
    assert alert.wide
    told(old, "updated")
    later = put("Vesijumppa uusi")
    Entry.objects.filter(pk__in=[old.pk, later.pk]).update(created_at=now())
    Entry.objects.filter(pk=later.pk).update(created_at=now() + timedelta(hours=1))
    match(now())
    assert finds(alert) == {"Vesijumppa uusi"}


def test_merged_twins_are_told_once() -> None:
    alert = begun(JUMPPA)
    one = put("Vesijumppa altaassa")
    match(now())
    other = make.entry("Vesijumppa uimahallissa")
    Entry.objects.filter(pk=one.pk).update(merged_into=other)
    record([one.pk], "removed", now())
    told(other)
    match(now())
    assert alert.finds.count() == 1
    assert tell_due(MONDAY) == 0  # the one that was found stands under its twin now
    assert news() == []


def test_conditions_and_places_limit_as_on_the_page() -> None:
    begun(Asked(text="vesijumppa", weekdays=("mon",)))
    near = begun(Asked(text="vesijumppa", km=20), place="297")
    far = begun(Asked(text="vesijumppa", km=20), place="091")
    town = begun(Asked(text="vesijumppa kuopiossa"))
    elsewhere = begun(Asked(text="vesijumppa helsingissä"))
    anywhere = begun(Asked(municipalities=("297",)))
    nonsense = begun(Asked(text="qqqxyzzy"))
    put("Vesijumppa")
    match(now())
    found = {str(alert.pk) for alert in Alert.objects.filter(finds__isnull=False)}
    assert found == {str(one.pk) for one in (near, town, anywhere)}
    assert not any(one.finds.exists() for one in (far, elsewhere, nonsense))


def test_at_most_five_are_told_and_the_rest_is_behind_a_link() -> None:
    begun(JUMPPA, rhythm="at_once")
    for number in range(7):
        put(f"Vesijumppa {number}")
    match(now())
    assert tell_due(now() + timedelta(minutes=11)) == 1
    (message,) = news()
    assert message.subject == "7 uutta kohdetta haussasi"
    assert message.text.count("•") == 5
    assert "/haku/?q=vesijumppa" in message.text


def test_a_text_message_is_short_and_waits_for_the_morning() -> None:
    begun(JUMPPA, PHONE, "at_once")
    for number in range(4):
        put(f"Vesijumppa {number}", form="remote_together" if number == 1 else "on_site")
    make.entry("Vesijumppa ilman aikaa")
    match(now())
    night = datetime(2026, 11, 22, 23, tzinfo=ZONE)
    assert tell_due(night) == 0
    assert tell_due(datetime(2026, 11, 23, 8, 59, tzinfo=ZONE)) == 0
    assert tell_due(MONDAY) == 1
    (message,) = news()
    assert message.text.count("/k/") == 3
    assert "/loppu/" in message.text
    assert message.parts <= 5


def test_what_is_gone_by_then_is_not_told() -> None:
    begun(JUMPPA)
    entry = put("Vesijumppa")
    match(now())
    Entry.objects.filter(pk=entry.pk).update(status="withdrawn")
    assert tell_due(MONDAY) == 0
    assert not Find.objects.exists()


def test_an_entry_without_a_time_or_a_place_is_told_as_it_is() -> None:
    begun(JUMPPA)
    bare = Entry.objects.create(kind="service", texts={"fi": {"name": "Vesijumppaneuvonta vesijumppa"}})
    told(bare)
    match(now())
    assert tell_due(MONDAY) == 1
    assert "• Vesijumppaneuvonta" in news()[0].text


def test_a_pause_holds_messages_and_its_end_tells_what_came_meanwhile() -> None:
    alert = begun(JUMPPA, rhythm="daily")
    token = secrets.token_of(alert.pk)
    assert set_paused(token, paused=True).state == "paused"
    put("Vesijumppa")
    match(now())
    assert tell_due(MONDAY) == 0
    assert set_paused(token, paused=False).due_at == MONDAY
    assert tell_due(MONDAY) == 1
    assert set_paused(token, paused=True).state == "paused"
    assert set_paused(token, paused=False).due_at is None
    waiting = subscribe(MAIL, Wish(Question(Asked(text="kuoro"))))
    assert set_paused(secrets.token_of(waiting.pk), paused=True).state == "waiting"


def test_the_rhythm_is_changed_at_once() -> None:
    alert = begun(JUMPPA)
    token = secrets.token_of(alert.pk)
    assert set_rhythm(token, "daily").due_at is None
    put("Vesijumppa")
    match(now())
    assert set_rhythm(token, "at_once").due_at == now() + timedelta(minutes=10)


def test_an_end_forgets_the_search_and_the_address_at_once() -> None:
    alert = begun(JUMPPA)
    other = begun(Asked(text="kuoro"))
    assert end(secrets.token_of(alert.pk))
    assert Subscriber.objects.count() == 1
    assert not end(secrets.token_of(alert.pk))
    assert end_all(MAIL, by="p1") == 1
    assert (Alert.objects.count(), Subscriber.objects.count()) == (0, 0)
    assert [trace.actor for trace in Trace.objects.filter(verb="alert.ended").order_by("id")] == ["visitor", "p1"]
    with pytest.raises(NoAlert):
        confirm(secrets.token_of(other.pk))


def test_a_returned_message_ends_everything_of_its_address() -> None:
    begun(JUMPPA, PHONE)
    begun(Asked(text="kuoro"), PHONE)
    begun(JUMPPA, MAIL)
    message = Message.objects.filter(channel="sms").first()
    assert message is not None
    Message.objects.filter(pk=message.pk).update(state="sent", sent_at=now(), provider_id="g1")
    report("g1", "undelivered")
    assert Subscriber.objects.get().channel == "email"
    assert Trace.objects.filter(verb="alert.ended", detail={"why": "bounced"}).count() == 2


def test_bounces_of_others_and_of_what_has_ended_are_passed_over() -> None:
    begun(JUMPPA)
    for about in ("directory.Entry:1", f"alerts.Alert:{uuid4()}"):
        hear_bounce(Bounce("m", "email", "", "k", about, ""))
    assert Alert.objects.count() == 1


def test_what_nobody_confirms_is_erased_in_three_days() -> None:
    subscribe(MAIL, Wish(Question(JUMPPA)))
    assert forget_unconfirmed(now() + timedelta(days=3)) == 0
    assert forget_unconfirmed(now() + timedelta(days=3, minutes=1)) == 1
    assert not Subscriber.objects.exists()


def test_matching_waits_for_the_index_and_passes_over_what_ended_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    assert match(now()) == 0  # no index yet
    alert = begun(JUMPPA)
    put("Vesijumppa")
    real = matching.changed

    def ended_meanwhile(*words: object) -> object:
        Alert.objects.filter(pk=alert.pk).delete()
        return real(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(matching, "changed", ended_meanwhile)
    assert match(now()) == 0
    assert Cursor.objects.get().position > 0


def test_nobody_waiting_costs_no_index_and_a_lost_one_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    put("Vesijumppa")
    monkeypatch.setattr(matching, "changed", lambda *_: pytest.fail("made for nobody"))
    assert match(now()) == 0

    def lost(*_: object) -> object:
        raise matching.NoIndex

    begun(Asked(text="kuoro"))
    put("Kuoro")
    monkeypatch.setattr(matching, "changed", lost)
    before = Cursor.objects.get().position
    assert matching._match(matching._batch(), now()) == 0
    assert Cursor.objects.get().position == before


def test_confirming_without_an_index_knows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_: object) -> object:
        raise confirming.NoIndex

    monkeypatch.setattr(confirming, "standing", lost)
    assert bytes(begun(JUMPPA).known) == b""


def test_a_worker_that_ends_leaves_the_rest_for_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    begun(JUMPPA)
    put("Vesijumppa")
    monkeypatch.setattr(matching, "stopping", lambda: True)
    assert match(now()) == 0
    monkeypatch.setattr(matching, "stopping", lambda: False)
    assert match(now()) == 1
    monkeypatch.setattr(telling, "stopping", lambda: True)
    assert tell_due(MONDAY) == 0


def test_two_workers_tell_once(monkeypatch: pytest.MonkeyPatch) -> None:
    alert = begun(JUMPPA)
    assert not telling._tell(uuid4(), MONDAY)
    monkeypatch.setattr(letters, "send_email", lambda **_: (_ for _ in ()).throw(letters.BadMessage("address")))
    put("Vesijumppa")
    match(now())
    assert tell_due(MONDAY) == 0
    assert not alert.finds.exists()


def test_jobs_say_what_they_did_and_nothing_when_there_was_nothing() -> None:
    assert (jobs.find_news(now()), jobs.tell_news(now()), jobs.forget(now())) == (None, None, None)
    begun(JUMPPA)
    put("Vesijumppa")
    assert jobs.find_news(now()) == "Uusia osumia hakuvahteihin 1."
    assert jobs.tell_news(MONDAY) == "Hakuvahtien viestejä 1."
    subscribe(PHONE, Wish(Question(JUMPPA)))
    assert jobs.forget(now() + timedelta(days=4)) == "Poistettiin 1 vahvistamatonta hakuvahtia."


def test_a_question_is_kept_without_its_page_and_comes_back_whole() -> None:
    asked = Asked(text="x", km=5, weekdays=("mon", "tue"), free=True, starts_from=now().date(), page=4, view="kartta", professional=True)
    held = to_keep(asked)
    assert held == {"text": "x", "km": 5, "weekdays": ["mon", "tue"], "free": True, "starts_from": "2026-11-22"}
    assert kept({**held, "gone": 1}) == Asked(text="x", km=5, weekdays=("mon", "tue"), free=True, starts_from=now().date())


def test_keeping_names_the_same_things_as_its_letters() -> None:
    assert keeping.ABOUT == "alerts.Alert:"
