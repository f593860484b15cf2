"""After a withdrawal nobody is shown anything of the resident, staff neither; and the first permission is not taken back alone."""

from __future__ import annotations

import pytest
from django.urls import reverse

from mukana.accounts.models import Person
from mukana.audit.models import Trace
from mukana.lib.clock import now
from mukana.outbox.models import Message
from mukana.referrals.actions import ending, glass, offering, protecting, supporting
from mukana.referrals.actions.permitting import Given, permit, unpermit
from mukana.referrals.models import Errand, Letter, Referral
from mukana.referrals.queries.seeing import view_for, view_of
from mukana.referrals.rules.codes import COMPANIONS, RESIDENT, Refused
from mukana.referrals.tests import make
from mukana.referrals.tests.make import AINO, Time, deed
from mukana.referrals.tests.test_work_pages import at_place, do, page, said, seen_by

pytestmark = pytest.mark.django_db
KNOWN = ("Reijo", "Räsänen", "040 123", "+35840", "Kaipaan seuraa")


def withdrawn(case: Referral) -> Referral:
    ending.withdraw(case, deed(RESIDENT, "phone"))
    return Referral.objects.get(pk=case.pk)


def bare(case: Referral) -> None:
    """As a case stood whose first permission alone was marked as taken back."""
    case.permissions.filter(kind="referral").update(withdrawn_at=now())


def staff() -> list[Person]:
    return [make.mari(), make.area().coordinator]


def test_the_button_of_the_first_permission_leads_to_the_withdrawal_of_all(time: Time) -> None:
    case, client = make.talking(), seen_by(make.mari())
    first = case.permissions.get(kind="referral")
    text = page(client, "referral_case", case.pk)
    assert reverse("referral_deed", args=[case.pk, "peru"]) in text.split('id="luvat"')[1].split("</section>")[0]
    assert reverse("referral_unpermit", args=[case.pk, first.pk]) not in text
    answer = client.post(reverse("referral_unpermit", args=[case.pk, first.pk]))
    assert (answer.status_code, "peru koko lähete" in said(answer)) == (409, True)
    first.refresh_from_db()
    assert first.withdrawn_at is None
    with pytest.raises(Refused, match="withdraw_whole"):
        unpermit(first, deed(RESIDENT, "phone"))


def test_without_the_first_permission_nothing_is_proposed_asked_or_disclosed(time: Time) -> None:
    placement, _ = make.requested()
    case, other = placement.referral, make.group("Kuoro")
    thought = offering.propose(case, other, deed())
    make.allow(case, other)
    assert view_for("receiver", placement, now())["name"] == "Reijo Räsänen"
    bare(case)
    assert view_for("receiver", placement, now()) == {}
    for doing in (lambda: offering.propose(case, make.group("Jooga"), deed()), lambda: offering.request(thought, deed())):
        with pytest.raises(Refused, match="no_permission"):
            doing()


def test_of_a_withdrawn_case_staff_see_the_reference_the_state_and_what_is_to_be_deleted(time: Time) -> None:
    case, placement, _ = make.scheduled()
    withdrawn(case)
    for person in staff():
        text = page(seen_by(person), "referral_case", case.pk)
        assert not [known for known in KNOWN if known in text]
        assert "Peruttu asukkaan pyynnöstä" in text
        assert placement.entry_name in text
        assert "Järjestäjä on poistanut tiedot" in text
        trace = Trace.objects.filter(verb="read", detail__purpose="case").latest("at")
        assert trace.detail["fields"] == ["reference"]
    client = seen_by(make.mari())
    assert "Reijo" not in said(client.get(reverse("referral_place", args=[case.pk, placement.pk, "poistettu"])))
    assert at_place(client, placement, "poistettu", kanava="phone", kerran="l").status_code == 302
    assert "pyydetty" not in page(client, "referral_case", case.pk)
    assert view_of("staff", Referral.objects.get(pk=case.pk)) == {}


