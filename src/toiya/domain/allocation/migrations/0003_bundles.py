"""A line of a virtual bundle is promised its parts: one allocation per line and SKU."""

from django.db import migrations, models

_STATE = [
    migrations.AlterField("allocation", "line_id", models.BigIntegerField()),
    migrations.AddField(
        "allocation",
        "pk",
        models.CompositePrimaryKey("line_id", "sku_id", blank=True, editable=False, primary_key=True, serialize=False),
    ),
]


class Migration(migrations.Migration):
    dependencies = [("allocation", "0002_guards")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE allocation_allocation DROP CONSTRAINT allocation_allocation_pkey, "
            "ADD PRIMARY KEY (line_id, sku_id)",
            "ALTER TABLE allocation_allocation DROP CONSTRAINT allocation_allocation_pkey, ADD PRIMARY KEY (line_id)",
            state_operations=_STATE,
        )
    ]
