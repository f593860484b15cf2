"""Texts lose the sentences that name a known person, and nothing else."""

from __future__ import annotations

import pytest

from mukana.formats.nameless import role_address, texts_without_names, without_names


@pytest.mark.parametrize("form", ["Anneli Virtanen", "Annelille", "Virtasen", "anneli.virtanen@kunta.fi on osoite, ja Virtaselle"])
def test_a_sentence_that_names_somebody_goes_and_the_others_stay(form: str) -> None:
    assert without_names(f"Tule mukaan. Soita {form} ensin! Kahvit lopuksi.", ["Anneli Virtanen"]) == "Tule mukaan. Kahvit lopuksi."


def test_an_office_is_no_person() -> None:
    assert without_names("Asiakaspalvelu auttaa. Anna palautetta.", ["Asiakaspalvelu"]) == "Asiakaspalvelu auttaa. Anna palautetta."


def test_personal_addresses_go_and_those_of_offices_stay() -> None:
    assert without_names("Kysy: maija.meika@kunta.fi tai info@kunta.fi.", []) == "Kysy: … tai info@kunta.fi."
    assert (role_address("maija.meika@kunta.fi"), role_address("info@kunta.fi")) == ("", "info@kunta.fi")


def test_a_record_loses_who_meets_and_the_steps_that_name_her() -> None:
    fields = {
        "name": "Annelin jumppa",
        "whom": "Anneli Rautio",
        "steps": [{"title": "Anneli on ovella"}, {"title": "Ovi on auki", "text": "Tule."}],
    }
    told = texts_without_names({"fi": fields}, ["Anneli Rautio"])
    assert told == {"fi": {"name": "Annelin jumppa", "steps": [{"title": "Ovi on auki", "text": "Tule."}]}}
