"""Told once of what is new, by day, and of nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from mukana.alerts import letters, secrets
from mukana.alerts.actions import confirming, matching, telling
from mukana.alerts.actions.matching import match
from mukana.alerts.actions.telling import tell_due
from mukana.alerts.models import Alert, Cursor, Find
from mukana.alerts.tests.steps import JUMPPA, MONDAY, PHONE, begun, finds, news, put, told
from mukana.directory.actions.changes import record
from mukana.directory.models import Entry
from mukana.directory.tests import make
from mukana.lib.clock import now
from mukana.lib.moments import ZONE
from mukana.search.asked import Asked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_index", "fresh_knowledge")]


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
