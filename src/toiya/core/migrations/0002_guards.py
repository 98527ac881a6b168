"""Events are append-only."""

from django.db import migrations

from toiya.core.schema import append_only


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [append_only("core_event")]
