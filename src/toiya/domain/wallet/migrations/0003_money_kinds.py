"""Kinds of money, causes that are booked once, and fees that a sale to come is to pay."""

from django.db import migrations, models

from toiya.core.schema import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0005_factors'),
        ('wallet', '0002_guards'),
    ]

    operations = [
        migrations.CreateModel(
            name='Booked',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seller_id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('top_up', 'Topped up'), ('reserve', 'Set aside'), ('void', 'Given back'), ('capture', 'Taken'), ('refund', 'Refunded'), ('charge', 'Paid'), ('charge_ads', 'Paid with advertising credit'), ('compensate', 'Compensated'), ('settle_sale', 'Sale settled'), ('grant', 'Advertising credit given'), ('defer', 'Set aside from a sale to come'), ('void_defer', 'Given back to a sale to come'), ('repay', 'Paid from the sale')], max_length=20)),
                ('source', models.CharField(max_length=40)),
                ('currency', models.CharField(max_length=3)),
                ('amount_minor', models.BigIntegerField()),
                ('use', models.CharField(blank=True, max_length=20)),
            ],
            options={
                'verbose_name_plural': 'booked causes',
            },
        ),
        migrations.AddField(
            model_name='reservation',
            name='is_owed',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='reservation',
            name='sale',
            field=models.CharField(blank=True, db_default='', default='', max_length=40),
        ),
        migrations.AlterField(
            model_name='account',
            name='kind',
            field=models.CharField(choices=[('free', 'Free'), ('reserved', 'Set aside'), ('fees', 'Fees'), ('top_ups', 'Top-ups'), ('compensations', 'Compensations'), ('settlements', 'Settlements'), ('advertising', 'Advertising credit'), ('given', 'Advertising credit given'), ('owed', 'To be paid by sales to come')], max_length=20),
        ),
        migrations.AlterField(
            model_name='posting',
            name='kind',
            field=models.CharField(choices=[('top_up', 'Topped up'), ('reserve', 'Set aside'), ('void', 'Given back'), ('capture', 'Taken'), ('refund', 'Refunded'), ('charge', 'Paid'), ('charge_ads', 'Paid with advertising credit'), ('compensate', 'Compensated'), ('settle_sale', 'Sale settled'), ('grant', 'Advertising credit given'), ('defer', 'Set aside from a sale to come'), ('void_defer', 'Given back to a sale to come'), ('repay', 'Paid from the sale')], max_length=20),
        ),
        migrations.AddIndex(
            model_name='reservation',
            index=models.Index(condition=models.Q(('is_owed', True)), fields=['seller', 'id'], name='reservation_owed'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'advertising'), _negated=True), ('balance_minor__gte', 0), _connector='OR'), name='advertising_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'owed'), _negated=True), ('balance_minor__lte', 0), _connector='OR'), name='owed_not_positive'),
        ),
        migrations.AddConstraint(
            model_name='reservation',
            constraint=models.CheckConstraint(condition=models.Q(('is_owed', False), models.Q(('sale', ''), _negated=True), _connector='OR'), name='what_is_owed_names_its_sale'),
        ),
        migrations.AddConstraint(
            model_name='booked',
            constraint=models.UniqueConstraint(fields=('seller_id', 'kind', 'source'), name='one_booking_per_cause'),
        ),
        migrations.AddConstraint(
            model_name='booked',
            constraint=models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='booking_is_positive'),
        ),
        append_only('wallet_booked'),
    ]
