"""Money that came wrong goes back, files are looked at before they are booked, and both in every currency."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0006_ground'),
        ('wallet', '0006_cover'),
    ]

    operations = [
        migrations.CreateModel(
            name='Reversal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True)),
                ('kind', models.CharField(choices=[('deposit', 'Deposit'), ('card', 'Card payment'), ('gift', 'Gift code'), ('cash', 'Booked by hand')], max_length=10)),
                ('cause', models.CharField(max_length=20)),
                ('currency', models.CharField(max_length=3)),
                ('amount_minor', models.BigIntegerField()),
                ('owed_minor', models.BigIntegerField(default=0)),
                ('reason', models.CharField(choices=[('wrong_seller', "It is another seller's money"), ('recalled', 'The bank took the transfer back'), ('chargeback', "The card's bank took the money back"), ('in_error', 'It was booked in error'), ('whole_file', 'Its file was undone')], max_length=20)),
                ('note', models.CharField(max_length=300)),
                ('file', models.CharField(blank=True, max_length=20)),
                ('status', models.CharField(choices=[('asked', 'Waits for a second person'), ('done', 'Taken back'), ('declined', 'Declined')], default='asked', max_length=10)),
                ('asked_by', models.CharField(max_length=40)),
                ('asked_name', models.CharField(max_length=100)),
                ('asked_at', models.DateTimeField()),
                ('ended_by', models.CharField(blank=True, max_length=40)),
                ('ended_name', models.CharField(blank=True, max_length=100)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='bankfile',
            name='currency',
            field=models.CharField(db_default='JPY', default='JPY', max_length=3),
        ),
        migrations.AddField(
            model_name='bankfile',
            name='headings',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='bankfile',
            name='known',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='bankfile',
            name='note',
            field=models.CharField(blank=True, db_default='', default='', max_length=200),
        ),
        migrations.AddField(
            model_name='bankfile',
            name='status',
            field=models.CharField(choices=[('read', 'Read, nothing booked'), ('booked', 'Booked'), ('undoing', 'Being undone'), ('undone', 'Undone')], default='booked', max_length=10),
        ),
        # The files that are there were booked when they were taken.
        migrations.AlterField(
            model_name='bankfile',
            name='status',
            field=models.CharField(choices=[('read', 'Read, nothing booked'), ('booked', 'Booked'), ('undoing', 'Being undone'), ('undone', 'Undone')], default='read', max_length=10),
        ),
        migrations.AddField(
            model_name='bankfile',
            name='to_mend',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='bankfile',
            name='told_minor',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='bankfile',
            name='total_minor',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='deposit',
            name='needs_person',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name='account',
            name='kind',
            field=models.CharField(choices=[('free', 'Free'), ('reserved', 'Set aside'), ('fees', 'Fees'), ('top_ups', 'Top-ups'), ('compensations', 'Compensations'), ('settlements', 'Settlements'), ('advertising', 'Advertising credit'), ('given', 'Advertising credit given'), ('owed', 'To be paid by sales to come'), ('debt', 'Debt to us')], max_length=20),
        ),
        migrations.AlterField(
            model_name='booked',
            name='kind',
            field=models.CharField(choices=[('top_up', 'Topped up'), ('reserve', 'Set aside'), ('void', 'Given back'), ('capture', 'Taken'), ('refund', 'Refunded'), ('charge', 'Paid'), ('charge_ads', 'Paid with advertising credit'), ('compensate', 'Compensated'), ('settle_sale', 'Sale settled'), ('grant', 'Advertising credit given'), ('defer', 'Set aside from a sale to come'), ('void_defer', 'Given back to a sale to come'), ('repay', 'Paid from the sale'), ('cover', 'Paid back by advertising credit'), ('take_back', 'Taken back'), ('owe_back', 'Taken back after it was spent'), ('pay_debt', 'Debt paid'), ('take_credit', 'Advertising credit taken back'), ('unsettle', 'Money of a sale taken back'), ('unpay', 'Waits for the sale again')], max_length=20),
        ),
        migrations.AlterField(
            model_name='cardpayment',
            name='status',
            field=models.CharField(choices=[('wished', 'Being prepared'), ('open', 'Waits for the card'), ('paid', 'Paid'), ('failed', 'Not paid'), ('taken_back', 'Taken back')], default='wished', max_length=10),
        ),
        migrations.AlterField(
            model_name='deposit',
            name='status',
            field=models.CharField(choices=[('read', 'Its file is not booked yet'), ('waiting', 'Waits for a person'), ('booked', 'Booked'), ('not_ours', 'No top-up'), ('undone', 'Undone with its file')], default='read', max_length=10),
        ),
        migrations.AlterField(
            model_name='giftcode',
            name='status',
            field=models.CharField(choices=[('issued', 'Not redeemed'), ('redeemed', 'Redeemed'), ('revoked', 'Revoked'), ('taken_back', 'Taken back')], default='issued', max_length=10),
        ),
        migrations.AlterField(
            model_name='posting',
            name='kind',
            field=models.CharField(choices=[('top_up', 'Topped up'), ('reserve', 'Set aside'), ('void', 'Given back'), ('capture', 'Taken'), ('refund', 'Refunded'), ('charge', 'Paid'), ('charge_ads', 'Paid with advertising credit'), ('compensate', 'Compensated'), ('settle_sale', 'Sale settled'), ('grant', 'Advertising credit given'), ('defer', 'Set aside from a sale to come'), ('void_defer', 'Given back to a sale to come'), ('repay', 'Paid from the sale'), ('cover', 'Paid back by advertising credit'), ('take_back', 'Taken back'), ('owe_back', 'Taken back after it was spent'), ('pay_debt', 'Debt paid'), ('take_credit', 'Advertising credit taken back'), ('unsettle', 'Money of a sale taken back'), ('unpay', 'Waits for the sale again')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'debt'), _negated=True), ('balance_minor__lte', 0), _connector='OR'), name='debt_not_positive'),
        ),
        migrations.AddField(
            model_name='reversal',
            name='seller',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='reversals', to='members.seller'),
        ),
        migrations.AddField(
            model_name='reversal',
            name='to_seller',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.seller'),
        ),
        migrations.AddIndex(
            model_name='reversal',
            index=models.Index(fields=['cause'], name='reversal_of_cause'),
        ),
        migrations.AddConstraint(
            model_name='reversal',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'asked')), fields=('cause',), name='one_open_reversal_per_cause'),
        ),
        migrations.AddConstraint(
            model_name='reversal',
            constraint=models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0), ('owed_minor__gte', 0), ('owed_minor__lte', models.F('amount_minor'))), name='reversal_amounts'),
        ),
        migrations.AddConstraint(
            model_name='reversal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'done'), _negated=True), models.Q(('ended_by', models.F('asked_by')), _negated=True), models.Q(('file', ''), _negated=True), _connector='OR'), name='reversal_by_two_persons'),
        ),
        migrations.AddField(
            model_name='topup',
            name='code',
            field=models.CharField(blank=True, db_default='', default='', max_length=20),
        ),
        migrations.AddField(
            model_name='topup',
            name='reference',
            field=models.CharField(blank=True, db_default='', default='', max_length=40),
        ),
        migrations.AddField(
            model_name='topup',
            name='status',
            field=models.CharField(choices=[('booked', 'Booked'), ('taken_back', 'Taken back')], db_default='booked', default='booked', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='topup',
            constraint=models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('code',), name='one_top_up_per_code'),
        ),
    ]
