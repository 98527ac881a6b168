
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0006_ground'),
        ('orders', '0010_returns'),
        ('returns', '0001_returns'),
        ('warehouses', '0005_waves'),
    ]

    operations = [
        migrations.AddField(
            model_name='return',
            name='token',
            field=models.CharField(blank=True, db_default='', default='', max_length=60),
        ),
        migrations.AddConstraint(
            model_name='return',
            constraint=models.UniqueConstraint(condition=models.Q(('token', ''), _negated=True), fields=('seller', 'token'), name='one_return_per_token'),
        ),
    ]
