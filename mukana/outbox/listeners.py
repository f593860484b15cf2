"""Who wants to hear of messages: `bounced.listen(function)` in an upper app's AppConfig."""

from __future__ import annotations

from mukana.lib.listeners import Listeners
from mukana.outbox.rules import Bounce

bounced: Listeners[Bounce] = Listeners()
