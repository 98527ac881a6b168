"""An allocation belongs to the seller of its order."""

from django.db import migrations

from toiya.core.schema import same_seller_in_sets


class Migration(migrations.Migration):
    dependencies = [("allocation", "0001_initial"), ("orders", "0002_guards")]
    operations = [same_seller_in_sets("allocation_allocation", "order_id", "orders_order")]
