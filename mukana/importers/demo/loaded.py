"""Who wants to add to the demo when it has been loaded: `loaded.listen(function)` in an upper app's start-up."""

from __future__ import annotations

from dataclasses import dataclass, field

from mukana.lib.listeners import Listeners


@dataclass(slots=True)
class DemoLoaded:
    """The demo stands; each listener tells in a sentence what it added."""

    told: list[str] = field(default_factory=list)


loaded: Listeners[DemoLoaded] = Listeners()
