import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """`contracts` hands its table over: 0002 there gave it its name."""

    dependencies = [
        ('contracts', '0002_centres_moved'),
        ('members', '0006_ground'),
        ('warehouses', '0005_waves'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='CentreUse',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('applied_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('seller', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='centres', to='members.seller')),
                        ('warehouse', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='warehouses.warehouse')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('seller', 'warehouse'), name='centre_once_per_seller')],
                    },
                ),
            ],
        ),
    ]
