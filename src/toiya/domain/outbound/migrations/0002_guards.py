"""Parcels and contents belong to the seller of their order; what left when is read from the events."""

from django.db import migrations

from toiya.core.schema import same_seller, tuned


class Migration(migrations.Migration):
    dependencies = [("outbound", "0001_initial"), ("orders", "0002_guards"), ("core", "0002_guards")]
    operations = [
        same_seller("outbound_parcel", "order_id", "orders_order"),
        same_seller("outbound_content", "parcel_id", "outbound_parcel"),
        tuned("outbound_parcel", "fillfactor = 45"),
        migrations.RunSQL(
            "CREATE INDEX core_event_shipped ON core_event (seller_id, at) WHERE name = 'order.shipped';",
            "DROP INDEX core_event_shipped;",
        ),
    ]
