"""Bills: statements, their lines, storage by the month, invoices; what is closed stays."""

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

from toiya.core.checks import Guard
from toiya.core.schema import RunGuards, append_only, same_seller

# A closed bill stays as it is, whoever asks: only "paid" may be added, once.
CLOSED = RunGuards(
    """
    CREATE FUNCTION toiya_bill_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' OR (OLD.status <> 'running' AND (
            (to_jsonb(NEW) - 'status' - 'paid_at') IS DISTINCT FROM (to_jsonb(OLD) - 'status' - 'paid_at')
            OR (OLD.status, NEW.status) IS DISTINCT FROM ('closed', 'paid')
        )) THEN
            RAISE EXCEPTION 'bill % is closed: what is found later stands on the next one', OLD.code
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER toiya_bill_stays BEFORE UPDATE OR DELETE ON billing_statement
        FOR EACH ROW EXECUTE FUNCTION toiya_bill_stays();
    """,
    "DROP TRIGGER toiya_bill_stays ON billing_statement; DROP FUNCTION toiya_bill_stays();",
    (Guard("check on sets", "billing_statement", "toiya_bill_stays"),),
)



class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0005_factors'),
        ('warehouses', '0005_waves'),
    ]

    operations = [
        migrations.CreateModel(
            name='InvoiceSeries',
            fields=[
                ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('last', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Issuer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('address', models.CharField(max_length=300)),
                ('country', models.CharField(max_length=2)),
                ('registration_number', models.CharField(blank=True, max_length=30)),
                ('is_sole_trader', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('actor', models.CharField(max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('currency', models.CharField(max_length=3)),
                ('code', models.CharField(max_length=20, unique=True)),
                ('status', models.CharField(choices=[('running', 'Running'), ('closed', 'Closed'), ('paid', 'Paid')], default='running', max_length=10)),
                ('taken_minor', models.BigIntegerField(default=0)),
                ('due_minor', models.BigIntegerField(default=0)),
                ('credited_minor', models.BigIntegerField(default=0)),
                ('total_minor', models.BigIntegerField(default=0)),
                ('line_count', models.PositiveIntegerField(default=0)),
                ('inputs_hash', models.CharField(blank=True, max_length=64)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('paid_at', models.DateTimeField(null=True)),
                ('seller', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='members.seller')),
            ],
        ),
        migrations.CreateModel(
            name='Invoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('invoice', 'Invoice'), ('credit_note', 'Credit note')], max_length=12)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('year', models.PositiveSmallIntegerField()),
                ('sequence', models.PositiveIntegerField()),
                ('issued_on', models.DateField()),
                ('currency', models.CharField(max_length=3)),
                ('total_minor', models.BigIntegerField()),
                ('tax_minor', models.BigIntegerField()),
                ('rates', models.JSONField()),
                ('issuer', models.JSONField()),
                ('recipient', models.JSONField()),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('token', models.CharField(blank=True, max_length=40)),
                ('at', models.DateTimeField()),
                ('actor', models.CharField(max_length=100)),
                ('refers_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='billing.invoice')),
                ('seller', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='members.seller')),
                ('statement', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='invoices', to='billing.statement')),
            ],
        ),
        migrations.CreateModel(
            name='StatementLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('origin', models.CharField(choices=[('taken', 'Taken from the wallet'), ('due', 'To be paid'), ('credited', 'Given back'), ('noted', 'Given back by credit note')], max_length=10)),
                ('kind', models.CharField(max_length=30)),
                ('subject', models.CharField(max_length=40)),
                ('source', models.CharField(max_length=40)),
                ('on', models.DateField()),
                ('quantity', models.PositiveIntegerField()),
                ('amount_minor', models.BigIntegerField()),
                ('tax_percent', models.PositiveSmallIntegerField()),
                ('charge_id', models.BigIntegerField(null=True, unique=True)),
                ('wallet_entry_id', models.BigIntegerField(null=True)),
                ('also_entry_id', models.BigIntegerField(null=True)),
                ('inputs', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('seller', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='members.seller')),
                ('statement', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='billing.statement')),
            ],
        ),
        migrations.CreateModel(
            name='StorageMonth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('code', models.CharField(max_length=20, unique=True)),
                ('skus', models.PositiveIntegerField()),
                ('total_minor', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('at', models.DateTimeField()),
                ('seller', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='members.seller')),
                ('warehouse', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='warehouses.warehouse')),
            ],
        ),
        migrations.AddIndex(
            model_name='statement',
            index=models.Index(fields=['status', 'month'], name='statements_to_close'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.UniqueConstraint(fields=('seller', 'month', 'currency'), name='one_statement_a_month'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.UniqueConstraint(fields=('seller', 'id'), name='statement_of_seller'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('total_minor', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('taken_minor'), '+', models.F('due_minor')), '-', models.F('credited_minor')))), name='statement_adds_up'),
        ),
        migrations.AddIndex(
            model_name='invoice',
            index=models.Index(fields=['issued_on'], name='invoices_by_day'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.UniqueConstraint(fields=('year', 'sequence'), name='one_invoice_per_number'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'invoice')), fields=('statement',), name='one_invoice_per_statement'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.UniqueConstraint(condition=models.Q(('token', ''), _negated=True), fields=('seller', 'token'), name='one_note_per_form'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'credit_note'), _negated=True), ('refers_to__isnull', False), _connector='OR'), name='note_refers_to_an_invoice'),
        ),
        migrations.AddIndex(
            model_name='statementline',
            index=models.Index(fields=['seller', 'wallet_entry_id'], name='line_of_wallet_entry'),
        ),
        migrations.AddIndex(
            model_name='statementline',
            index=models.Index(condition=models.Q(('also_entry_id__isnull', False)), fields=['seller', 'also_entry_id'], name='line_of_second_purse'),
        ),
        migrations.AddConstraint(
            model_name='statementline',
            constraint=models.UniqueConstraint(fields=('statement', 'number'), name='line_once_in_statement'),
        ),
        migrations.AddConstraint(
            model_name='statementline',
            constraint=models.CheckConstraint(condition=models.Q(('charge_id', None), ('wallet_entry_id', None), _negated=True), name='line_comes_from_a_ledger'),
        ),
        migrations.AddConstraint(
            model_name='storagemonth',
            constraint=models.UniqueConstraint(fields=('seller', 'warehouse', 'month'), name='storage_once_a_month'),
        ),
        CLOSED,
        append_only("billing_statementline"),
        append_only("billing_storagemonth"),
        append_only("billing_invoice"),
        append_only("billing_issuer"),
        same_seller("billing_statementline", "statement_id", "billing_statement"),
        same_seller("billing_invoice", "statement_id", "billing_statement"),
    ]
