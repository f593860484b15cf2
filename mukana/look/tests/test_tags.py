"""What the tags write into a page."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from mukana.lib.moments import ZONE
from mukana.look.drawings import icons

ENTRY = SimpleNamespace(
    texts={
        "fi": {"name": "Tuolijumppa", "description": "Ensin <b>.\n\nSitten\nlisää.", "steps": [{"title": "Tule ovelle"}]},
        "sv": {"name": "Stolsgymnastik"},
    }
)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUKANA_NOW", "2026-11-22T10:00")


def rendered(source: str, languages: tuple[str, ...] = ("fi",), **values: object) -> str:
    request = SimpleNamespace(text_languages=languages)
    with translation.override("fi"):
        return Template(source).render(Context({"request": request, "entry": ENTRY, **values}))


def test_an_icon_is_inline_and_hidden_from_screen_readers() -> None:
    html = rendered('{% icon "clock" %}')
    assert html.startswith('<svg class="i" viewBox="0 0 256 256" aria-hidden="true"><path')


@pytest.mark.parametrize("name", ["no-such-icon", "../base", ""])
def test_an_unknown_icon_is_an_error_and_not_a_gap(name: str) -> None:
    with pytest.raises((icons.UnknownIcon, TemplateSyntaxError)):
        rendered("{% icon name %}", name=name)


def test_words_in_another_language_are_marked() -> None:
    assert rendered('{% text entry "name" %}', ("sv", "fi")) == '<span lang="sv">Stolsgymnastik</span>'
    assert rendered('{% text entry "name" %}') == "Tuolijumppa"


def test_plain_words_fit_in_an_attribute() -> None:
    assert rendered('{% text_plain entry "name" as name %}<i title="{{ name }}">', ("sv",)) == '<i title="Stolsgymnastik">'


def test_paragraphs_are_escaped_and_keep_line_breaks() -> None:
    assert rendered('{% text_block entry "description" %}') == "<p>Ensin &lt;b&gt;.</p>\n<p>Sitten<br>lisää.</p>"


def test_a_missing_text_is_nothing() -> None:
    assert rendered('{% text entry "getting_there" %}{% text_block entry "x" %}') == ""


def test_steps_come_as_a_list_with_their_language() -> None:
    source = '{% text_of entry "steps" as steps %}{{ steps.foreign }}{% for step in steps.value %}{{ step.title }}{% endfor %}'
    assert rendered(source, ("sv", "fi")) == "Tule ovelle"


def test_times_are_written_as_in_finland() -> None:
    start, end = datetime(2026, 11, 24, 10, 0, tzinfo=ZONE), datetime(2026, 11, 24, 10, 45, tzinfo=ZONE)
    html = rendered("{% fi_when start end %}", start=start, end=end)
    assert html.replace("\xa0", " ") == '<time datetime="2026-11-24T10:00+02:00">ti 24.11. klo 10.00–10.45</time>'
    assert "Tänään" in rendered("{% fi_when start %}", start=datetime(2026, 11, 22, 18, tzinfo=ZONE))
    assert "Huomenna" in rendered("{% fi_when start %}", start=datetime(2026, 11, 23, 18, tzinfo=ZONE))
    assert rendered("{{ day|fi_date }}", day=date(2027, 1, 5)).replace("\xa0", " ") == "ti 5.1.2027"
    assert rendered("{{ start|fi_time }}", start=start) == "10.00"


def test_amounts_are_written_as_in_finland() -> None:
    assert rendered("{{ 0|fi_money }} {{ 250|fi_money }} {{ 1.24|fi_distance }}").replace("\xa0", " ") == "Maksuton 2,50 € 1,2 km"
    assert rendered("{{ none|fi_money }}{{ none|fi_distance }}{{ none|fi_date }}{{ none|fi_phone }}", none=None) == ""


def test_a_phone_number_is_grouped_to_read_and_bare_to_call() -> None:
    assert rendered("{{ n|fi_phone }}", n="+358417308168").replace("\xa0", " ") == "041 730 8168"
    assert rendered("{{ n|fi_tel }}", n="05 000 1200") == "050001200"
    assert rendered("{{ n|fi_tel }}", n="+358 41 730") == "+35841730"


def test_every_icon_of_the_folder_is_a_drawing() -> None:
    assert all(icons.drawing(name).startswith("<svg") for name in icons.names())
    assert (icons.FOLDER / "phosphor-MIT.txt").is_file()
