"""A progress line for terminals: words and real numbers, nothing where nobody watches."""

from __future__ import annotations

import time
from typing import TextIO

from mukana.importers.report import Report


class Bar:
    """Rewrites one line at most five times a second."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.watched = stream.isatty()
        self._started = time.monotonic()
        self._shown = 0.0

    def show(self, report: Report) -> None:
        """Tell how far the run is."""
        moment = time.monotonic()
        if not self.watched or moment - self._shown < 0.2:
            return
        self._shown = moment
        speed = report.read / max(moment - self._started, 0.001)
        self.stream.write(f"\r{report.source}: {report.read} riviä, {report.rejected_count} hylätty, {speed:.0f} riviä/s ")
        self.stream.flush()

    def end(self) -> None:
        """Leave the line."""
        if self.watched:
            self.stream.write("\n")
