"""Writing what keeps entries true."""

from __future__ import annotations

from mukana.upkeep.actions.confirming import confirm
from mukana.upkeep.actions.doubting import doubt

__all__ = ["confirm", "doubt"]
