"""Receivers, subjects and texts of messages are sealed; a whole address is found by a keyed digest."""

from typing import Any

from django.db import connection, migrations, models

import mukana.lib.blind
import mukana.lib.sealed
import mukana.outbox.rules

COLUMNS = ("to", "subject", "text")
BATCH = 500


def seal(apps: Any, schema_editor: Any) -> None:
    """What was written in clear is sealed: read as it stands in the database, written by the model."""
    model = apps.get_model("outbox", "Message")
    quote = connection.ops.quote_name
    names = ", ".join(quote(name) for name in ("id", *COLUMNS))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {quote('outbox_message')}")  # noqa: S608  # names of our own columns
        rows = cursor.fetchall()
    key = model._meta.pk
    for start in range(0, len(rows), BATCH):
        changed = []
        for pk, *words in rows[start : start + BATCH]:
            row = model(pk=key.to_python(pk), **dict(zip(COLUMNS, words, strict=True)))
            model._meta.get_field("to_tag").pre_save(row, add=False)
            changed.append(row)
        model.objects.bulk_update(changed, [*COLUMNS, "to_tag"])


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_outbox")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="to_tag",
            field=mukana.lib.blind.BlindIndex(
                blank=True, default="", editable=False, fold=mukana.outbox.rules.address_key, max_length=19, of="to"
            ),
        ),
        migrations.AlterField(model_name="message", name="to", field=mukana.lib.sealed.SealedText(blank=True)),
        migrations.AlterField(model_name="message", name="subject", field=mukana.lib.sealed.SealedText(blank=True)),
        migrations.AlterField(model_name="message", name="text", field=mukana.lib.sealed.SealedText(blank=True)),
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("to_tag", ""), models.Q(("to", ""), _negated=True), _connector="OR"), name="message_to_tag_gone"
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(condition=models.Q(("to_tag", ""), _negated=True), fields=["to_tag"], name="message_to_tag"),
        ),
    ]
