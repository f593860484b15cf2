"""What upkeep keeps of people is removed by rules that somebody has confirmed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mukana.audit import rules
from mukana.audit.actions.retention import confirm, run
from mukana.audit.queries import rule_rows
from mukana.lib.clock import now
from mukana.upkeep.actions.calling import Said, note_call
from mukana.upkeep.actions.proposing import propose
from mukana.upkeep.models import Call, Link, Proposal
from mukana.upkeep.tests import make

pytestmark = pytest.mark.django_db


def test_links_calls_and_addresses_of_proposers_go_when_their_time_is_over() -> None:
    entry = make.owned()
    make.confirm_token(entry)
    note_call(entry, Said("no_answer"), make.person("coordinator"))
    propose(entry, {"phone": "05 000 1777"}, contact="raili@example.fi")
    long_ago = now() - timedelta(days=2000)
    Link.objects.update(made_at=long_ago)
    Call.objects.update(at=long_ago)
    Proposal.objects.update(sent_at=long_ago)
    rule_rows(now())
    for code in ("upkeep.link", "upkeep.call", "upkeep.proposal_contact"):
        rule = rules.rule(code)
        assert rule is not None
        confirm(code, rule.version, by="p1")
    assert run(now()) == {"upkeep.call": 1, "upkeep.link": 1, "upkeep.proposal_contact": 1}
    assert Proposal.objects.get().contact == ""
