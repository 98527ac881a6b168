"""Settlement files: looked at before they are booked, and undone whole."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('channels', '0006_split_merge'),
        ('members', '0006_ground'),
    ]

    operations = [
        migrations.CreateModel(
            name='SettlementFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shop_code', models.CharField(max_length=20)),
                ('code', models.CharField(max_length=20, unique=True)),
                ('sha256', models.CharField(max_length=64)),
                ('file_name', models.CharField(max_length=100)),
                ('currency', models.CharField(max_length=3)),
                ('status', models.CharField(choices=[('read', 'Read, nothing booked'), ('booked', 'Booked'), ('undone', 'Undone')], default='read', max_length=10)),
                ('rows', models.JSONField()),
                ('headings', models.JSONField(default=list)),
                ('to_mend', models.JSONField(default=list)),
                ('told_minor', models.BigIntegerField(null=True)),
                ('booked', models.JSONField(default=list)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('taken_by', models.CharField(max_length=100)),
                ('taken_at', models.DateTimeField()),
                ('seller', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='members.seller')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'undone'), _negated=True), fields=('seller', 'shop_code', 'sha256'), name='one_settlement_per_file')],
            },
        ),
    ]
