"""The places of a card's zones."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pricing', '0002_long_bills'),
    ]

    operations = [
        migrations.AddField(
            model_name='cardversion',
            name='zones',
            field=models.JSONField(default=dict),
        ),
    ]
