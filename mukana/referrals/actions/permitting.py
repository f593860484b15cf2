"""Writing down what a resident allows, and what they take back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mukana.audit.actions import record
from mukana.lib.clock import now
from mukana.lib.deeds import whole
from mukana.lib.quickrows import insert_row
from mukana.referrals.models import Permission, Referral
from mukana.referrals.rules.cases import SHUT
from mukana.referrals.rules.codes import Deed, Refused
from mukana.referrals.rules.permitting import check_grant

TEXT_VERSION = "2026-11"


@dataclass(frozen=True, slots=True)
class Given:
    """One permission as it was given: `groups` of fields, `entry` for kind receiver, how it was said."""

    kind: str
    groups: tuple[str, ...] = ()
    entry: UUID | None = None
    method: str = "oral"
    text_version: str = TEXT_VERSION
    language: str = "fi"
    given_at: datetime | None = None  # when a paper was signed; else now


@whole
def permit(case: Referral, given: Iterable[Given], deed: Deed) -> list[Permission]:
    """Write down permissions; one that tells what may be told replaces the former to the same receiver.  Raises Refused."""
    rows, moment = [], now()
    for one in given:
        check_grant(one.kind, one.groups, one.method, str(one.entry or ""))
        if one.groups:
            former = Permission.objects.filter(referral=case, kind=one.kind, withdrawn_at=None)
            (former.filter(entry=one.entry) if one.entry else former).update(withdrawn_at=moment)
        row = Permission(
            referral=case, kind=one.kind, entry_id=one.entry, groups=sorted(one.groups), text_version=one.text_version,
            language=one.language, method=one.method, recorded_by=deed.by, given_at=one.given_at or moment,
        )  # fmt: skip
        insert_row(row)
        record("referral.permitted", f"referrals.Referral:{case.pk}", by=deed.by, kind=one.kind, groups=sorted(one.groups))
        rows.append(row)
    return rows


@whole
def unpermit(permission: Permission, deed: Deed) -> Permission:
    """The resident takes one permission back: from now on it lets nothing out.  Raises Refused.

    Without the first one there is no referral: that is taken back as a whole, by withdrawing.
    """
    if permission.kind == "referral" and permission.referral.state not in SHUT:
        raise Refused("withdraw_whole")
    if permission.withdrawn_at is None:
        permission.withdrawn_at = now()
        permission.save(update_fields=["withdrawn_at"])
        record("referral.unpermitted", f"referrals.Referral:{permission.referral_id}", by=deed.by, kind=permission.kind)
    return permission
