"""Who wants to hear of messages: `bounced.listen(function)` in an upper app's AppConfig.

`bounced` tells of addresses that are no good; `lost` of every message that did not arrive or may not have, whatever the cause.
"""

from __future__ import annotations

from mukana.lib.listeners import Listeners
from mukana.outbox.rules import Bounce, Lost

bounced: Listeners[Bounce] = Listeners()
lost: Listeners[Lost] = Listeners()
