from django.db import migrations


class Migration(migrations.Migration):
    """The centres a seller uses are known to `warehouses` from now on; the table moves with its rows."""

    dependencies = [
        ('contracts', '0001_ground'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable(name='CentreUse', table='warehouses_centreuse')],
            state_operations=[migrations.DeleteModel(name='CentreUse')],
        ),
    ]
