"""Advertising credit pays back what leaflets cost (A172); no table changes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('wallet', '0005_kept_cards'),
    ]

    operations = [
        migrations.AlterField(
            model_name='booked',
            name='kind',
            field=models.CharField(choices=[('top_up', 'Topped up'), ('reserve', 'Set aside'), ('void', 'Given back'), ('capture', 'Taken'), ('refund', 'Refunded'), ('charge', 'Paid'), ('charge_ads', 'Paid with advertising credit'), ('compensate', 'Compensated'), ('settle_sale', 'Sale settled'), ('grant', 'Advertising credit given'), ('defer', 'Set aside from a sale to come'), ('void_defer', 'Given back to a sale to come'), ('repay', 'Paid from the sale'), ('cover', 'Paid back by advertising credit')], max_length=20),
        ),
        migrations.AlterField(
            model_name='posting',
            name='kind',
            field=models.CharField(choices=[('top_up', 'Topped up'), ('reserve', 'Set aside'), ('void', 'Given back'), ('capture', 'Taken'), ('refund', 'Refunded'), ('charge', 'Paid'), ('charge_ads', 'Paid with advertising credit'), ('compensate', 'Compensated'), ('settle_sale', 'Sale settled'), ('grant', 'Advertising credit given'), ('defer', 'Set aside from a sale to come'), ('void_defer', 'Given back to a sale to come'), ('repay', 'Paid from the sale'), ('cover', 'Paid back by advertising credit')], max_length=20),
        ),
    ]
