"""Letters: printed large with name, number and reference, posted once, never to whom they are forbidden."""

from __future__ import annotations

import io

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from mukana.accounts.models import Person
from mukana.audit.models import Trace
from mukana.referrals.actions import ending, referring
from mukana.referrals.actions.errands import finish
from mukana.referrals.actions.permitting import Given
from mukana.referrals.actions.posting import post
from mukana.referrals.actions.protecting import protect
from mukana.referrals.models import Errand, Letter
from mukana.referrals.rules.codes import PROXY, RESIDENT, Refused
from mukana.referrals.tests import make
from mukana.referrals.tests.make import AINO, Time, deed

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def mari(client: Client, time: Time) -> Person:
    person = make.mari()
    client.force_login(person, backend=BACKEND)
    return person


def pages(content: bytes) -> list[str]:
    """The text of each page, its blanks plain."""
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def printed(client: Client, query: str = "") -> list[str]:
    answer = client.get(reverse("letters_pdf") + query)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert "no-store" in answer["Cache-Control"]
    return pages(answer.content)


def test_3_aino_gets_three_letters_each_with_name_number_reference_and_what_comes_next(client: Client, mari: Person) -> None:
    case, _, _ = make.scheduled(make.talking(AINO))
    found = printed(client)
    assert len(found) == 3
    reference = f"{case.reference[:5]}-{case.reference[5:]}"
    for page in found:
        assert "Hei Aino Virtanen" in page
        assert "Mari Linkki, linkkihenkilö" in page
        assert "017 555 0100" in page
        assert reference in page
        assert "Laiturikatu 1 70100 KUOPIO" in page
    assert ["Mitä seuraavaksi" in page for page in found] == [True, True, False]  # the third is what comes next
    assert "Ensimmäinen kertasi on ma 30.11. klo 9.00–10.00" in found[2]
    assert "Kuka on vastassa Anneli Rautio" in found[2]
    assert "Mitä mukaan uikkarit" in found[2]
    assert "kieli (ma 23.11.); nimi, yhteystieto" in found[2]


def test_one_letter_can_be_printed_alone_and_every_print_is_a_look(client: Client, mari: Person) -> None:
    make.talking(AINO)
    letter = Letter.objects.get()
    assert len(printed(client, f"?kirje={letter.pk}")) == 1
    look = Trace.objects.get(thing=f"referrals.Resident:{letter.referral.resident_id}", detail__fields=["name", "address", "letter"])
    assert (look.actor, look.detail["purpose"]) == (str(mari.pk), "letter")


def test_a_letter_is_posted_once_and_only_its_own_errand_is_done(client: Client, mari: Person) -> None:
    make.scheduled(make.talking(AINO))
    first, second, third = Letter.objects.all()
    answer = client.post(reverse("letters_posted"), {"kirje": [str(first.pk)]})
    assert answer["Location"] == f"{reverse('letters')}?postitettu=1"
    assert "1 kirje merkitty postitetuksi." in client.get(answer["Location"]).content.decode()
    first.refresh_from_db()
    assert first.posted_at is not None
    assert Errand.objects.get(kind="post_letter", done_at__isnull=False).words == first.text
    again = client.post(reverse("letters_posted"), {"kirje": [str(first.pk)]})
    assert again.status_code == 409
    assert "Tämä on jo tehty." in again.content.decode()
    client.post(reverse("letters_posted"), {"kirje": [str(second.pk), str(third.pk)]})
    assert not Errand.objects.filter(kind="post_letter", done_at=None).exists()
    assert "Kaikki kirjeet on postitettu" in client.get(reverse("letters")).content.decode()


def test_two_who_post_the_same_letter_do_it_once(mari: Person) -> None:
    make.talking(AINO)
    letter = Letter.objects.get()
    post(letter, deed())
    with pytest.raises(Refused, match="done_already"):
        post(letter, deed())


def test_the_second_letter_can_go_first_and_one_without_an_errand_too(mari: Person) -> None:
    make.planned(make.talking(AINO))
    first, second = Letter.objects.all()
    post(second, deed())
    assert [errand.words for errand in Errand.objects.filter(kind="post_letter", done_at=None)] == [first.text]
    Errand.objects.filter(kind="post_letter").delete()
    assert post(first, deed()).posted_at is not None