def test_every_stale_page_of_a_withdrawn_case_says_that_it_has_ended_and_names_nobody(time: Time) -> None:
    case, client = withdrawn(make.talking()), seen_by(make.mari())
    addresses = [reverse(name, args=[case.pk]) for name in ("own_print", "case_goals", "referral_propose", "referral_confirm")]
    for address in (*addresses, reverse("referral_deed", args=[case.pk, "yhteys"])):
        answer = client.get(address)
        assert (answer.status_code, "Lähete on päättynyt" in said(answer)) == (410, True)
        assert not [known for known in KNOWN if known in said(answer)]
    assert do(client, case, "yhteys", tapa="call", puhelin="040 765 4321").status_code == 410
    assert "765" not in Referral.objects.get(pk=case.pk).resident.phone
    with pytest.raises(Refused, match="ended"):
        offering.propose(case, make.group(), deed())


def test_the_day_and_the_letters_name_a_withdrawn_case_by_its_reference(time: Time) -> None:
    case, _, _ = make.scheduled(make.talking(AINO))
    Letter.objects.create(referral=case, kind="plan", text="", made_at=now(), posted_at=now())
    case = withdrawn(case)
    Errand.objects.filter(referral=case, done_at=None).update(owner_person=make.mari())
    client = seen_by(make.mari())
    for name in ("referrals_day", "letters"):
        text = page(client, name)
        assert "Aino" not in text
    assert Errand.objects.filter(referral=case, done_at=None).exists()


def test_breaking_the_glass_finds_nobody_whose_only_case_is_withdrawn(time: Time) -> None:
    case, petri = make.talking(), make.person("on_call", "Petri Päivystäjä")
    opened = glass.open_glass(case.resident, petri, "Vuotaa ja on yksin kotona")
    case = withdrawn(case)
    for words in (case.reference, "Reijo Räsänen", "040 123 4567"):
        with pytest.raises(Refused, match="glass_none"):
            glass.search(words, "", petri)
    with pytest.raises(Refused, match="withdrawn"):
        glass.contacts(opened, petri)
    again = make.talking()
    Referral.objects.filter(pk=again.pk).update(resident=case.resident)
    assert glass.search(again.reference, "", petri) == case.resident
    assert glass.contacts(opened, petri)["name"] == "Reijo Räsänen"


def test_the_companion_is_asked_to_delete_when_the_resident_withdraws_and_is_not_told_why(time: Time) -> None:
    _, placement, session = make.scheduled()
    case = placement.referral
    permit(case, [Given("companion", ("name", "contact"))], deed())
    token = supporting.offer(supporting.need_companion(placement, session, deed()), make.companion(), deed(COMPANIONS))
    supporting.answer(token, yes=True)
    withdrawn(Referral.objects.get(pk=case.pk))
    told = Message.objects.filter(kind="referrals.companion", state="queued")
    assert ["Poista saamasi nimi" in one.text and "Reijo" not in one.text for one in told] == [True]
    answer = seen_by(make.mari()).get(reverse("company", args=[token]))
    assert answer.status_code == 403
    assert "Lupa on peruttu" in said(answer)
    assert "omia muistiinpanoja, poista ne" in said(answer)


def test_a_companion_without_a_mobile_is_rung_and_one_who_was_only_asked_hears_only_that_nobody_is_needed(time: Time) -> None:
    _, placement, session = make.scheduled()
    case = placement.referral
    permit(case, [Given("companion", ("name", "contact"))], deed())
    asked = supporting.need_companion(placement, session, deed())
    supporting.offer(asked, make.companion(phone="017 555 111"), deed(COMPANIONS))
    withdrawn(Referral.objects.get(pk=case.pk))
    words = [one.words for one in Errand.objects.filter(kind="find_companion", done_at=None)]
    assert [("Sinua ei enää tarvita" in one, "Poista" in one) for one in words] == [(True, False)]


