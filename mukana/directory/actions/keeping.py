"""What people decided stays through an import: own words over the source's, own schedules, and "do not list us"."""

from __future__ import annotations

from uuid import UUID

from mukana.directory.actions.batch import Batch
from mukana.directory.models import Entry
from mukana.directory.own import lay_over, schedules_json
from mukana.organisations.models import Organisation


def keep_own(batch: Batch) -> set[UUID]:
    """Lay own words over the batch's records and note what the source says now.  Gives entries whose dates are own."""
    standing = (batch.entries.keys() | batch.own.keys() | {one.entry_id for one in batch.given}) - batch.fresh
    found = Entry.objects.filter(pk__in=standing).exclude(own={}).only("own")
    own_dates: set[UUID] = set()
    for entry in found:
        record = batch.entries.get(entry.pk)
        own = lay_over(record, entry.own) if record is not None else dict(entry.own)
        if "topics" in own and entry.pk in batch.words:
            words = batch.words[entry.pk]
            own["topics"]["source"] = sorted(code for scheme, code in words if scheme == "topic")
            batch.words[entry.pk] = {word for word in words if word[0] != "topic"} | {("topic", code) for code in own["topics"]["value"]}
        if "schedules" in own:
            own_dates.add(entry.pk)
            if entry.pk in batch.own:
                own["schedules"] = {**own["schedules"], "source": schedules_json(batch.own[entry.pk].schedules)}
        entry.own = own
    Entry.objects.bulk_update(found, ["own"])
    return own_dates


def keep_unlisted(batch: Batch) -> None:
    """A new entry of an organisation that does not want to be listed is not listed either."""
    organisers = {entry.organisation_id for entry in batch.entries.values() if entry.organisation_id is not None}
    unlisted = list(Organisation.objects.filter(pk__in=organisers, do_not_list=True).values_list("pk", flat=True))
    if unlisted:
        fresh = [pk for pk in batch.fresh if batch.entries[pk].organisation_id in unlisted]
        Entry.objects.filter(pk__in=fresh).update(do_not_list=True)


def keep_unread(record: Entry) -> None:
    """What a source tells in rows that were not read this time (contacts, the place) stays as it stood."""
    for standing in Entry.objects.filter(pk=record.pk):
        for field in ("phone", "email", "url", "place_id", "lat", "lon", "municipality_id"):
            setattr(record, field, getattr(record, field) or getattr(standing, field))
        record.features = list(dict.fromkeys([*record.features, *standing.features]))
