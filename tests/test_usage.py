"""Whoever types a command wrong reads in Finnish what to type instead."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from django.test import Client

from mukana.config import cli
from mukana.config.logs import PlainRefusals
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


def test_an_import_that_cannot_begin_says_why_once(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["import", "table", "ftp://example.fi/x.csv"])
    out, said = capsys.readouterr()
    assert (out + said).count("Vain http- ja https-osoitteet käyvät: ftp://example.fi/x.csv") == 1


def test_help_names_the_command_as_it_is_typed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["import", "--help"])
    assert "import_source" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("file", "words", "told"),
    [
        (None, ["--queries", "{file}", "--run", "{run}"], "Kysymystiedostoa ei voi lukea"),
        ("qid\ttext\nq1\tuinti\nyksin\n", ["--queries", "{file}", "--run", "{run}"], "Rivillä 3 pitää olla tunnus ja teksti"),
        (None, ["uinti", "--limit", "0"], "pitää olla vähintään 1"),
    ],
)
def test_a_file_of_questions_that_cannot_be_read_is_told(
    file: str | None, words: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("mukana.search.management.commands.search.position", lambda: 1)
    questions = tmp_path / "q.tsv"
    if file is not None:
        questions.write_text(file, encoding="utf-8")
    with pytest.raises(SystemExit):
        cli.main(["search", *(word.format(file=questions, run=tmp_path / "run.txt") for word in words)])
    assert told in capsys.readouterr().err


def test_search_engines_are_told_what_to_leave_and_the_mark_has_its_old_name(client: Client) -> None:
    assert "Disallow: /tyopoyta/" in client.get("/robots.txt").content.decode()
    assert "favicon" in client.get("/favicon.ico").headers["Location"]


def test_a_refusal_is_one_line_in_the_log() -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, "Forbidden", (), (ValueError, ValueError(), None))
    record.status_code = 403
    assert PlainRefusals().filter(record)
    assert record.exc_info is None
