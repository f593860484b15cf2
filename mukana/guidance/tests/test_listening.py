"""Conditions are heard in people's own words, in three languages, and what is no condition is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.guidance.rules.listening import listen
from mukana.guidance.rules.refusing import refused
from mukana.guidance.rules.wish import TIMES, Wish

HEARD = [
    ("Kuljen rollaattorilla ja kaipaan seuraa", "step_free"),
    ("Rappusia en pääse, mutta tanssi kiinnostaa", "step_free"),
    ("Portaat ovat liikaa", "step_free"),
    ("Jag går med rullator", "step_free"),
    ("I use a wheelchair", "step_free"),
    ("Autoa ei ole, ja kaipaan seuraa", "near_only"),
    ("Minulla ei ole ajokorttia", "near_only"),
    ("Bussi ei enää kulje kylälle", "near_only"),
    ("Toiselle paikkakunnalle en pääse", "near_only"),
    ("Pitää olla kävelymatkan päässä", "near_only"),
    ("Naapurikuntaan asti ei jaksa lähteä", "near_only"),
    ("Jag har ingen bil", "near_only"),
    ("I have no car", "near_only"),
    ("Hän ei aja", "near_only"),
    ("En ole korttia koskaan ajanut", "near_only"),
    ("Taksin saamme vain omaan kuntaan", "near_only"),
    ("Jag kör inte bil", "near_only"),
    ("She doesn't drive", "near_only"),
    ("Ajaa kyllä itse kauemmaskin", "drives"),
    ("Ei suostu lähtemään kotoa", "remote"),
    ("Ulos en enää mene", "remote"),
    ("Netissä en osaa asioida", "no_device"),
    ("Ei ole älypuhelinta", "no_device"),
    ("Minulla on vain lankapuhelin", "no_device"),
    ("Jag har inte dator", "no_device"),
    ("I don't have a smartphone", "no_device"),
    ("Kuulolaite vinkuu isossa salissa", "hearing"),
    ("Jag har hörapparat", "hearing"),
    ("My hearing aid is old", "hearing"),
    ("Saisi olla ilmainen", "free"),
    ("Rahaa ei ole harrastuksiin", "free"),
    ("Ei ole varaa maksaa", "free"),
    ("Elän toimeentulotuella", "free"),
    ("Det får vara gratis", "free"),
    ("I cannot afford much", "free"),
    ("En uskalla mennä yksin", "companion"),
    ("Yksin en lähde mihinkään", "companion"),
    ("Kunpa joku lähtisi mukaan", "companion"),
    ("Jännittää mennä uuteen paikkaan", "companion"),
    ("Jag vågar inte gå ensam", "companion"),
    ("I am scared to go alone", "companion"),
    ("Lapset mukaan", "children"),
    ("Olen äitiyslomalla", "children"),
    ("Barnen måste få följa med", "children"),
    ("With my toddler", "children"),
    ("Väsyn nopeasti", "short"),
    ("Ei jaksa pitkään kerralla", "short"),
    ("Polvet ovat kipeät", "seated"),
    ("My knees hurt", "seated"),
    ("Kotoa en pääse lähtemään", "remote"),
    ("Paikan päälle en tule", "remote"),
    ("Osallistun vain etänä", "remote"),
    ("Jag kan inte lämna hemmet", "remote"),
    ("She cannot leave the house", "remote"),
    ("Kaipaan rauhallista tekemistä", "calm"),
]


@pytest.mark.parametrize(("text", "condition"), HEARD)
def test_a_condition_is_heard_in_the_words_people_use(text: str, condition: str) -> None:
    assert getattr(listen(Wish(text)).wish, condition)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Haluan liikkua vähän enemmän", "remote"),
        ("Asun yksin ja kaipaan juttuseuraa", "companion"),
        ("Kaipaan ystävää", "near_only"),
        ("Rahapelit ovat vieneet rahat", "step_free"),
        ("Haluan oppia käyttämään tietokonetta", "no_device"),
        ("En lähde kotoa yksin", "remote"),
        ("Ajaa kyllä itse, naapurikuntaankin", "near_only"),
    ],
)
def test_a_need_is_no_condition(text: str, condition: str) -> None:
    assert not getattr(listen(Wish(text)).wish, condition)


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Pääsen vain iltaisin", ("weekday_evening",)),
        ("Iltaisin pyörii ajatukset eikä uni tule", ()),
        ("Viikonloppuisin ehdin", ("weekend",)),
        ("Päivisin sopii parhaiten", ("weekday_morning", "weekday_afternoon")),
        ("Jag kan bara på kvällen", ("weekday_evening",)),
        ("I am free in the mornings", ("weekday_morning",)),
        ("Aamut ovat raskaita", ()),
    ],
)
def test_a_time_counts_where_somebody_tells_when_they_can_come(text: str, times: tuple[str, ...]) -> None:
    assert listen(Wish(text)).wish.times == times


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("En halua puhua ryhmässä", "talking"),
        ("Altaaseen en mene", "water"),
        ("Tanssi ei kiinnosta", "dance"),
        ("Kuntosali ei ole minun juttuni", "gym"),
        ("Seurakunnan juttuihin en lähde", "church"),
        ("Puhelimessa puhuminen ei onnistu", "phone"),
        ("Jag vill inte i vatten", "water"),
        ("Porukassa en rupea puhumaan", "talking"),
        ("I do not like online groups", "screen"),
    ],
)
def test_what_is_not_wanted_is_heard(text: str, code: str) -> None:
    assert code in refused(text)


@pytest.mark.parametrize(
    "text", ["Uimaan en ole oppinut", "En lähde uimaan yksin", "Haluan tanssimaan, en jaksa enää kotona", "Haluan puhua jollekin"]
)
def test_a_wish_is_not_taken_for_a_refusal(text: str) -> None:
    assert not refused(text) & {"water", "dance", "talking"}


def test_words_that_only_tell_of_a_hindrance_are_not_searched_with() -> None:
    heard = listen(Wish("Haluaisin päästä tupakasta eroon. Paikan päälle en lähde."))
    assert heard.search.startswith("Haluaisin päästä tupakasta eroon.")
    assert "lähde" not in heard.search
    assert listen(Wish("Autoa ei ole")).search == "Autoa ei ole"  # all there is to search with


@pytest.mark.parametrize(
    ("text", "age", "gender"),
    [
        ("82-vuotias leskirouva", 82, "woman"),
        ("Isä ja 4-vuotias poika", None, "man"),
        ("Hoidan vaimoani kotona", None, "man"),
        ("Mieheni juo", None, "woman"),
        ("Kaipaan seuraa", None, ""),
    ],
)
def test_age_and_gender_are_heard_of_the_one_who_speaks(text: str, age: int | None, gender: str) -> None:
    wish = listen(Wish(text)).wish
    assert (wish.age, wish.gender) == (age, gender)


def test_what_was_told_otherwise_stands() -> None:
    wish = listen(Wish("Pääsen vain iltaisin, olen 40-vuotias", age=30, times=("weekend",), language="fi")).wish
    assert (wish.age, wish.times, wish.language) == (30, ("weekend",), "fi")


def test_a_telephone_is_no_use_to_the_deaf() -> None:
    assert "phone" in listen(Wish("Olen kuuro ja kaipaan seuraa")).wish.refused
    assert "phone" not in listen(Wish("Kuulolaite on käytössä")).wish.refused


def test_a_language_named_must_hold() -> None:
    wish = listen(Wish("Kaipaan juttuseuraa ruotsiksi")).wish
    assert (wish.language, wish.language_must) == ("sv", True)


@given(st.text(max_size=300))
def test_any_text_can_be_listened_to(text: str) -> None:
    heard = listen(Wish(text))
    assert set(heard.wish.times) <= set(TIMES)
    assert heard.search.split() == [] or heard.search
