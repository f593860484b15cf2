"""Photographs: sent by staff, made fit for pages by the worker, taken away by staff."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from mukana.audit.actions import record
from mukana.directory.models import Entry, Photograph, PhotographFile, Place
from mukana.lib.clock import now
from mukana.lib.pictures import PictureError, scaled


@transaction.atomic
def add(thing: Entry | Place, file: UploadedFile[bytes], *, texts: dict[str, Any], photographer: str, licence: str, by: str) -> Photograph:
    """Keep a picture until the worker has looked at it."""
    of = {"entry": thing} if isinstance(thing, Entry) else {"place": thing}
    photograph = Photograph.objects.create(**of, texts=texts, photographer=photographer, licence=licence, added_by=by, added_at=now())
    PhotographFile.objects.create(photograph=photograph, size="original", data=file.read())
    record("photograph.added", f"directory.Photograph:{photograph.pk}", by=by, of=str(thing.pk))
    return photograph


@transaction.atomic
def remove(photograph: Photograph, *, by: str) -> None:
    """Take a picture away with every size of it."""
    record("photograph.removed", f"directory.Photograph:{photograph.pk}", by=by, of=str(photograph.entry_id or photograph.place_id))
    photograph.delete()


def make_ready() -> int:
    """Make the sizes of every waiting picture, or say why it cannot be shown.  Gives their count.  The worker calls this."""
    waiting = list(Photograph.objects.filter(state="waiting").values_list("pk", flat=True))
    for key in waiting:
        _make_ready(key)
    return len(waiting)


@transaction.atomic
def _make_ready(key: Any) -> None:
    photograph = Photograph.objects.select_for_update().filter(pk=key, state="waiting").first()
    if photograph is None:
        return  # taken away, or made ready by another node, a moment ago
    original = photograph.files.get(size="original")
    try:
        pictures = scaled(bytes(original.data))
    except PictureError as error:
        photograph.state, photograph.problem = "refused", error.sentence
    else:
        photograph.state, photograph.sizes = "ready", {size: [one.width, one.height] for size, one in pictures.items()}
        PhotographFile.objects.bulk_create(
            PhotographFile(photograph=photograph, size=size, data=one.data) for size, one in pictures.items()
        )
    photograph.save(update_fields=["state", "problem", "sizes"])
    original.delete()  # what the camera wrote into it goes with it
