"""The strengths of guidance that are counted here, and the channels of each.  The third, the referral, counts itself."""

from __future__ import annotations

GUIDED, GIVEN = "guided", "given"
STRENGTHS = (GUIDED, GIVEN)
CHANNELS = ("resident", "unit", "print", "sms", "email", "qr", "contact")
