"""Days that forms take: a year typed wrong is said to be so before anything is counted with it."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mukana.lib.clock import today

REACH = timedelta(days=366)
OLDEST_YEAR = 1950  # of what is told of the past


def within_reach(day: date) -> None:
    """A validator of what is agreed: at most a year ahead, and not of another age."""
    if day - today() > REACH:
        raise ValidationError(_("Päivä on yli vuoden päässä. Tarkista vuosi."), code="far")
    if today() - day > REACH:
        raise ValidationError(_("Päivä on yli vuosi sitten. Tarkista vuosi."), code="old")


def of_our_time(day: date) -> None:
    """A validator of what has been."""
    if day.year < OLDEST_YEAR:
        raise ValidationError(_("Tarkista vuosi."), code="old")
