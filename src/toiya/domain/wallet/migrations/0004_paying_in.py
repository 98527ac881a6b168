"""The ways money comes in: bank transfers, cards, gift codes, sales; and the watch over what is left."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0005_factors'),
        ('wallet', '0003_money_kinds'),
    ]

    operations = [
        migrations.CreateModel(
            name='BankFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True)),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('file_name', models.CharField(max_length=100)),
                ('form', models.CharField(max_length=10)),
                ('lines', models.PositiveIntegerField()),
                ('new_lines', models.PositiveIntegerField()),
                ('taken_by', models.CharField(max_length=100)),
                ('taken_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='AnnouncedTransfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=8, unique=True)),
                ('token', models.CharField(max_length=40)),
                ('currency', models.CharField(max_length=3)),
                ('amount_minor', models.BigIntegerField()),
                ('sender_name', models.CharField(max_length=48)),
                ('status', models.CharField(choices=[('awaited', 'On its way'), ('arrived', 'Arrived'), ('withdrawn', 'Withdrawn')], default='awaited', max_length=10)),
                ('announced_at', models.DateTimeField()),
                ('seller', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='members.seller')),
            ],
        ),
        migrations.CreateModel(
            name='CardPayment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True)),
                ('token', models.CharField(max_length=40)),
                ('currency', models.CharField(max_length=3)),
                ('amount_minor', models.BigIntegerField()),
                ('status', models.CharField(choices=[('wished', 'Being prepared'), ('open', 'Waits for the card'), ('paid', 'Paid'), ('failed', 'Not paid')], default='wished', max_length=10)),
                ('external_id', models.CharField(blank=True, max_length=60)),
                ('page_url', models.CharField(blank=True, max_length=500)),
                ('problem', models.CharField(blank=True, max_length=60)),
                ('wished_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('seller', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='members.seller')),
            ],
        ),
        migrations.CreateModel(
            name='Deposit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True)),
                ('fingerprint', models.CharField(max_length=64, unique=True)),
                ('account', models.CharField(max_length=40)),
                ('booked_on', models.DateField()),
                ('currency', models.CharField(max_length=3)),
                ('amount_minor', models.BigIntegerField()),
                ('name', models.CharField(max_length=100)),
                ('message', models.CharField(blank=True, max_length=100)),
                ('inquiry', models.CharField(blank=True, max_length=20)),
                ('is_reversal', models.BooleanField(default=False)),
                ('status', models.CharField(choices=[('waiting', 'Waits for a person'), ('booked', 'Booked'), ('not_ours', 'No top-up')], default='waiting', max_length=10)),
                ('guess', models.CharField(blank=True, max_length=8)),
                ('confidence', models.PositiveSmallIntegerField(default=0)),
                ('matched_by', models.CharField(blank=True, max_length=12)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('ended_at', models.DateTimeField(null=True)),
                ('bank_file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deposits', to='wallet.bankfile')),
                ('seller', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deposits', to='members.seller')),
                ('transfer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deposits', to='wallet.announcedtransfer')),
            ],
        ),
        migrations.CreateModel(
            name='GiftCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True)),
                ('secret_sha256', models.CharField(max_length=64, unique=True)),
                ('currency', models.CharField(max_length=3)),
                ('amount_minor', models.BigIntegerField()),
                ('money', models.CharField(choices=[('free', 'Top-up'), ('advertising', 'Advertising credit')], default='free', max_length=12)),
                ('note', models.CharField(blank=True, max_length=100)),
                ('status', models.CharField(choices=[('issued', 'Not redeemed'), ('redeemed', 'Redeemed'), ('revoked', 'Revoked')], default='issued', max_length=10)),
                ('issued_by', models.CharField(max_length=100)),
                ('issued_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('seller', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='gift_codes', to='members.seller')),
            ],
        ),
        migrations.CreateModel(
            name='MoneyWatch',
            fields=[
                ('seller', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='money_watch', serialize=False, to='members.seller')),
                ('alert_below_minor', models.BigIntegerField(null=True)),
                ('alerted_at', models.DateTimeField(null=True)),
                ('sealed_card', models.CharField(blank=True, max_length=400)),
                ('fill_below_minor', models.BigIntegerField(null=True)),
                ('fill_minor', models.BigIntegerField(null=True)),
                ('month_cap_minor', models.BigIntegerField(null=True)),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('alert_below_minor__isnull', True), ('alert_below_minor__gt', 0), _connector='OR'), name='alert_threshold_is_positive'), models.CheckConstraint(condition=models.Q(('fill_below_minor__isnull', True), models.Q(('fill_minor__gt', 0), ('month_cap_minor__gte', models.F('fill_minor'))), _connector='OR'), name='filling_has_its_amounts')],
            },
        ),
        migrations.CreateModel(
            name='Sale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order_code', models.CharField(max_length=40)),
                ('shop_code', models.CharField(blank=True, max_length=20)),
                ('currency', models.CharField(max_length=3)),
                ('expected_minor', models.BigIntegerField()),
                ('settled_minor', models.BigIntegerField(default=0)),
                ('status', models.CharField(choices=[('awaited', 'Not paid yet'), ('settled', 'Paid by the site'), ('lost', 'Will not be paid')], default='awaited', max_length=10)),
                ('since', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('seller', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='members.seller')),
            ],
        ),
        migrations.CreateModel(
            name='SettlingShop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shop_code', models.CharField(max_length=20)),
                ('since', models.DateTimeField()),
                ('seller', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='members.seller')),
            ],
        ),
        migrations.AddIndex(
            model_name='announcedtransfer',
            index=models.Index(condition=models.Q(('status', 'awaited')), fields=['currency', 'id'], name='awaited_transfer'),
        ),
        migrations.AddConstraint(
            model_name='announcedtransfer',
            constraint=models.UniqueConstraint(fields=('seller', 'token'), name='one_announcement_per_form'),
        ),
        migrations.AddConstraint(
            model_name='announcedtransfer',
            constraint=models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='announced_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='cardpayment',
            constraint=models.UniqueConstraint(fields=('seller', 'token'), name='one_card_payment_per_form'),
        ),
        migrations.AddConstraint(
            model_name='cardpayment',
            constraint=models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('external_id',), name='one_payment_per_external_id'),
        ),
        migrations.AddConstraint(
            model_name='cardpayment',
            constraint=models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='card_payment_is_positive'),
        ),
        migrations.AddIndex(
            model_name='deposit',
            index=models.Index(condition=models.Q(('status', 'waiting')), fields=['booked_on'], name='waiting_deposit'),
        ),
        migrations.AddConstraint(
            model_name='deposit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'booked'), _negated=True), models.Q(('is_reversal', False), ('seller__isnull', False)), _connector='OR'), name='booked_deposit_has_a_seller'),
        ),
        migrations.AddConstraint(
            model_name='giftcode',
            constraint=models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='gift_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='giftcode',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'redeemed'), _negated=True), ('seller__isnull', False), _connector='OR'), name='redeemed_by_somebody'),
        ),
        migrations.AddIndex(
            model_name='sale',
            index=models.Index(condition=models.Q(('status', 'awaited')), fields=['seller', 'id'], name='awaited_sale'),
        ),
        migrations.AddConstraint(
            model_name='sale',
            constraint=models.UniqueConstraint(fields=('seller', 'order_code'), name='one_sale_per_order'),
        ),
        migrations.AddConstraint(
            model_name='settlingshop',
            constraint=models.UniqueConstraint(fields=('seller', 'shop_code'), name='one_settling_per_shop'),
        ),
    ]
