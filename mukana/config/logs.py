"""What the log tells of an answer that refuses."""

from __future__ import annotations

import logging


class PlainRefusals(logging.Filter):
    """A refused page (403) is one line: where it was refused in our code helps nobody."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let everything through; of a refusal, not its traceback."""
        if getattr(record, "status_code", 0) == 403:
            record.exc_info = record.exc_text = None
        return True
