"""What left when, for one seller: read from the events, so that neither orders nor parcels need an index for it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_guards"),
        ("outbound", "0005_alter_parcel_code_parcel_one_parcel_per_code"),
    ]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX core_event_shipped ON core_event (seller_id, at) WHERE name = 'order.shipped';",
            "DROP INDEX core_event_shipped;",
        )
    ]