def test_an_errand_done_elsewhere_posts_its_own_letter_only(mari: Person) -> None:
    make.planned(make.talking(AINO))
    first, second = Letter.objects.all()
    errand = next(one for one in Errand.objects.filter(kind="post_letter") if one.words == first.text)
    finish(errand, "posted", deed())
    assert [Letter.objects.get(pk=one.pk).posted_at is None for one in (first, second)] == [False, True]
    Letter.objects.all().delete()
    finish(Errand.objects.get(kind="post_letter", done_at=None), "posted", deed())


def test_11_no_letter_is_printed_to_a_protected_person_or_one_who_forbids_letters(client: Client, mari: Person) -> None:
    case = make.talking(make.variant(AINO, phone="040 765 4321"))
    letter = Letter.objects.get()
    protect(case.resident, deed(), protected=True)
    Letter.objects.update(text="jotakin")  # even if words had stayed
    assert client.get(reverse("letters_pdf")).status_code == 404
    page = client.get(reverse("letters")).content.decode()
    assert "Aino" not in page
    assert client.post(reverse("letters_posted"), {"kirje": [str(letter.pk)]}).status_code == 409
    letter.refresh_from_db()
    with pytest.raises(Refused, match="forbidden_channel"):
        post(letter, deed())


def test_letters_of_an_ended_case_and_of_others_are_not_mine_to_post(client: Client, mari: Person) -> None:
    case = make.talking(AINO)
    ending.withdraw(case, deed(RESIDENT, "phone"))
    assert client.get(reverse("letters_pdf")).status_code == 404
    other = make.person("link_worker", "Toinen Linkki")
    make.sent(AINO)
    client.force_login(other, backend=BACKEND)
    assert client.get(reverse("letters_pdf")).status_code == 404
    assert "Aino" not in client.get(reverse("letters")).content.decode()


def test_a_letter_to_somebody_whose_relative_wrote_has_a_code_to_answer_with(client: Client, time: Time) -> None:
    form = make.form(AINO, permissions=(Given("referral"),))
    case = referring.ask_confirmation(referring.draft(form, deed(PROXY)), deed(PROXY))
    client.force_login(make.area().coordinator, backend=BACKEND)
    (page,) = printed(client)
    assert "Läheisesi ehdottaa sinulle apua" in page
    assert "Koodisi on" in page
    assert "/oma/" not in page
    assert case.state == "awaiting_confirmation"


def test_a_letter_speaks_the_residents_language_whoever_presses_the_button(time: Time) -> None:
    make.acknowledged(make.variant(AINO, language="en"))
    assert "30 Nov" in Letter.objects.get().text.replace("\u00a0", " ")


def test_the_residents_own_page_can_be_printed_by_those_who_do_the_work(client: Client, mari: Person) -> None:
    case, _, _ = make.scheduled(make.talking(AINO))
    answer = client.get(reverse("own_print", args=[case.pk]))
    text = " ".join(pages(answer.content))
    for words in (
        "Hei Aino Virtanen",
        "Menet mukaan: Vesijumppa",
        "Mitä kerroimme ja kenelle",
        "Kuka on katsonut",
        "Luvat, jotka olet antanut",
    ):
        assert words in text
    assert "Linkkihenkilö" in text
    assert str(mari.pk) not in text
    assert Trace.objects.filter(detail__purpose="own_print", actor=str(mari.pk)).exists()
    protect(case.resident, deed(), protected=True)
    protected = " ".join(pages(client.get(reverse("own_print", args=[case.pk])).content))
    assert "Laiturikatu" not in protected.replace("Laiturikatu 12", "")  # there the group is


def named(letter: Letter, name: str) -> None:
    resident = letter.referral.resident
    resident.name = name
    resident.save()


def test_a_name_in_cyrillic_stands_in_the_letter_and_what_cannot_be_printed_is_said_before_printing(client: Client, mari: Person) -> None:
    make.talking(AINO)
    letter = Letter.objects.get()
    named(letter, "Ольга Іванівна")
    assert any("Ольга Іванівна" in page for page in printed(client))
    assert "emme osaa painaa" not in client.get(reverse("letters")).content.decode()
    named(letter, "Ольга 李علی")
    page = client.get(reverse("letters")).content.decode()
    assert "Näitä merkkejä emme osaa painaa: 李 ع ل ی" in page
    assert "latinalaisin kirjaimin" in page
