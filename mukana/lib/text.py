"""Plain text out of what sources send: HTML, entities, Draft.js, stray characters.

Everything people see is plain text with paragraphs parted by an empty line.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping

DEFAULT_LIMIT = 20_000
ELLIPSIS = "…"
_DROPPED = frozenset({"script", "style", "title", "template", "iframe", "noscript", "svg"})
_PARAGRAPH = frozenset((
    "p", "div", "ul", "ol", "table", "section", "article", "header", "footer", "blockquote",
    "h1", "h2", "h3", "h4", "h5", "h6", "pre",
))  # fmt: skip
_LINE = frozenset({"br", "tr", "dt", "dd", "hr"})
# A tag never reaches over another "<", and the groups give nothing back once taken: however
# broken the markup is, time grows with its length only.  (The standard library's parser took
# two minutes for 160 kB of unclosed tags.)
_TAG = re.compile(
    r"""<(?P<end>/?)(?P<name>[a-z][a-z0-9]*+)(?P<rest>(?:[\s/](?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+)?+)>|<[!?][^<>]*+>""",
    re.IGNORECASE,
)
_KNOWN_TAG = re.compile(
    r"</?(?:p|br|div|b|i|u|a|em|strong|span|ul|ol|li|h[1-6]|table|font|script|style)[\s/>]",
    re.IGNORECASE,
)
# Controls but tab and newline, zero-width marks, soft hyphen, marks that turn the direction
# of text (they can make a shown name differ from the stored one) and lone surrogates.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_NEWLINES = re.compile("\r\n?|\u2028|\u2029|\x85")
_SENTENCE_END = re.compile(r"[.!?…][\"”')\]]*\s+(?=[\"”'(\[–]?[A-ZÅÄÖ0-9])")
_ABBREVIATION = re.compile(r"(?:\b(?:esim|mm|ns|klo|n|os|puh|ts|ym|p|s|st)|\d)\.$", re.IGNORECASE)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b", re.IGNORECASE)
_PERSON = re.compile(r"(?<![\w-])(\d{2})(\d{2})\d{2}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y](?![\w-])", re.IGNORECASE)
_CHECK_MARKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
# Patterns that begin with a digit are found several times faster than the whole ones, which are then needed seldom.
_MAYBE_IBAN = re.compile(r"\d\d(?<=\b[A-Z]{2}\d\d)", re.IGNORECASE)
_MAYBE_PERSON = re.compile(r"\d{6}[-+A-FU-Y]\d{3}", re.IGNORECASE)


def clean_html(value: str | None, limit: int = DEFAULT_LIMIT) -> str:
    """Plain text of a possibly HTML text, at most `limit` characters.

    Scripts and styles go with their content, tags go and leave line breaks, entities
    become characters, harmful characters vanish.  Text that was escaped once too often
    ("&lt;p&gt;") is read twice.
    """
    if not value:
        return ""
    text = _one_newline(value[: limit * 8])  # markup costs room; nothing is endless
    if "<" in text or "&" in text:
        text = _strip_tags(text)
        if _KNOWN_TAG.search(text):
            text = _strip_tags(text)
    return shorten(_tidy(text), limit)


def squeeze(value: str | None) -> str:
    """One line: every run of white space becomes one blank, harmful characters vanish."""
    return " ".join(_harmless(value or "").split())


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words and marked with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: max(limit - 1, 0)]
    space = max(cut.rfind(" "), cut.rfind("\n"))
    if space > limit // 2:
        cut = cut[:space]
    return (cut.rstrip(" \n.,;:–-") + ELLIPSIS)[:limit]


def first_sentences(text: str, limit: int) -> str:
    """As many whole sentences from the beginning as fit in `limit` characters.

    When not even the first fits, it is cut between words.
    """
    line = squeeze(text[: limit * 4])
    if len(line) <= limit + 1 and len(text) > limit * 4:  # nearly nothing but blanks
        line = squeeze(text)
    if len(line) <= limit:
        return line
    best = 0
    for match in _SENTENCE_END.finditer(line, 0, limit + 1):
        end = len(line[: match.end()].rstrip())
        if end <= limit and not _ABBREVIATION.search(line[: match.start() + 1]):
            best = end
    return line[:best] if best else shorten(line, limit)


def title_case_place(name: str) -> str:
    """Place names written in capitals get small letters: "YLI-II" → "Yli-Ii"."""
    name = squeeze(name)
    if not name.isupper():
        return name
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)


def from_draft_js(value: str | None, limit: int = DEFAULT_LIMIT) -> str:
    """The text of a Draft.js document inside a string; other text as `clean_html` does."""
    if not value or not value.lstrip().startswith("{"):
        return clean_html(value, limit)
    try:
        blocks = json.loads(value).get("blocks")
    except (ValueError, RecursionError):
        return clean_html(value, limit)
    if not isinstance(blocks, list):
        return clean_html(value, limit)
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, dict) and isinstance(block.get("text"), str):
            item = str(block.get("type", "")).endswith("list-item")
            lines.append(f"\n– {block['text']}" if item else f"\n\n{block['text']}")
    return shorten(_tidy("".join(lines)), limit)


def strip_identifiers(text: str) -> str:
    """Bank account numbers and Finnish identity codes replaced by an ellipsis.

    Only numbers whose check digits hold are taken, so that a phone number written
    "040510-7536" stays.  Finnish account numbers are taken in any case.
    """
    if _MAYBE_IBAN.search(text):
        text = _IBAN.sub(_hide_iban, text)
    if _MAYBE_PERSON.search(text):
        text = _PERSON.sub(lambda m: ELLIPSIS if _is_identity_code(m[0]) else m[0], text)
    return text


def has_identifiers(text: str) -> bool:
    """Does the text hold a bank account number or a Finnish identity code?"""
    return strip_identifiers(text) != text


def near(pattern: re.Pattern[str], anchor: re.Pattern[str], text: str, back: int) -> Iterator[re.Match[str]]:
    """The matches of a slow pattern, each of which holds a match of the quick `anchor` at most `back` characters in."""
    at = 0
    while (hint := anchor.search(text, at)) and (found := pattern.search(text, max(at, hint.start() - back))):
        yield found
        at = max(found.end(), at + 1)


def same_text_in_all_languages(by_language: Mapping[str, str | None]) -> bool:
    """Whether two or more languages carry one and the same text: nobody translated it."""
    texts = {squeeze(text).casefold() for text in by_language.values() if squeeze(text)}
    filled = sum(1 for text in by_language.values() if squeeze(text))
    return filled > 1 and len(texts) == 1


def without_copies(by_language: Mapping[str, str | None], main: str = "fi") -> dict[str, str]:
    """Texts per language without empty ones and without copies of the main language's text."""
    texts = {language: text for language, text in by_language.items() if text and text.strip()}
    original = squeeze(texts.get(main)).casefold()
    return {language: text for language, text in texts.items() if language == main or squeeze(text).casefold() != original}


def _strip_tags(text: str) -> str:
    """The text between tags, entities as characters; what is dropped goes to its end tag."""
    if "<!" in text:
        text = _without_comments(text.replace("<![CDATA[", "").replace("]]>", ""))
    parts: list[str] = []
    dropping = ""
    last = 0
    for tag in _TAG.finditer(text):
        name = (tag["name"] or "").lower()
        if not dropping:
            parts += (html.unescape(text[last : tag.start()]), _break(name, bool(tag["end"])))
            if name in _DROPPED and not tag["end"] and not tag["rest"].endswith("/"):
                dropping = name
        elif tag["end"] and name == dropping:
            dropping = ""
        last = tag.end()
    if not dropping:
        parts.append(html.unescape(text[last:]))
    return "".join(parts)


def _break(name: str, is_end: bool) -> str:
    """The line break a tag stands for."""
    if name in _PARAGRAPH:
        return "\n\n"
    if is_end:
        return ""
    return "\n– " if name == "li" else "\n" * (name in _LINE)


def _without_comments(text: str) -> str:
    parts: list[str] = []
    while True:
        before, mark, after = text.partition("<!--")
        parts.append(before)
        if not mark:
            return "".join(parts)
        text = after.partition("-->")[2]  # an unclosed comment takes the rest


def _harmless(text: str) -> str:
    if not text.replace("\n", "").isprintable():
        text = _HARMFUL.sub("", text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _one_newline(text: str) -> str:
    strange = "\r" in text or "\x85" in text or "\u2028" in text or "\u2029" in text
    return _NEWLINES.sub("\n", text) if strange else text


def _tidy(text: str) -> str:
    text = _harmless(_one_newline(text))
    if "\n" not in text:
        return " ".join(text.split())
    text = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _hide_iban(match: re.Match[str]) -> str:
    """The pattern may have taken the next word too: try shorter ends at blanks."""
    found = match[0]
    if found[:2].upper() == "FI":
        compact = re.match(r"FI(?: ?\d){16}", found, re.IGNORECASE)
        return ELLIPSIS + found[compact.end() :] if compact else found
    pieces = found.split(" ")
    for count in range(len(pieces), 0, -1):
        if _iban_checks("".join(pieces[:count])):
            return " ".join([ELLIPSIS, *pieces[count:]])
    return found


def _iban_checks(code: str) -> bool:
    """ISO 13616: the number of the turned-round code is 1 modulo 97."""
    if len(code) < 15:
        return False
    turned = code[4:] + code[:4]
    return int("".join(str(int(character, 36)) for character in turned)) % 97 == 1


def _is_identity_code(code: str) -> bool:
    """Day and month can be, and the check mark is the number modulo 31."""
    if not (1 <= int(code[:2]) <= 31 and 1 <= int(code[2:4]) <= 12):
        return False
    return _CHECK_MARKS[int(code[:6] + code[7:10]) % 31] == code[-1].upper()
