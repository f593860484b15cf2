"""What the log tells: of a refusal one line, of a secret link never the secret."""

from __future__ import annotations

import logging
import re

# The part of an address that opens a page by itself.  Every address with a token begins so (a test walks them all).
_SECRET = re.compile(
    r"(/(?:oma|vastaa|tarjous|tulija|saattaja|vahvista|muokkaa|uusi-linkki/[^/\s]+|ehdotus|kirjaudu|pyynto|yp|p|v"
    r"|opasta|viestit/(?:kuittaus|saapuva))/)[^/\s?#'\"<>]+"
)


def without_secrets(text: str) -> str:
    """The text with the secret part of every address of a link cut out."""
    return _SECRET.sub(r"\1…", text)


class Line(logging.Formatter):
    """A line of the log, its traceback too: whoever reads logs opens nobody's page by them."""

    def format(self, record: logging.LogRecord) -> str:
        """As it is written."""
        return without_secrets(super().format(record))


class PlainRefusals(logging.Filter):
    """A refused page (403) is one line: where it was refused in our code helps nobody."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let everything through; of a refusal, not its traceback."""
        if getattr(record, "status_code", 0) == 403:
            record.exc_info = record.exc_text = None
        return True
