from __future__ import annotations

import csv
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from mukana.directory.actions.vocabulary import load_vocabulary
from mukana.directory.models import Term
from mukana.directory.tests import make as hub
from mukana.guidance.actions.counting import count_guided, count_lacking
from mukana.lib.suppression import Unprotected
from mukana.referrals.actions import answering, measuring, referring, releasing
from mukana.referrals.actions.permitting import Given, permit
from mukana.referrals.actions.releasing import release
from mukana.referrals.jobs import release_numbers
from mukana.referrals.models import NumbersRelease, Raising, Referral
from mukana.referrals.queries.funnel import Funnel, funnel
from mukana.referrals.queries.numbers import Released, facts_of, overdue_now, released
from mukana.referrals.rules.codes import RECEIVER
from mukana.referrals.rules.numbers import Facts, Numbers, published
from mukana.referrals.rules.publishing import Earlier
from mukana.referrals.simulation.play import play
from mukana.referrals.tests import make
from mukana.referrals.tests.cohort import AGREED, FIRST, FOURTH, PLACED, REACHED, THIRD_MONTH, Kind, cohort
from mukana.referrals.tests.make import Time

pytestmark = pytest.mark.django_db
PAGE, CSV = "/tyopoyta/luvut/", "/tyopoyta/luvut/taulukko.csv"


def scenario() -> list[Referral]:
    """100 offered, 80 agreed, 70 reached, 60 placed, 45 came once, 30 four times, half of these in the third month."""
    for _ in range(20):
        Raising.objects.create(area=hub.kuopio(), on=date(2026, 7, 6))
    return cohort(
        Kind(10, AGREED, "unreachable", digital=False),
        Kind(10, REACHED, "no_suitable_service", area="749"),
        Kind(15, PLACED, "declined_by_resident", companion=True),
        Kind(15, FIRST, "attended_dropped_out", digital=False, companion=True),
        Kind(15, FOURTH, "attended_and_ended_well", area="749", companion=True, told=False),
        Kind(15, THIRD_MONTH, digital=False),
    )


def told() -> Released:
    return released(release(2026))


def looker(client: Client) -> Client:
    client.force_login(make.person("evaluator", "Elina Arvioija"))
    return client


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(text.removeprefix("\ufeff").splitlines(), delimiter=";"))


def test_15_the_known_cohort_is_told_exactly_with_reasons_areas_and_halves(time: Time) -> None:
    scenario()
    numbers = told().numbers
    assert list(numbers.ladders.whole.came.values()) == [100, 80, 70, 60, 45, 30, 15]
    assert funnel(date(2026, 1, 1), date(2026, 12, 31)) == Funnel(100, 80, 70, 60, 45, 30)
    why = {code: count for (stage, code), count in numbers.reasons.shown.items() if stage == "" and code}
    assert why == {
        "said_no": 20, "unreachable": 10, "no_suitable_service": 10, "declined_by_resident": 15, "attended_dropped_out": 15,
        "attended_and_ended_well": 15,
    }  # fmt: skip
    assert numbers.reasons.at("reached", "no_suitable_service") == 10
    by = {name: {group: list(one.came.values()) for group, one in groups.items()} for name, groups in numbers.ladders.by.items()}
    assert by["area"] == {"297": [75, 55, 45, 45, 30, 15, 15], "749": [25, 25, 25, 15, 15, 15, 0]}
    assert by["companion"] == {"yes": [45, 45, 45, 30, 15, 0], "no": [35, 25, 15, 15, 15, 15]}
    assert by["digital"] == {"yes": [40, 40, 30, 15, 15, 0], "no": [40, 30, 30, 30, 15, 15]}
    assert by["quarter"] == {"3": [100, 80, 70, 60, 45, 30, 15]}


def test_15_any_cell_under_five_is_hidden_also_when_derivable_from_totals(time: Time) -> None:
    scenario()
    cohort(Kind(3, THIRD_MONTH, area="140", digital=False))
    ladders = told().numbers.ladders
    assert ladders.whole.came["third_month"] == 18
    assert set(ladders.by["area"]["140"].came.values()) == {None}
    shown = [ladders.by["area"][area].came["third_month"] for area in ("140", "297", "749")]
    assert shown.count(None) >= 2
    agreed = [ladders.by["area"][area].came["agreed"] for area in ("140", "297", "749")]
    assert agreed.count(None) >= 2