def test_a_companion_whose_task_is_over_is_asked_to_delete_too(time: Time) -> None:
    _, placement, session = make.scheduled()
    case = placement.referral
    permit(case, [Given("companion", ("name", "contact"))], deed())
    task = supporting.need_companion(placement, session, deed())
    supporting.answer(supporting.offer(task, make.companion(), deed(COMPANIONS)), yes=True)
    type(task).objects.filter(pk=task.pk).update(state="ended", owner="", owner_person=None, due_at=None, next_step_at=None, ended_at=now())
    withdrawn(Referral.objects.get(pk=case.pk))
    assert [one.text.startswith("Sinua ei enää") for one in Message.objects.filter(kind="referrals.companion", state="queued")][-1:] == [
        True
    ]


def test_the_last_way_of_contact_is_not_taken_away_and_a_way_that_cannot_be_used_is_not_the_wished_one(time: Time) -> None:
    case, client = make.talking(), seen_by(make.mari())
    told = {"tapa": "in_person", "puhelin": "", "posti": "", "kielletty": ["no_sms"]}
    answer = do(client, case, "yhteys", **told)
    assert (answer.status_code, "yksi tapa saada yhteys" in said(answer)) == (409, True)
    answer = do(client, case, "yhteys", **{**told, "puhelin": "040 123 4567", "tapa": "letter"})
    assert (answer.status_code, "Tätä tapaa ei voi käyttää" in said(answer)) == (409, True)
    resident = Referral.objects.get(pk=case.pk).resident
    assert (resident.phone[-7:], resident.safe) == ("1234567", [])  # both or neither
    where = {"katu": "Laiturikatu 1", "postinumero": "70100", "paikkakunta": "Kuopio"}
    assert do(client, case, "yhteys", **{**told, "tapa": "letter", **where}).status_code == 302
    resident = Referral.objects.get(pk=case.pk).resident
    assert resident.address == {"street": "Laiturikatu 1", "postal_code": "70100", "city": "Kuopio"}
    assert "Laiturikatu 1" in said(client.get(reverse("referral_deed", args=[case.pk, "yhteys"])))


def test_of_a_protected_person_no_address_is_asked_and_protection_is_never_refused_for_want_of_one(time: Time) -> None:
    case, client = make.acknowledged(make.variant(AINO, phone="")), seen_by(make.mari())
    told = {"suojattu": "on", "tapa": "in_person", "puhelin": "", "posti": "", "katu": "Laiturikatu 1"}
    assert do(client, case, "yhteys", **told).status_code == 302
    resident = Referral.objects.get(pk=case.pk).resident
    assert (resident.protected, resident.address) == (True, {})
    assert "Katuosoite" not in said(client.get(reverse("referral_deed", args=[case.pk, "yhteys"])))


def test_a_letter_that_waits_is_told_by_somebody_when_the_address_is_taken_away(time: Time) -> None:
    case = make.talking(AINO)
    Letter.objects.filter(referral=case).delete()
    Letter.objects.create(referral=case, kind="plan", text="Suunnitelma on tehty.", made_at=now())
    protecting.reach_by(case.resident, protecting.Ways(AINO.phone, "", "call", {}), deed())
    assert Letter.objects.get(referral=case).text == ""
    assert Errand.objects.filter(referral=case, kind="ring_resident", done_at=None).latest("pk").words.endswith("Suunnitelma on tehty.”")


def test_the_paper_of_a_withdrawn_referral_promises_no_call_and_does_not_tell_why(time: Time) -> None:
    noora = make.person("professional", "Noora Lähettäjä")
    case = make.sent(referrer=noora)
    client = seen_by(noora)
    assert "linkkihenkilö soittaa sinulle" in page(client, "refer_receipt", case.pk)
    withdrawn(case)
    for name in ("refer_receipt", "refer_sent"):
        text = page(client, name, case.pk)
        assert "ei enää lupaa soittoa" in text
        assert "Viimeistään" not in text
        assert "peru" not in text.split("<main")[1].split("</main")[0].lower()
