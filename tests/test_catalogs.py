"""The Swedish and English catalogs hold every word of the pages; read without gettext's tools, which few machines have."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "mukana"
LANGUAGES = ("sv", "en")
Words = tuple[str, str, str]  # context, singular, plural ("" where there is none)
Catalog = dict[Words, list[str]]

# The functions that makemessages follows → which arguments hold the context, the singular and the plural.
FUNCTIONS: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\b(_|{'|'.join(FUNCTIONS)})\(\s*({STRING}(?:\s*,\s*{STRING})*)")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}|</?\w+>")


@cache
def used() -> set[Words]:
    """Everything that pages and code ask to be translated."""
    python = (found for path in files("py") for found in of_python(path.read_text(encoding="utf-8")))
    pages = (found for ending in ("html", "txt") for path in files(ending) for found in of_template(path.read_text(encoding="utf-8")))
    return {*python, *pages}


def files(ending: str) -> list[Path]:
    return [path for path in PACKAGE.rglob(f"*.{ending}") if "tests" not in path.parts]


def of_template(text: str) -> Iterator[Words]:
    for name, arguments in CALL.findall(templatize(text)):
        yield words(name, [ast.literal_eval(part) for part in re.findall(STRING, arguments)])


def of_python(text: str) -> Iterator[Words]:
    tree = ast.parse(text)
    local = names(tree)
    for function, node in calls(tree, local):
        arguments = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if arguments:
            yield words(function, arguments)


def calls(tree: ast.AST, local: dict[str, str]) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in local:
            yield local[node.func.id], node


def names(tree: ast.Module) -> dict[str, str]:
    """What the file calls each function: {"_": "gettext_lazy"}."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"]
    return {name.asname or name.name: name.name for node in imports for name in node.names if name.name in FUNCTIONS}


def words(function: str, arguments: list[str]) -> Words:
    context, singular, plural = FUNCTIONS["gettext" if function == "_" else function]
    return (
        "" if context is None else arguments[context],
        arguments[singular],
        "" if plural is None else arguments[plural],
    )


def po(language: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


@cache
def translated(language: str) -> Catalog:
    return catalog(po(language).read_text(encoding="utf-8"))


def catalog(text: str) -> Catalog:
    """A .po file's entries without its header."""
    entries = [fields(block) for block in text.strip().split("\n\n")]
    return {
        (entry.get("msgctxt", ""), entry["msgid"], entry.get("msgid_plural", "")): [
            entry[key] for key in sorted(entry) if key.startswith("msgstr")
        ]
        for entry in entries
        if entry.get("msgid")
    }


def fields(block: str) -> dict[str, str]:
    """{"msgid": …, "msgstr": …} of one entry; a string may go on for many lines."""
    found: dict[str, str] = {}
    key = ""
    for line in block.splitlines():
        if line.startswith("#"):
            continue
        head, quote, rest = line.partition('"')
        key = head.strip() or key
        found[key] = found.get(key, "") + ast.literal_eval(quote + rest)
    return found


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_pages_is_translated(language: str) -> None:
    known = translated(language)
    assert sorted(asked for asked in used() if not all(known.get(asked, [""]))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_holds_nothing_that_no_page_says(language: str) -> None:
    assert sorted(translated(language).keys() - used()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_same_placeholders_and_marks(language: str) -> None:
    wrong = []
    for (_, singular, plural), texts in translated(language).items():
        sources = [singular, plural] if plural else [singular]
        if len(texts) != len(sources) or any(placeholders(a) != placeholders(b) for a, b in zip(sources, texts, strict=True)):
            wrong.append(singular)
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fits_into_an_attribute_and_keeps_its_edges(language: str) -> None:
    pairs = [(source, text) for (_, source, _), texts in translated(language).items() for text in texts]
    free = [text for source, text in pairs if '"' not in source]  # marks with a class stand in no attribute
    assert [text for text in free if '"' in text or "'" in text] == []
    assert [text for source, text in pairs if source[-1] in ":?… " and text[-1] != source[-1]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_guess_of_the_tools_is_left(language: str) -> None:
    assert [line for line in po(language).read_text(encoding="utf-8").splitlines() if line.startswith(("#, fuzzy", "#~"))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalog_says_what_the_readable_one_says(language: str) -> None:
    with po(language).with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]  # the only way to list it whole
    expected: dict[object, str] = {}
    for (context, singular, plural), texts in translated(language).items():
        key = f"{context}\x04{singular}" if context else singular
        expected |= {(key, number): text for number, text in enumerate(texts)} if plural else {key: texts[0]}
    assert {key: text for key, text in compiled.items() if key != ""} == expected


def test_code_asks_for_words_in_ways_that_the_tools_follow() -> None:
    """Other names than gettext's own, and words asked inside an f-string, would never reach the catalogs."""
    wrong = []
    for path in files("py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        local = names(tree)
        renamed = [name for name, function in local.items() if name not in ("_", function)]
        hidden = [part for text in ast.walk(tree) if isinstance(text, ast.JoinedStr) for part in calls(text, local)]
        if renamed or hidden:
            wrong.append(str(path.relative_to(PACKAGE)))
    assert wrong == []


def test_the_reader_sees_every_way_of_asking() -> None:
    page = """{% translate "Etsi" %}{% translate 'Hae' context "verbi" %}{{ x|default:_("Tyhjä") }}{# {% translate "Ei" %} #}
    {% blocktranslate count n=n %}Yksi {{ a }}{% plural %}{{ n }} kpl{% endblocktranslate %}"""
    assert set(of_template(page)) == {("", "Etsi", ""), ("verbi", "Hae", ""), ("", "Tyhjä", ""), ("", "Yksi %(a)s", "%(n)s kpl")}
    code = 'from django.utils.translation import gettext_lazy as _, npgettext\n_("a" "b")\nnpgettext("c", "yksi", "monta", 2)\n_(x)'
    assert set(of_python(code)) == {("", "ab", ""), ("c", "yksi", "monta")}
    text = 'msgctxt "c"\nmsgid "yksi"\nmsgid_plural "monta"\nmsgstr[0] "en"\nmsgstr[1] ""\n"mån"\n"ga"'
    assert catalog(text) == {("c", "yksi", "monta"): ["en", "många"]}
