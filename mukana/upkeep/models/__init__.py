"""The tables of keeping entries true."""

from __future__ import annotations

from mukana.upkeep.models.call import Call
from mukana.upkeep.models.doubt import Doubt
from mukana.upkeep.models.edit import Edit
from mukana.upkeep.models.link import Link
from mukana.upkeep.models.proposal import Proposal, ProposedFact

__all__ = ["Call", "Doubt", "Edit", "Link", "Proposal", "ProposedFact"]
