"""Postings and entries are append-only; accounts are hot."""

from django.db import migrations

from toiya.core.schema import append_only, tuned


class Migration(migrations.Migration):
    dependencies = [("wallet", "0001_initial")]
    operations = [
        append_only("wallet_posting"),
        append_only("wallet_entry"),
        tuned("wallet_account", "fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000"),
        tuned("wallet_reservation", "fillfactor = 45"),
    ]
