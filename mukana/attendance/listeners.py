"""Who wants to hear of marks: `marked.listen(function)` in an upper app's AppConfig."""

from __future__ import annotations

from mukana.attendance.rules import Marked
from mukana.lib.listeners import Listeners

marked: Listeners[Marked] = Listeners()
