"""A line belongs to the seller of its order; orders are hot."""

from django.db import migrations

from toiya.core.schema import same_seller_in_sets, tuned


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial")]
    operations = [
        same_seller_in_sets("orders_line", "order_id", "orders_order"),
        tuned("orders_order", "fillfactor = 45"),
    ]
