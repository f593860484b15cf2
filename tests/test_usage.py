"""Whoever types a command wrong reads in Finnish what to type instead."""

from __future__ import annotations

import pytest

from mukana.config import cli
from mukana.config.usage import sentence


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["serve", "--port", "kahdeksan"], "Anna kohtaan --port kokonaisluku. ”kahdeksan” ei ole luku."),
        (["serve", "--porti=8"], "Tuntematon lisäsana: --porti=8."),
        (["serve", "--port"], "Kohdasta --port puuttuu arvo."),
        (["import"], "Puuttuu: LÄHDE, TIEDOSTO_TAI_OSOITE."),
        (["import", "lipsa", "x.json"], "Kohtaan LÄHDE ei käy ”lipsa”. Valitse näistä: "),
    ],
)
def test_a_mistake_in_a_command_is_told_in_finnish_with_its_right_form(
    typed: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(typed)
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert told in said
    assert f"mukana {typed[0]}" in said
    assert "usage" not in said
    assert "error" not in said


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("argument --ids: invalid choice: 'x' (choose from row, entry)", "Kohtaan --ids ei käy ”x”. Valitse näistä: row, entry."),
        (
            "ambiguous option: --re could match --report, --rest",
            "Lisäsana --re voi tarkoittaa näitä: --report, --rest. Kirjoita se kokonaan.",
        ),
        ("argument --json: ignored explicit argument 'x'", "Kohta --json ei ota arvoa ”x”."),
        ("argument --a: not allowed with argument --b", "Kohdat --a ja --b eivät käy yhdessä."),
        ("argument --queries: invalid Path value: ''", "Kohtaan --queries ei käy ””."),
        ("something new", "Komentoa ei voitu lukea: something new"),
    ],
)
def test_every_message_has_its_sentence(message: str, told: str) -> None:
    assert sentence(message) == told


def test_an_error_of_a_command_is_a_bare_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["serve", "--port", "99999"])
    said = capsys.readouterr().err
    assert ended.value.code == 1
    assert said.startswith("Porttia 99999 ei saatu")
