"""The tables of referrals."""

from __future__ import annotations

from mukana.referrals.models.area import Absence, Area
from mukana.referrals.models.attempt import ContactAttempt
from mukana.referrals.models.companion import Companion, CompanionSlot
from mukana.referrals.models.errand import Errand
from mukana.referrals.models.feedback import Feedback
from mukana.referrals.models.glass import BreakGlass
from mukana.referrals.models.letter import Letter
from mukana.referrals.models.measure import Answer, Goal
from mukana.referrals.models.permission import Permission
from mukana.referrals.models.placement import Placement
from mukana.referrals.models.raising import Raising
from mukana.referrals.models.referral import Referral
from mukana.referrals.models.release import NumbersRelease
from mukana.referrals.models.resident import Resident
from mukana.referrals.models.session import Session
from mukana.referrals.models.support import Support, SupportOffer
from mukana.referrals.models.transition import Transition

__all__ = [
    "Absence", "Answer", "Area", "BreakGlass", "Companion", "CompanionSlot", "ContactAttempt", "Errand", "Feedback", "Goal", "Letter",
    "NumbersRelease", "Permission", "Placement", "Raising", "Referral", "Resident", "Session", "Support", "SupportOffer", "Transition",
]  # fmt: skip
