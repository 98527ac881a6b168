"""Movements are append-only; balances are hot and belong to the seller of their SKU."""

from django.db import migrations

from toiya.core.schema import append_only, same_seller, tuned


class Migration(migrations.Migration):
    dependencies = [("stock", "0001_initial"), ("catalog", "0001_initial")]
    operations = [
        append_only("stock_movement"),
        same_seller("stock_balance", "sku_id", "catalog_sku"),
        same_seller("stock_binstock", "sku_id", "catalog_sku"),
        tuned("stock_balance", "fillfactor = 40, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000"),
        tuned("stock_binstock", "fillfactor = 50"),
    ]
