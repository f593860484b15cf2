"""JSON-LD out of the text of a web page.  Pure.

However broken the page is, time grows with its length only.
"""

from __future__ import annotations

import codecs
import html
import json
import re
from typing import Any

MAX_BLOCKS = 500
_OPENING = re.compile(r"<script\b[^<>]{0,2000}?\btype\s*=\s*[\"']?\s*application/ld\+json\b[^<>]{0,2000}>", re.IGNORECASE)
_CLOSING = re.compile(r"</script", re.IGNORECASE)
_WRAPPINGS = ("//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */", "<![CDATA[", "<!--")
_ENDS = ("//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", "]]>", "-->", ";")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,30})", re.IGNORECASE)


def decoded(body: bytes) -> str:
    """The page as text: by its byte order mark, as UTF-8, else by the charset it tells, else as Windows-1252."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        told = _CHARSET.search(body[:4096])
        name = told[1].decode("ascii") if told else "cp1252"
    try:
        return body.decode("cp1252" if name.lower() in ("utf-8", "utf8", "iso-8859-1", "latin1") else name, "replace")
    except LookupError:
        return body.decode("cp1252", "replace")


def blocks(page: str) -> list[str]:
    """The contents of the JSON-LD scripts, those commented out left aside."""
    found: list[str] = []
    at = 0
    while len(found) < MAX_BLOCKS and (opening := _OPENING.search(page, at)):
        comment_end = page.find("-->", opening.end()) if _in_comment(page[at : opening.start()]) else -1
        if comment_end >= 0:
            at = comment_end
            continue
        closing = _CLOSING.search(page, opening.end())
        at = closing.end() if closing else len(page)
        found.append(page[opening.end() : closing.start() if closing else at])
    return [text for text in found if text.strip()]


def _in_comment(before: str) -> bool:
    """Is a comment open at the end of this text?  One inside a script ends with it."""
    begins = before.rfind("<!--")
    return begins >= 0 and begins > before.rfind("-->") and begins > before.rfind("</script")


def parse(text: str) -> Any:
    """The document; when it is no JSON, a text that says where it breaks ("rivi 5, merkki 12")."""
    bare = _bare(text)
    try:
        return _value(bare)
    except (ValueError, RecursionError):
        if "&quot;" not in bare and "&#34;" not in bare:
            return _trouble(bare)
    try:
        return _value(html.unescape(bare))
    except (ValueError, RecursionError):
        return _trouble(html.unescape(bare))


def _bare(text: str) -> str:
    """Without the marks that hid scripts from the browsers of old."""
    text = text.strip()
    for mark in _WRAPPINGS:
        text = text.removeprefix(mark).lstrip()
    for mark in _ENDS:
        text = text.removesuffix(mark).rstrip()
    return text


def _value(text: str) -> Any:
    value = json.loads(text, strict=False)  # line ends inside texts are borne
    if not isinstance(value, dict | list):
        raise ValueError("neither an object nor a list")
    return value


def _trouble(text: str) -> str:
    try:
        json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        return f"rivi {error.lineno}, merkki {error.colno}"
    except (ValueError, RecursionError):
        return "liian monta sisäkkäistä tasoa"
    return "ei oliota"
