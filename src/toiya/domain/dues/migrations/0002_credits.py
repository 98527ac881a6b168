"""Lines of requests know the line of the bill they ask for, and a bill may be asked for again once withdrawn."""

import django.db.models.deletion
from django.db import migrations, models

# Lines of a request for a bill are the bill's lines to be paid, in their order.
THEIR_LINES = """
ALTER TABLE dues_requestline DISABLE TRIGGER dues_requestline_append_only;
UPDATE dues_requestline r SET bill_line_id = l.id
FROM dues_paymentrequest p
JOIN billing_statement s ON s.seller_id = p.seller_id AND s.code = p.subject
JOIN (
    SELECT id, statement_id, row_number() OVER (PARTITION BY statement_id ORDER BY number) AS position
    FROM billing_statementline WHERE origin = 'due'
) l ON l.statement_id = s.id
WHERE p.id = r.request_id AND p.kind = 'statement' AND l.position = r.position;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE dues_requestline ENABLE TRIGGER dues_requestline_append_only;
"""
# What disputes credited before: its note is written by the hourly job, unless the money that went back stands on a
# bill of its own already.
OLD_DISPUTES = """
INSERT INTO billing_linecredit (seller_id, line_id, kind, cause, amount_minor, reason, at, actor)
SELECT d.seller_id, r.bill_line_id,
       CASE WHEN EXISTS (
           SELECT 1 FROM billing_statementline l WHERE l.seller_id = d.seller_id AND l.source = d.code
       ) THEN 'refund' ELSE 'dispute' END,
       d.code, d.credit_minor, left(regexp_replace(d.answer, '\\s+', ' ', 'g'), 200), d.decided_at, d.decided_by
FROM dues_dispute d JOIN dues_requestline r ON r.id = d.line_id
WHERE d.status = 'accepted' AND d.credit_minor > 0 AND r.bill_line_id IS NOT NULL
ORDER BY d.id;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0003_credits'),
        ('dues', '0001_ground'),
        ('members', '0006_ground'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='paymentrequest',
            name='one_request_per_subject',
        ),
        migrations.AddField(
            model_name='requestline',
            name='bill_line',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='billing.statementline'),
        ),
        migrations.AddConstraint(
            model_name='paymentrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'withdrawn'), _negated=True), fields=('seller', 'kind', 'subject'), name='one_request_per_subject'),
        ),
        migrations.RunSQL(THEIR_LINES, migrations.RunSQL.noop),
        migrations.RunSQL(OLD_DISPUTES, migrations.RunSQL.noop),
    ]
