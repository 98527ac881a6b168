"""Which bins hold a whole pallet, from which day on."""

import django.db.models.deletion
from django.db import migrations, models

from toiya.core.schema import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('warehouses', '0006_centres'),
    ]

    operations = [
        migrations.CreateModel(
            name='PalletPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField()),
                ('is_pallet', models.BooleanField()),
                ('at', models.DateTimeField()),
                ('actor', models.CharField(max_length=100)),
                ('bin', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pallet_places', to='warehouses.bin')),
            ],
        ),
        append_only("warehouses_palletplace"),
    ]