def test_waiting_is_counted_in_working_days_and_parity_and_dead_ends_in_shares(time: Time) -> None:
    scenario()
    numbers = told().numbers
    assert [(wait.leg, wait.median, wait.most) for wait in numbers.waits[""]] == [
        ("acknowledged", 1, 1),
        ("contact", 4, 4),
        ("session", 10, 10),
    ]
    assert (numbers.parity.sent, numbers.parity.closed) == (50, 38)
    assert numbers.parity.told == 77
    assert numbers.parity.dead_ends == 12


def test_who_came_a_fourth_time_lately_is_not_said_to_have_stayed_away(time: Time) -> None:
    cohort(Kind(12, THIRD_MONTH, sent=make.MONDAY - timedelta(days=60)))
    assert [(one.stage, one.end, one.number) for one in facts_of(2026).people] == [("fourth_visit", "too_early", 12)]


def test_the_play_and_the_page_count_the_same(time: Time) -> None:
    played = play(people=6, seed=4, days=30, after=40)
    came = {stage: 0 for stage in ("agreed", "reached", "placed", "first_visit", "fourth_visit")}
    order = [*came, "third_month"]
    for one in facts_of(2026).people:
        for stage in came:
            came[stage] += one.number * (one.stage in order[order.index(stage) :])
    assert came == {stage: getattr(played.counted, stage) for stage in came}


def test_a_no_of_a_receiver_is_counted_by_area_topic_reason_and_week(time: Time) -> None:
    dance = Term.objects.get_or_create(scheme="topic", code="dance")[0]
    where = make.group("Senioritanssi")
    where.terms.add(dance)
    placement, _ = make.requested(entry=where)
    answering.decline(placement, "full", make.deed(RECEIVER, "phone"))
    found = facts_of(2026).unmet
    assert [(one.area, one.topic, one.reason, one.week, one.number) for one in found] == [("297", "dance", "full", "2026-11-23", 1)]
    assert published(facts_of(2026)).unmet.weeks == {"2026-11-23": None}


def test_what_is_overdue_now_is_counted_by_kind(time: Time) -> None:
    cohort(Kind(12, REACHED))
    assert overdue_now(make.MONDAY).at("case", "overdue") == 0
    assert overdue_now(make.MONDAY + timedelta(days=4)).at("case", "overdue") == 12


def test_change_is_of_the_same_people_only(time: Time) -> None:
    cases = [case for case in cohort(Kind(8, REACHED)) if permit(case, [Given("referral"), Given("measures")], make.deed())]
    for number, case in enumerate(cases):
        measuring.answer(case, {"happy": 4}, "oral", make.deed())
        if number < 6:
            measuring.answer(case, {"happy": 6}, "oral", make.deed())
    (happy,) = told().numbers.changes
    assert (happy.pairs, happy.mean) == (6, 20)
    assert happy.without["waiting"] is None


def test_numbers_stay_the_same_for_a_week_and_until_five_more_have_come(time: Time) -> None:
    cohort(Kind(20))
    first = release(2026)
    cohort(Kind(3))
    assert release(2026).pk == first.pk
    time.on(days=8)
    assert release(2026).pk == first.pk
    cohort(Kind(2))
    second = release(2026)
    assert second.people == 25
    time.on(days=8)
    cohort(Kind(9))
    release(2026)
    assert NumbersRelease.objects.count() == 2


def test_the_night_counts_ahead_once_a_week(time: Time) -> None:
    cohort(Kind(20))
    assert release_numbers(make.MONDAY) == "Luvut laskettu vuosilta 2026, 2025."
    assert release_numbers(time.on(days=1)) is None


def test_the_page_tells_it_in_pictures_and_tables_and_names_nobody(client: Client, time: Time) -> None:
    scenario()
    count_guided(None)
    text = looker(client).get(PAGE).content.decode()
    assert "Lähetettä ehdotettiin 100 ihmiselle, 45 tuli ensimmäiselle käynnille" in text
    assert "<svg" in text
    assert "Koe Henkilö" not in text
    for choice, word in (("k749", "Kunta 749"), ("n3", "heinä–syyskuu"), ("k999", "Kaikki"), ("n3'", "Kaikki")):
        page = client.get(PAGE, {"rajaus": choice, "vuosi": "2026"})
        assert page.status_code == 200
        assert word in page.content.decode()
    assert client.get(PAGE, {"vuosi": "²"}).status_code == 200


