"""What goes back of a bill's lines in one place, and money paid out for damage and delay on the bill."""

import django.db.models.deletion
from django.db import migrations, models

from toiya.core.schema import append_only

# Credit notes that were written before lines were credited: each is taken from the lines the wallet paid at its rate,
# in their order, from where the note before it ended.
OLD_NOTES = """
WITH notes AS (
    SELECT n.*, (n.rates -> 0 ->> 0)::int AS percent,
           sum(n.total_minor) OVER (PARTITION BY n.statement_id, n.rates -> 0 ->> 0 ORDER BY n.id) AS until
    FROM billing_invoice n WHERE n.kind = 'credit_note'
), lines AS (
    SELECT l.*, sum(l.amount_minor) OVER (PARTITION BY l.statement_id, l.tax_percent ORDER BY l.number) AS until
    FROM billing_statementline l WHERE l.origin = 'taken'
), parts AS (
    SELECT n.seller_id, l.id AS line_id, n.number, n.reason, n.at, n.actor, n.id AS note_id,
           least(n.until, l.until) - greatest(n.until - n.total_minor, l.until - l.amount_minor) AS amount
    FROM notes n JOIN lines l ON l.statement_id = n.statement_id AND l.tax_percent = n.percent
)
INSERT INTO billing_linecredit (seller_id, line_id, kind, cause, amount_minor, reason, at, actor)
SELECT seller_id, line_id, 'note', number, amount, reason, at, actor FROM parts WHERE amount > 0
ORDER BY note_id, line_id;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0002_many_volume_days'),
        ('members', '0006_ground'),
    ]

    operations = [
        migrations.AddField(
            model_name='statement',
            name='paid_out_minor',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='statementline',
            name='origin',
            field=models.CharField(choices=[('taken', 'Taken from the wallet'), ('due', 'To be paid'), ('credited', 'Given back'), ('noted', 'Given back by credit note'), ('paid_out', 'Paid into the wallet')], max_length=10),
        ),
        migrations.CreateModel(
            name='LineCredit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('note', 'Credit note'), ('dispute', 'Dispute'), ('refund', 'Refund')], max_length=10)),
                ('cause', models.CharField(max_length=40)),
                ('amount_minor', models.BigIntegerField()),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField()),
                ('actor', models.CharField(max_length=100)),
                ('line', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='credits', to='billing.statementline')),
                ('seller', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='members.seller')),
            ],
            options={
                'indexes': [models.Index(fields=['seller', 'cause'], name='line_credits_of_cause')],
                'constraints': [models.UniqueConstraint(fields=('line', 'cause'), name='line_credited_once_for_a_cause'), models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='line_credit_is_positive')],
            },
        ),
        migrations.RunSQL(OLD_NOTES, migrations.RunSQL.noop),
        append_only("billing_linecredit"),
    ]
