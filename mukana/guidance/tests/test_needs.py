"""Needs are understood from sentences: spoken Finnish, dialects, Swedish, English; what is denied or turned down is none."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.guidance.rules.listening import listen
from mukana.guidance.rules.needs import LEAST_SHARE, MOST, concepts, expression, manners, needs_of
from mukana.guidance.rules.wish import Wish
from mukana.search.lexicon import load

HEARD = [
    ("Perintätoimistosta tulee kirjeitä, joita en uskalla avata", "money_need"),
    ("Vippejä on joka firmasta", "money_need"),
    ("Jag får inte betalt mina räkningar, inkasso skickar brev", "money_need"),
    ("Mieheni juo joka viikonloppu", "substance_relative"),
    ("My husband drinks every night", "substance_relative"),
    ("Join taas koko viikon, kalja maistuu liikaa", "alcohol"),
    ("Pelasin nettikasinolla koko tilin", "gambling_need"),
    ("Sain potkut ja nyt töitä ei löydy", "unemployment"),
    ("I was laid off in May", "unemployment"),
    ("Kaaduin taas pihalla ja pelkään liukasta", "falls"),
    ("Haava jalassa ei parane ja varpaat puutuvat", "foot_care"),
    ("Makaan päivät verhot kiinni", "low_mood"),
    ("En saa öisin nukuttua", "sleep_problem"),
    ("Jag ligger vaken varje natt", "sleep_problem"),
    ("Tavaraa on lattiasta kattoon, enkä saa heitettyä mitään pois", "hoarding"),
    ("Tytär lopetti: hän jätti koulun kesken", "school_dropout"),
    ("Hoidan miestäni kotona yötä päivää", "caregiving"),
    ("Kuka katsoo äitiä sillä aikaa, kun käyn hammaslääkärissä", "respite_care"),
    ("Muutin tänne elokuussa enkä tunne naapureita", "new_in_town"),
    ("We just moved here and know nobody", "new_in_town"),
    ("Syön yksin saman keiton neljä päivää", "eat_together"),
    ("Pankki sulki konttorin, enkä osaa nettipankkia", "digital_need"),
    ("Menetimme vauvan viikolla 20", "child_loss_need"),
    ("Vaimoni kuoli syksyllä", "grief_need"),
    ("Mies löi minua eilen", "violence_need"),
    ("Jag är rädd för min man", "violence_need"),
    ("Menetän malttini ja huudan lapsille", "violence_doer_help"),
    ("Haluaisin auttaa vanhuksia", "help_others"),
    ("I would like to volunteer", "help_others"),
    ("Alzheimer todettiin keväällä", "memory_diagnosis"),
    ("Läksyt unohtuvat, hän on levoton ja adhd tutkitaan", "neurodiversity_need"),
]


@pytest.mark.parametrize(("text", "code"), HEARD)
def test_a_need_is_heard_in_the_words_people_use(text: str, code: str) -> None:
    assert code in {need.code for need in needs_of(text)}


NOT_HEARD = [
    ("Velkaa ei ole, mutta kaipaan seuraa", "gambling_need"),
    ("En juo alkoholia, kaipaan seuraa", "alcohol"),
    ("Minulla ei ole velkoja", "money_need"),
    ("Tanssi ei kiinnosta", "dance_need"),
    ("Jag är glad och känner många", "alcohol"),
    ("Raittiiseen ilmaan haluaisin", "alcohol"),
    ("Mies kulkee kuorossa", "violence_need"),
]


@pytest.mark.parametrize(("text", "code"), NOT_HEARD)
def test_what_is_denied_or_only_sounds_alike_is_no_need(text: str, code: str) -> None:
    assert code not in {need.code for need in needs_of(text)}


def test_violence_and_danger_come_before_everything_else() -> None:
    heard = listen(Wish("Mies löi taas, rahaa ei ole ja nukun huonosti"))
    assert heard.needs[0].code == "violence_need"
    assert heard.needs[0].urgent
    assert heard.wish.urgent
    assert heard.search == ""  # no other word counts then


def test_a_wish_to_help_is_urgent_to_nobody() -> None:
    wish = listen(Wish("Haluaisin auttaa vanhuksia")).wish
    assert wish.gives
    assert not wish.urgent


def test_company_is_a_manner_beside_what_has_a_subject() -> None:
    found = {need.code: need.strength for need in needs_of("Rintasyöpä todettiin, ja kaipaan seuraa")}
    assert found["cancer_need"] > found.get("loneliness", 0.0)
    assert needs_of("Kaipaan seuraa")[0].code == "loneliness"


def test_long_ago_counts_less_than_now() -> None:
    then, now = needs_of("Nuorena lauloin kuorossa")[0], needs_of("Haluaisin laulaa kuorossa")[0]
    assert then.code == now.code == "singing"
    assert then.strength < now.strength


def test_what_is_lost_is_known_and_the_one_who_speaks_is_known() -> None:
    assert listen(Wish("Saimme keskenmenon keväällä")).wish.bereaved
    assert listen(Wish("Mies löi eilen", age=33)).wish.gender == "woman"
    assert listen(Wish("Poika käyttää huumeita", age=61)).wish.gender == ""
    assert listen(Wish("Poika ei saa kavereita", age=14)).wish.gender == "man"
    assert listen(Wish("Kaksoset valvottavat")).wish.children


def test_every_need_stands_for_concepts_of_the_lexicon() -> None:
    known = set(load().by_id)
    assert {concept for held in concepts().values() for concept, _ in held} <= known
    assert manners() <= set(concepts())


def test_an_expression_begins_where_a_word_begins() -> None:
    assert re.search(expression("velka"), "mulla velkaa")
    assert not re.search(expression("laina"), "Ukrainalainen kulainas")
    assert re.search(expression("en nuku"), "en, nuku enää")


@given(st.text(max_size=400))
def test_any_text_gives_few_needs_in_order(text: str) -> None:
    found = needs_of(text)
    strengths = [need.strength for need in found]
    assert len(found) <= MOST
    assert strengths == sorted(strengths, reverse=True)
    assert all(0 < strength <= 1 for strength in strengths)
    assert all(strength >= LEAST_SHARE * strengths[0] - 1e-3 for strength in strengths)


@given(st.sampled_from([text for text, _ in HEARD]), st.sampled_from(["", "Hei. ", "Terveisin mummo. "]))
def test_what_is_heard_does_not_depend_on_capitals_or_greetings(text: str, before: str) -> None:
    assert {need.code for need in needs_of(text)} <= {need.code for need in needs_of(before + text.upper())} | {
        need.code for need in needs_of(before + text)
    }
