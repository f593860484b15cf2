"""A session remembers that the directory gave its date, so that a date that is told no more is noticed."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def remember(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("referrals", "Session").objects.filter(occurrence__isnull=False).update(dated=True)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0009_followed")]

    operations = [
        migrations.AddField("session", "dated", models.BooleanField(default=False)),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
