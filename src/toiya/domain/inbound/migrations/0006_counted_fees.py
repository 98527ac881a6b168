"""What a counted delivery costs, under which cause, and when it was taken."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inbound', '0005_labels'),
    ]

    operations = [
        migrations.AddField(
            model_name='cargobundle',
            name='fee_minor',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='cargobundle',
            name='fee_source',
            field=models.CharField(blank=True, db_default='', default='', max_length=40),
        ),
        migrations.AddField(
            model_name='cargobundle',
            name='fee_taken_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='cargobundle',
            index=models.Index(condition=models.Q(('fee_minor__isnull', False), ('fee_taken_at__isnull', True)), fields=['seller', 'id'], name='cargo_bundle_fee_due'),
        ),
    ]
