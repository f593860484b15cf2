"""Tables sent on a page: kept in the database, given their columns, brought in by the worker."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.text import slugify

from mukana.audit.actions import record
from mukana.directory.models import Source
from mukana.importers.actions import bring_in
from mukana.importers.models import ImportRun, Upload, UploadPiece
from mukana.importers.queries import as_file
from mukana.importers.report import Report
from mukana.lib.clock import now

PIECE = 1024 * 1024


@transaction.atomic
def receive(file: UploadedFile[bytes], giver: str, *, by: str) -> Upload:
    """Keep the file and find (or make) the source of its giver, so that next time the columns are known."""
    source, _ = Source.objects.get_or_create(
        key=f"table-{slugify(giver)}"[:60], defaults={"adapter": "table", "name": giver, "attribution": giver}
    )
    upload = Upload.objects.create(source=source, name=str(file.name)[:200], by=by, sent_at=now())
    for number, piece in enumerate(file.chunks(PIECE)):
        UploadPiece.objects.create(upload=upload, number=number, data=piece)
    record("sent a table", f"directory.Source:{source.key}", by=by, file=upload.name)
    return upload


def confirm_columns(upload: Upload, columns: dict[str, str], *, by: str) -> None:
    """Remember what the columns mean and put the table in the worker's queue."""
    upload.source.mapping = columns
    upload.source.save(update_fields=["mapping"])
    Upload.objects.filter(pk=upload.pk, state="columns").update(state="waiting")
    record("told the columns", f"directory.Source:{upload.source.key}", by=by)


def take_back() -> int:
    """Put tables whose import ended with its worker back in the queue.  Gives their count.  A worker calls this as it starts."""
    return Upload.objects.filter(state="running").update(state="waiting")


def take_one() -> bool:
    """Bring in the oldest waiting table.  Gives False when none waits.  The worker calls this."""
    from mukana.importers.registry import SOURCES  # what reads sources takes 50 MB, which web processes do without

    with transaction.atomic():
        upload = Upload.objects.select_for_update().filter(state="waiting").order_by("sent_at").first()
        if upload is None:
            return False
        Upload.objects.filter(pk=upload.pk).update(state="running")

    def progress(report: Report) -> None:
        Upload.objects.filter(pk=upload.pk).update(rows_read=report.read)

    with as_file(upload) as path:
        report = bring_in(SOURCES["table"], str(path), by=upload.by, source=upload.source, progress=progress)
    run = ImportRun.objects.filter(source=upload.source).first()
    Upload.objects.filter(pk=upload.pk).update(state="done", run=run, rows_read=report.read)
    upload.pieces.all().delete()
    return True
