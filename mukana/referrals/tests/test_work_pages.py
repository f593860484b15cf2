"""The worker's day, the coordinator's inbox and the case, through their pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mukana.accounts.models import Person
from mukana.audit.models import Trace
from mukana.lib.clock import now
from mukana.referrals.actions import contacting
from mukana.referrals.actions.ticking import tick
from mukana.referrals.models import Absence, Errand, Placement, Referral, Session, Transition
from mukana.referrals.tests import make
from mukana.referrals.tests.make import AINO, Time, deed
from mukana.referrals.wording import spoken

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def seen_by(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def page(client: Client, name: str, *args: Any, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode().replace("\u00a0", " ")


def do(client: Client, case: Referral, what: str, **told: Any) -> Any:
    return client.post(reverse("referral_deed", args=[case.pk, what]), told)


def at_place(client: Client, placement: Placement, what: str, **told: Any) -> Any:
    return client.post(reverse("referral_place", args=[placement.referral_id, placement.pk, what]), told)


def said(answer: Any) -> str:
    return str(answer.content.decode()).replace("\u00a0", " ")


def test_the_day_says_whom_to_ring_what_is_late_and_leaves_a_trace_of_each_name(time: Time) -> None:
    case = make.acknowledged(AINO)
    other = make.acknowledged()
    time.on(days=9)
    text = page(seen_by(make.mari()), "referrals_day")
    assert "Aino V." in text
    assert "Virtanen" not in text
    assert "Uusi lähete: soita ensimmäisen kerran" in text
    assert "Myöhässä" in text
    assert "2 työpäivää yli" in text
    traces = Trace.objects.filter(verb="read", detail__purpose="day")
    assert {one.thing for one in traces} == {f"referrals.Resident:{one.resident_id}" for one in (case, other)}
    assert traces[0].detail["fields"] == ["name", "words"]


def test_the_day_tells_of_sessions_and_of_what_waits_for_others_without_names(time: Time) -> None:
    _, _, session = make.scheduled(make.talking(AINO))
    waiting, _ = make.requested(make.talking(make.variant(make.REIJO, name="Pentti Vaara")), make.group("Kuoro"))
    time.to(session.starts_at.replace(hour=7))
    text = page(seen_by(make.mari()), "referrals_day")
    assert "Ensimmäiset kerrat tänään" in text
    assert "Anneli Rautio" in text
    assert spoken(waiting.referral.reference) in text
    assert "Pentti" not in text.split("Muiden vuoro")[1]


def test_a_stand_in_sees_the_turns_of_the_one_who_is_away(time: Time) -> None:
    make.acknowledged(AINO)
    helper = make.person("link_worker", "Sini Sijainen")
    assert "Aino" not in page(seen_by(helper), "referrals_day")
    Absence.objects.create(person=make.mari(), first=now().date(), last=now().date(), cover=helper)
    text = page(seen_by(helper), "referrals_day")
    assert "Aino V." in text
    assert "sijaistat: Mari Linkki" in text


def test_the_day_asks_as_few_questions_of_the_database_for_many_cases_as_for_few(time: Time, django_assert_max_num_queries: Any) -> None:
    client = seen_by(make.mari())
    for number in range(35):
        make.acknowledged(make.variant(AINO, name=f"Asukas {number}"))
    with django_assert_max_num_queries(28):
        text = page(client, "referrals_day")
    assert text.count("Uusi lähete") == 30
    assert "Sivu 1/2" in text


def test_7_the_coordinator_sees_what_is_overdue_and_escalated_and_takes_it_on_in_one_step(time: Time) -> None:
    case = make.sent(AINO)
    for _ in range(3):
        tick(time.on(days=1))
    deputy = make.area().deputy
    client = seen_by(deputy)
    text = page(client, "referrals_inbox")
    assert "Siirtyi sinulle" in text
    assert "3 työpäivää vanha" in text
    assert "Myöhässä" in text
    assert "Aino" not in text
    mari = make.mari()
    assert "Mari Linkki, 0 auki" in page(client, "referrals_inbox")
    answer = client.post(reverse("inbox_deed", args=[case.pk, "ota"]), {"tekija": str(mari.pk), "kerran": "k1"})
    assert answer.status_code == 302
    case.refresh_from_db()
    assert (case.state, case.link_worker) == ("acknowledged", mari)


def test_of_two_coordinators_the_second_hears_who_took_it_and_nothing_is_done_twice(time: Time) -> None:
    case, area = make.sent(), make.area()
    mari, other = make.mari(), make.person("link_worker", "Liisa Toinen")
    told = {"tekija": str(mari.pk), "kerran": "k1"}
    first, second = seen_by(area.coordinator), seen_by(area.deputy)
    address = reverse("inbox_deed", args=[case.pk, "ota"])
    assert first.post(address, told).status_code == 302
    assert first.post(address, told).status_code == 302  # a double click
    answer = second.post(address, {"tekija": str(other.pk), "kerran": "k2"})
    assert answer.status_code == 409
    assert "on jo otettu vastaan. Linkkihenkilö on Mari Linkki" in said(answer)
    case.refresh_from_db()
    assert case.link_worker == mari
    assert Transition.objects.filter(referral=case, target="acknowledged").count() == 1


def test_a_referral_is_sent_on_to_another_area_with_its_reason(time: Time) -> None:
    from mukana.organisations.models import Municipality
    from mukana.referrals.models import Area

    case, area = make.sent(), make.area()
    siilinjarvi = Municipality.objects.create(code="749", name_fi="Siilinjärvi", name_sv="Siilinjärvi", region_name="Pohjois-Savo")
    Area.objects.create(municipality=siilinjarvi, coordinator=make.person("referral_coordinator", "Toisen Kunnan"))
    client = seen_by(area.coordinator)
    assert "Siirrä toiselle alueelle" in page(client, "referrals_inbox")
    client.post(reverse("inbox_deed", args=[case.pk, "siirra"]), {"kunta": "749", "syy": "other_municipality", "kerran": "k"})
    case.refresh_from_db()
    assert (case.area_id, case.state, case.redirects) == ("749", "sent", 1)
    assert client.get(reverse("referral_case", args=[case.pk])).status_code == 404


def test_the_case_shows_who_and_what_must_not_be_done_and_writes_the_look_down(time: Time) -> None:
    case = make.acknowledged(make.variant(AINO, protected=True))
    text = page(seen_by(make.mari()), "referral_case", case.pk)
    assert "Aino Virtanen" in text
    assert "Turvakielto" in text
    assert "Ei viestejä vastaajaan" in text
    assert "Jätin viestin" not in text
    assert "Kuopio" not in text.split("<main")[1].split("</main>")[0]
    assert Trace.objects.filter(thing=f"referrals.Resident:{case.resident_id}", detail__purpose="case").count() == 1


def test_a_case_of_somebody_else_is_not_there(time: Time) -> None:
    case = make.acknowledged()
    stranger = seen_by(make.person("link_worker", "Vieras Väki"))
    for name, more in (("referral_case", ()), ("referral_deed", ("tauko",)), ("referral_propose", ())):
        assert stranger.get(reverse(name, args=[case.pk, *more])).status_code == 404
    assert do(stranger, case, "peru", kanava="phone", varma="on").status_code == 404
    case.refresh_from_db()
    assert case.state == "acknowledged"


def test_10_unreachable_is_refused_in_words_until_three_days_and_two_ways_and_a_call_back_goes_on(time: Time) -> None:
    case, client = make.acknowledged(AINO), seen_by(make.mari())
    for number in range(3):
        time.on(hours=1)
        assert do(client, case, "yritys", tulos="no_answer", kanava="phone", kerran=f"y{number}").status_code == 302
    assert "kolmena eri päivänä" in page(client, "referral_case", case.pk)
    answer = do(client, case, "tavoittamatta", kerran="t")
    assert (answer.status_code, "kolmena eri päivänä" in said(answer)) == (409, True)
    forbidden = do(client, case, "yritys", tulos="left_message", kanava="phone", kerran="v")
    assert forbidden.status_code == 422
    for number in range(2):
        time.on(days=1, hours=3)
        do(client, case, "yritys", tulos="no_answer", kanava="phone", kerran=f"z{number}")
    assert do(client, case, "tavoittamatta", kerran="t2").status_code == 302
    reference = case.reference
    time.on(days=10)
    assert "Asukas otti yhteyttä" in page(client, "referral_case", case.pk)
    do(client, case, "soitti", kanava="phone", kerran="s")
    case.refresh_from_db()
    assert (case.state, case.reference) == ("in_dialogue", reference)
    row = Transition.objects.get(referral=case, target="in_dialogue")
    assert (row.role, row.channel, row.by) == ("resident", "phone", str(make.mari().pk))


def test_an_attempt_sent_twice_is_one_attempt(time: Time) -> None:
    case, client = make.acknowledged(), seen_by(make.mari())
    for _ in range(2):
        assert do(client, case, "yritys", tulos="busy", kanava="phone", sanat="Kuulosta pois", kerran="sama").status_code == 302
    assert case.attempts.count() == 1
    assert "Kuulosta pois" in page(client, "referral_case", case.pk)


def test_5_a_no_by_phone_goes_to_the_coordinator_with_the_counter_proposal(time: Time) -> None:
    case, placement = make.planned()
    client = seen_by(make.mari())
    told = {"syy": "full", "ehdotus": "Uusi ryhmä alkaa 12.1.", "kanava": "phone", "kerran": "k"}
    assert at_place(client, placement, "eisovellut", **told).status_code == 302
    text = page(seen_by(make.area().coordinator), "referrals_inbox")
    assert "Uusi ryhmä alkaa 12.1." in text
    assert "ei voinut ottaa vastaan" in text
    text = page(client, "referral_case", case.pk)
    assert "Ryhmä on täynnä" in text
    assert "Järjestäjä ehdottaa" in text
    row = Transition.objects.get(thing_id=placement.pk, target="declined")
    assert (row.role, row.channel) == ("receiver", "phone")


def test_6_after_silence_the_late_yes_is_refused_in_words(time: Time) -> None:
    _, placement = make.planned()
    client = seen_by(make.mari())
    for _ in range(12):
        tick(time.on(days=1))
    placement.refresh_from_db()
    assert placement.state == "recalled"
    assert "Kukaan ei vastannut" in page(client, "referral_case", placement.referral_id)
    answer = at_place(client, placement, "suostuu", kanava="phone", kerran="k")
    assert answer.status_code == 409
    placement.refresh_from_db()
    assert placement.state == "recalled"


def test_a_place_is_proposed_permitted_requested_accepted_and_scheduled_by_phone(time: Time) -> None:
    case, client, entry = make.talking(AINO), seen_by(make.mari()), make.group()
    entry.occurrences.all().delete()
    address = reverse("referral_propose", args=[case.pk])
    assert client.post(address, {"kohde": str(entry.pk), "kerran": "a"}).status_code == 302
    again = client.post(address, {"kohde": str(entry.pk), "kerran": "b"})
    assert (again.status_code, "Tätä paikkaa on jo kysytty" in said(again)) == (409, True)
    placement = Placement.objects.get()
    assert "Lue ääneen" in said(client.get(reverse("referral_place", args=[case.pk, placement.pk, "pyyda"])))
    told = {"ryhmat": ["area", "wish", "name", "contact"], "tapa": "oral", "kerran": "c"}
    for _ in range(2):
        assert at_place(client, placement, "pyyda", **told).status_code == 302
    assert case.permissions.filter(kind="receiver").count() == 1
    assert do(client, case, "suunnitelma", polku="", kerran="d").status_code == 302
    assert at_place(client, placement, "suostuu", kanava="phone", kerran="e").status_code == 302
    wrong = at_place(client, placement, "sovi", kerta="muu", vastassa="Anneli", kerran="f")
    assert wrong.status_code == 422
    day = (now() + timedelta(days=5)).date().isoformat()
    told = {"kerta": "muu", "paiva": day, "kello": "10:00", "vastassa": "Anneli", "paikka": "Uimahalli", "kerran": "g"}
    for day in ("9999-12-31", "0001-01-01"):
        far = at_place(client, placement, "sovi", kerta="muu", vastassa="Anneli", kerran="g", paiva=day, kello="23:59")
        assert (far.status_code, "Tarkista vuosi" in said(far)) == (422, True)
    assert at_place(client, placement, "sovi", **told).status_code == 302
    assert Session.objects.get().host == "Anneli"
    assert "Vastassa Anneli." in page(client, "referral_case", case.pk)


def test_9_a_missed_first_visit_by_phone_asks_to_ring_and_the_second_to_talk(time: Time) -> None:
    case, placement, session = make.scheduled()
    client = seen_by(make.mari())
    assert "Tuliko asukas?" not in page(client, "referral_case", case.pk)
    time.to(session.starts_at + timedelta(hours=3))
    assert at_place(client, placement, "kavi", tulos="missed", kanava="phone", kerran="k").status_code == 302
    text = page(client, "referrals_day")
    assert "Ei tullut ensimmäiselle kerralle" in text
    assert "Soita asukkaalle" in text
    errand = Errand.objects.get(kind="ring_resident")
    address = reverse("referral_errand", args=[case.pk, errand.pk])
    assert client.post(address, {"tulos": "transport"}).status_code == 302
    errand.refresh_from_db()
    assert errand.result == "transport"
    again = client.post(address, {"tulos": "transport"})
    assert (again.status_code, "Tämä on jo tehty" in said(again)) == (409, True)
    starts = now() + timedelta(days=3)
    told = {"kerta": "muu", "paiva": starts.date().isoformat(), "kello": "10:00", "vastassa": "Anneli", "kerran": "l"}
    assert at_place(client, placement, "sovi", **told).status_code == 302
    time.to(starts + timedelta(hours=8))
    at_place(client, placement, "kavi", tulos="missed", kanava="phone", kerran="m")
    assert "Keskustele asukkaan kanssa" in page(client, "referral_case", case.pk)
    answer = at_place(client, placement, "sovi", **{**told, "paiva": (starts + timedelta(days=9)).date().isoformat(), "kerran": "n"})
    assert (answer.status_code, "Kaksi kertaa on jäänyt väliin" in said(answer)) == (409, True)


def test_12_a_withdrawal_by_phone_is_written_with_its_channel_and_asks_for_deletion(time: Time) -> None:
    case, placement, _ = make.scheduled()
    client = seen_by(make.mari())
    assert do(client, case, "peru", kanava="phone", kerran="k").status_code == 422
    assert do(client, case, "peru", kanava="phone", varma="on", kerran="k").status_code == 302
    case.refresh_from_db()
    assert case.state == "withdrawn"
    assert not case.permissions.filter(withdrawn_at=None).exists()
    text = page(client, "referral_case", case.pk)
    assert "Järjestäjä on poistanut tiedot" in text
    assert "Peruttu asukkaan pyynnöstä" in text
    at_place(client, placement, "poistettu", kanava="phone", kerran="l")
    placement.refresh_from_db()
    assert placement.deletion_confirmed_at == now()


def test_a_mistake_is_hidden_only_when_another_person_confirms(time: Time) -> None:
    case, area = make.acknowledged(), make.area()
    mari, kaisa = seen_by(make.mari()), seen_by(area.coordinator)
    assert do(kaisa, case, "virhe", syy="test", kerran="a").status_code == 302
    again = do(mari, case, "virhe", syy="test", kerran="b")
    assert (again.status_code, "Joku on jo pyytänyt" in said(again)) == (409, True)
    alone = do(kaisa, case, "vahvista", kerran="c")
    assert (alone.status_code, "kaksi eri henkilöä" in said(alone)) == (409, True)
    assert do(mari, case, "vahvista", kerran="d").status_code == 404  # not a coordinator
    errand = Errand.objects.get(kind="confirm_error")
    assert errand.owner_person == area.deputy
    veli = seen_by(area.deputy)
    assert "tarvitaan toinen henkilö" in page(veli, "referrals_inbox")
    assert "Kaisa Koordinoija pyytää" in page(veli, "referral_case", case.pk)
    assert do(veli, case, "vahvista", kerran="e").status_code == 302
    case.refresh_from_db()
    assert case.state == "entered_in_error"
    assert kaisa.get(reverse("referral_case", args=[case.pk])).status_code == 404


def test_a_refused_mistake_goes_on_and_the_story_tells_both(time: Time) -> None:
    case, client = make.acknowledged(), seen_by(make.area().coordinator)
    do(client, case, "virhe", syy="twice", kerran="a")
    do(client, case, "eivirhe", kerran="b")
    text = page(client, "referral_case", case.pk)
    assert "Pyydetty merkittäväksi vahingossa tehdyksi: sama kahdesti" in text
    assert "Ei ollut vahinko" in text
    again = do(client, case, "eivirhe", kerran="c")
    assert (again.status_code, "Tämä on jo tehty" in said(again)) == (409, True)
    again = do(client, case, "vahvista", kerran="d")
    assert again.status_code == 409


def test_11_protection_and_another_number_act_at_once(time: Time) -> None:
    case, client = make.acknowledged(AINO), seen_by(make.mari())
    told = {"kielletty": ["no_letter"], "suojattu": "on", "tapa": "call", "puhelin": "040 765 4321", "posti": ""}
    assert do(client, case, "yhteys", **told).status_code == 302
    resident = Referral.objects.get(pk=case.pk).resident
    assert (resident.protected, resident.safe, resident.address, resident.phone) == (True, ["no_letter"], {}, "+358407654321")
    wrong = do(client, case, "yhteys", **{**told, "puhelin": "soita huomenna"})
    assert wrong.status_code == 422


def test_pause_follow_up_close_and_reopen_through_the_pages(time: Time) -> None:
    case, client = make.talking(), seen_by(make.mari())
    until = (now() + timedelta(days=14)).date().isoformat()
    assert do(client, case, "tauko", syy="hospital", asti=until, kerran="a").status_code == 302
    assert do(client, case, "jatka", kerran="b").status_code == 302
    assert do(client, case, "suunnitelma", polku="Kävelee naapurin kanssa", kerran="c").status_code == 302
    assert do(client, case, "seuranta", kerran="d").status_code == 302
    for _number in range(2):  # a double click is one call
        do(client, case, "seurattu", kanava="phone", kerran="e")
    case.refresh_from_db()
    assert case.follow_ups_done == 1
    assert do(client, case, "paata", tulos="own_path_found", kerran="f").status_code == 422
    for number in range(2):
        do(client, case, "seurattu", kanava="phone", kerran=f"g{number}")
    assert do(client, case, "paata", tulos="own_path_found", kerran="h").status_code == 302
    assert "Löysi oman tapansa" in page(client, "referral_case", case.pk).replace("löysi", "Löysi")
    assert do(client, case, "avaa", kanava="phone", kerran="i").status_code == 302
    case.refresh_from_db()
    assert case.state == "in_dialogue"


def test_permissions_are_written_down_once_and_taken_back(time: Time) -> None:
    case, client = make.talking(), seen_by(make.mari())
    assert do(client, case, "lupa", lupa="companion", tapa="oral", kerran="a").status_code == 302
    assert do(client, case, "lupa", lupa="companion", tapa="oral", kerran="a").status_code == 422  # it stands already
    row = case.permissions.get(kind="companion")
    assert client.post(reverse("referral_unpermit", args=[case.pk, row.pk])).status_code == 302
    row.refresh_from_db()
    assert row.withdrawn_at == now()
    assert "Asukas peruu luvan" in page(client, "referral_case", case.pk)


def test_the_coordinator_gives_a_case_to_another_worker_who_finds_it_in_the_day(time: Time) -> None:
    case = make.acknowledged(AINO)
    other = make.person("link_worker", "Liisa Toinen")
    assert do(seen_by(make.mari()), case, "vaihda", tekija=str(other.pk)).status_code == 404
    assert do(seen_by(make.area().coordinator), case, "vaihda", tekija=str(other.pk), kerran="a").status_code == 302
    assert "Aino V." in page(seen_by(other), "referrals_day")


def test_a_story_tells_who_did_what_by_which_channel(time: Time) -> None:
    case = make.acknowledged(AINO)
    contacting.attempt(case, "reached", deed(channel="phone", by=str(make.mari().pk)))
    text = page(seen_by(make.mari()), "referral_case", case.pk)
    assert "Keskustellaan" in text
    assert "Mari Linkki, puhelimessa" in text
