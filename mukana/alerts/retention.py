"""How long searches that nobody confirmed are kept; the app's own job erases them without waiting for anybody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from mukana.alerts.rules import UNCONFIRMED_DAYS, WAITING
from mukana.audit.rules import RetentionRule, retain


def _waiting(rows: Any) -> Any:
    return rows.filter(state=WAITING)


retain(
    RetentionRule(
        "alerts.unconfirmed",
        "Hakuvahti, jota kukaan ei ole vahvistanut, poistetaan osoitteineen kolmen päivän kuluttua. Lopetettu poistetaan heti.",
        "alerts.Alert",
        timedelta(days=UNCONFIRMED_DAYS),
        "made_at",
        "delete",
        _waiting,
    )
)