def test_a_page_of_nobody_says_so(client: Client, time: Time) -> None:
    assert "Liian vähän tietoa: alle 5" in looker(client).get(PAGE).content.decode()


def test_the_download_has_the_same_suppressed_tables(client: Client, time: Time) -> None:
    scenario()
    cohort(Kind(3, AGREED, area="140", digital=False))
    answer: Any = looker(client).get(CSV, {"vuosi": "2026"})
    rows = rows_of(answer.content.decode())
    assert ["Ehdotettu", "103", "20"] in rows
    assert next(row for row in rows if row[0] == "Kunta 140")[1:] == ["liian vähän"] * 7
    assert "lahetteet-lukuina-2026.csv" in answer.headers["Content-Disposition"]


def asked_in_vain(area: str, subject: str, reason: str, times: int) -> None:
    for _ in range(times):
        count_lacking(reason, subject, area, None)


def test_what_guidance_did_not_find_is_told_by_area_topic_reason_and_week_beside_the_referrals(client: Client, time: Time) -> None:
    load_vocabulary()
    hub.kuopio()
    asked_in_vain("297", "dance", "distance", 12)
    asked_in_vain("297", "dance", "price", 8)
    asked_in_vain("749", "sleep", "price", 2)
    asked_in_vain("", "", "time", 9)
    found = facts_of(2026).lacked
    assert ("297", "dance", "distance", "2026-11-23", 12) in [(one.area, one.topic, one.reason, one.week, one.number) for one in found]
    assert ("none", "other", "time", "2026-11-23", 9) in [(one.area, one.topic, one.reason, one.week, one.number) for one in found]
    page = looker(client).get(PAGE).content.decode()
    assert "Mitä kaivattiin mutta ei löytynyt" in page
    assert "<b>Tanssi</b>, Kuopio: 20 kertaa" in page
    assert "Kuntaa ei kerrottu" in page
    answer: Any = client.get(CSV)
    rows = rows_of(answer.content.decode())
    start = rows.index(["Mikä esti löytymästä"])
    assert set(rows[start + 1]) == {"Kunta", "Oli liian kaukana", "Maksoi", "Oli muuhun aikaan", "Yhteensä"}
    assert all(cell in ("liian vähän", "0") or int(cell) >= 5 for row in rows[start + 2 : start + 6] for cell in row[1:])
    assert next(row for row in rows if row[0] == "749")[1:] == ["liian vähän"] * 4
    assert ["vko 48", "31"] in rows


def test_an_earlier_release_is_remembered_count_by_count(time: Time) -> None:
    cohort(Kind(20))
    release(2026)
    time.on(days=8)
    cohort(Kind(6))
    second = release(2026)
    assert second.earlier["ladder."]["came||agreed"] == [20]
    assert told().numbers.ladders.whole.came["agreed"] == 26
    time.on(days=8)
    cohort(Kind(12, FIRST))
    came = told().numbers.ladders.whole.came
    assert (came["agreed"], came["reached"], came["first_visit"]) == (38, 12, 12)


def test_a_release_that_cannot_be_protected_beside_the_last_one_is_not_given(monkeypatch: pytest.MonkeyPatch, time: Time) -> None:
    cohort(Kind(20))
    first = release(2026)
    time.on(days=8)
    cohort(Kind(9))

    def stuck(told: Facts, earlier: Earlier | None = None) -> Numbers:
        if earlier:
            raise Unprotected("came")
        return published(told, earlier)

    monkeypatch.setattr(releasing, "published", stuck)
    assert release(2026) == first


def test_only_those_who_may_see_numbers_see_them(client: Client, time: Time) -> None:
    client.force_login(make.person("professional", "Henna Hoitaja"))
    assert client.get(PAGE).status_code == 403


def test_a_suggested_no_counts_once(time: Time) -> None:
    make.sent()
    referring.raised(make.area().municipality, "Puijon terveysasema")
    assert {(one.stage, one.end) for one in facts_of(2026).people} == {("offered", "said_no"), ("agreed", "open")}
    assert isinstance(Referral.objects.get().pk, UUID)
