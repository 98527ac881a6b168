"""Open orders in a list of their own, so that no index names what changes on an order's way."""

import django.db.models.deletion
from django.db import migrations, models

FILL = """
INSERT INTO orders_openorder (seller_id, order_id) SELECT seller_id, id FROM orders_order
WHERE status NOT IN ('shipped', 'delivered', 'cancelled')
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial"), ("orders", "0004_alter_order_code_order_one_order_per_code")]
    operations = [
        migrations.CreateModel(
            name="OpenOrder",
            fields=[
                (
                    "order",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="orders.order",
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="members.seller",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["seller", "order"], name="open_order_of_seller")]},
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="order", name="order_open"),
        migrations.RemoveIndex(model_name="order", name="order_shipped"),
        migrations.RemoveField(model_name="order", name="is_open"),
    ]
