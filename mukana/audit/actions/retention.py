"""Removing what has been kept long enough: only by rules that somebody has seen and confirmed."""

from __future__ import annotations

from datetime import datetime

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F

from mukana.audit import rules
from mukana.audit.actions.traces import record
from mukana.audit.models import LegalHold, RetentionConfirmation
from mukana.audit.queries import due_rows, rule_rows
from mukana.audit.rules import RetentionRule
from mukana.lib.clock import now

BATCH = 500


class NotHeld(Exception):
    """A hold that cannot be placed; `code` is unknown (no such record) or held (already)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class UnknownRule(Exception):
    """Nobody has declared a rule of that code, or it has changed since it was shown."""

    code = "unknown_rule"


@transaction.atomic
def confirm(code: str, version: str, *, by: str) -> RetentionConfirmation:
    """Let the nightly work remove what this version of the rule names, now that somebody has seen how much it is."""
    rule = rules.rule(code)
    if rule is None or rule.version != version:
        raise UnknownRule
    count = due_rows(rule, now()).count()
    found, made = RetentionConfirmation.objects.get_or_create(
        code=code, version=version, defaults={"by": by, "at": now(), "due_then": count}
    )
    if made:
        record("retention.confirmed", f"audit.RetentionRule:{code}", by=by, due=count)
    return found


def run(moment: datetime) -> dict[str, int]:
    """Remove or make anonymous what is due by every confirmed rule.  Gives counts by code of rules that had something."""
    rows = [row for row in rule_rows(moment) if row.confirmed and row.due]
    return {row.rule.code: _run(row.rule, moment) for row in rows}


def _run(rule: RetentionRule, moment: datetime) -> int:
    keys = list(due_rows(rule, moment).values_list("pk", flat=True))
    count = sum(_batch(rule, moment, keys[at : at + BATCH]) for at in range(0, len(keys), BATCH))
    RetentionConfirmation.objects.filter(code=rule.code, version=rule.version).update(
        ran_at=moment, removed_last=count, removed_ever=F("removed_ever") + count
    )
    record("retention.ran", f"audit.RetentionRule:{rule.code}", by="system", count=count)
    return count


@transaction.atomic
def _batch(rule: RetentionRule, moment: datetime, keys: list[object]) -> int:
    """One batch, asked anew: a hold placed a moment ago counts."""
    rows = due_rows(rule, moment).filter(pk__in=keys)
    if callable(rule.action):
        return rule.action(rows)
    count = rows.count()
    rows.delete()
    return count


@transaction.atomic
def hold(thing: str, reason: str, *, by: str) -> LegalHold:
    """Keep a record ("directory.Feedback:0192…") until it is released.  Raises NotHeld."""
    if not _exists(thing):
        raise NotHeld("unknown")
    try:
        with transaction.atomic():
            placed = LegalHold.objects.create(thing=thing, reason=reason, by=by, since=now())
    except IntegrityError as error:
        raise NotHeld("held") from error
    record("hold.placed", thing, by=by, reason=reason)
    return placed


@transaction.atomic
def release(held: LegalHold, *, by: str) -> None:
    """Let the rules touch the record again."""
    if LegalHold.objects.filter(pk=held.pk, released_at__isnull=True).update(released_at=now()):
        record("hold.released", held.thing, by=by)


def _exists(thing: str) -> bool:
    label, _, key = thing.partition(":")
    try:
        return bool(key) and apps.get_model(label)._default_manager.filter(pk=key).exists()
    except (LookupError, ValueError, ValidationError):  # no such model, or an id of another shape
        return False
