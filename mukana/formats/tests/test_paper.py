"""Paper is PDF/UA: tagged, titled, in its language, readable aloud, and what people wrote stays text."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mukana.formats import paper
from mukana.formats.paper.press import _letters, in_our_letters

LETTER = paper.Letter(
    "fi", "Ensimmäinen kertasi on ti 1.12.", ("Hei Äinö Öhman.",), ("Äinö Öhman", "Kirkkotie 4", "70100 Kuopio"), "Kuopio",
    ("25.11.2026",), (("Mihin", "Tuolijumppa"), ("Kuka ottaa vastaan", "Anneli Rautio")), ("Saat vain katsoa.",),
    paper.Call("Jos et pääse, soita:", "017 555 0100", "arkisin klo 9–15"), (paper.Part("Mitä kerroimme", ("Ei mitään.",)),),
    ("Tunnus ABCDE-FGHJK", "Hätätilanteessa soita 112"),
)  # fmt: skip
FORM = paper.Form(
    "sv", "Remiss till välmående", ("Fylls i tillsammans.",),
    (paper.Section("Du", (paper.Question("Namn"), paper.Question("Språk", ("finska", "svenska", "engelska"), columns=2))),),
    code=paper.Code("För personalen", "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'/>", "QR-kod", ("Kod K7",)),
)  # fmt: skip


def opened(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def said(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in opened(pdf).pages)


def tags(pdf: bytes) -> list[str]:
    """The kinds of the tags in reading order."""
    found: list[str] = []

    def walk(node: Any) -> None:
        thing = node.get_object()
        for child in thing if isinstance(thing, list) else [thing]:
            one = child.get_object()
            if isinstance(one, dict) and "/S" in one:
                found.append(str(one["/S"]))
                walk(one.get("/K", pypdf.generic.ArrayObject()))

    walk(opened(pdf).trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def fonts(pdf: bytes) -> set[str]:
    pages = opened(pdf).pages
    return {str(font.get_object()["/BaseFont"]).partition("+")[2] for page in pages for font in page["/Resources"]["/Font"].values()}


@pytest.mark.parametrize(
    ("pdf", "language", "title"),
    [
        (paper.letters([LETTER], author="Mukana", title="Kirje"), "fi", "Kirje"),
        (paper.form(FORM, author="Mukana"), "sv", "Remiss till välmående"),
    ],
    ids=["letter", "form"],
)
def test_paper_says_its_language_and_title_and_is_tagged_for_those_who_listen(pdf: bytes, language: str, title: str) -> None:
    root = opened(pdf).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    told = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in told
    assert title in told
    assert tags(pdf)[0] == "/Document"
    assert "/H1" in tags(pdf)


def test_a_letter_can_be_read_aloud_in_order_with_its_letters_whole() -> None:
    text = said(paper.letters([LETTER], author="Mukana", title="Kirje"))
    order = ["Äinö Öhman", "70100 Kuopio", "Ensimmäinen kertasi", "Mihin", "Tuolijumppa", "017 555 0100", "Mitä kerroimme", "ABCDE-FGHJK"]
    assert [words for words in order if words not in text] == []
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)


def test_type_is_large_and_ours_alone() -> None:
    pdf = paper.letters([LETTER], author="Mukana", title="Kirje")
    sizes: set[float] = set()
    opened(pdf).pages[0].extract_text(
        visitor_text=lambda words, _cm, tm, _font, size: sizes.add(abs(size * tm[0])) if words.strip() else None
    )
    assert min(sizes) >= 13  # the corners below; everything else is larger
    assert {size for size in sizes if size < 16} <= {13.0, 13.6}
    assert fonts(pdf) == {"YsabeauOffice-Medium", "YsabeauOffice-Bold"}


def test_words_full_of_markup_are_only_words() -> None:
    evil = '#read("/etc/passwd") *B* $x$ [a] <b> @c \\ `d` "e" #import "@preview/x:1.0.0"'
    text = said(paper.letters([replace(LETTER, title=evil, address=(evil,), paragraphs=(evil,))], author="Mukana", title=evil))
    assert " ".join(text.split()).count('#read("/etc/passwd") *B* $x$ [a] <b> @c \\ `d` "e" #import') == 3
    assert "root:" not in text


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_no_words_break_the_press(words: str) -> None:
    assert paper.letters([replace(LETTER, title=words, facts=((words, words),))], author="Mukana", title=words)


def test_a_letter_we_cannot_draw_loses_its_marks_or_becomes_a_question_mark() -> None:
    assert in_our_letters("Nguyễn Ștefan a\u0308iti Ольга 😀 rivi\nrivi\x07") == "Nguye\u0303n Ștefan äiti Ольга ? rivi\nrivi"
    assert in_our_letters("šžđŋŧǥǧǩʒǯáč–”€") == "šžđŋŧǥǧǩʒǯáč–”€"


NAMES = ["Ольга Іванівна Ґудзь", "Ђорђе Петровић", "Αλέξανδρος Παπαδόπουλος", "Äinö Öhman"]


def test_names_in_greek_and_cyrillic_stand_in_the_letter_as_they_are_written() -> None:
    pdf = paper.letters([replace(LETTER, title=name, address=(name, "70100 Kuopio")) for name in NAMES], author="Mukana", title="Kirje")
    pages = [page.extract_text() for page in opened(pdf).pages]
    assert [name for name, page in zip(NAMES, pages, strict=True) if page.count(name) < 2] == []
    assert not any("?" in page for page in pages)
    assert {font.removesuffix("-Identity-H") for font in fonts(pdf)} == {
        "YsabeauOffice-Medium", "YsabeauOffice-Bold", "LibertinusSerif-Regular", "LibertinusSerif-Bold",
    }  # fmt: skip


def test_every_letter_that_is_said_to_be_printed_can_be() -> None:
    """PDF/UA refuses a sheet with a letter that no font shows."""
    every = "".join(sorted(_letters("others")))
    assert paper.letters([replace(LETTER, title=every, paragraphs=(" ".join(every),))], author="Mukana", title="Kirje")


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.sampled_from("жБґΩή\u0301\u0308aÄ -1"), max_size=30))
def test_alphabets_and_marks_in_any_mixture_do_not_break_the_press(words: str) -> None:
    assert paper.letters([replace(LETTER, title=words, facts=((words, words),))], author="Mukana", title=words)


def test_what_cannot_be_printed_is_told_sign_by_sign() -> None:
    assert paper.unprintable("Äinö Ольга Ștefan? Nguyễn\n") == ""
    assert paper.unprintable("李 عل 李") == "李عل"
    assert in_our_letters("О\u0301льга") == "Ольга"


def test_letters_stand_on_pages_of_their_own_with_their_own_corners() -> None:
    several = [replace(LETTER, title=f"Kirje {number}", foot=(f"Tunnus {number}", "112")) for number in range(1, 4)]
    pages = [page.extract_text() for page in opened(paper.letters(several, author="Mukana", title="Kirjeet")).pages]
    assert [(f"Kirje {number}" in page, f"Tunnus {number}" in page) for number, page in enumerate(pages, 1)] == [(True, True)] * 3


def test_a_letter_longer_than_a_page_goes_on_with_the_same_corners() -> None:
    long = replace(LETTER, paragraphs=("Pitkä asia. " * 400,))
    pages = opened(paper.letters([long], author="Mukana", title="Kirje")).pages
    assert len(pages) > 1
    assert all("ABCDE-FGHJK" in page.extract_text() for page in pages)


def test_a_form_has_a_list_of_boxes_and_a_code_that_says_what_it_is() -> None:
    pdf = paper.form(FORM, author="Mukana")
    assert {"/L", "/Lbl", "/LBody", "/Figure"} <= set(tags(pdf))
    assert "svenska" in said(pdf)


def test_nothing_to_print_is_said() -> None:
    with pytest.raises(ValueError, match="no letters"):
        paper.letters([], author="Mukana", title="Kirje")
