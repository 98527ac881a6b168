"""Cards that the payment service keeps, and what banks call the columns of their lists."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0005_factors'),
        ('wallet', '0004_paying_in'),
    ]

    operations = [
        migrations.CreateModel(
            name='BankHeading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('heading', models.CharField(max_length=100, unique=True)),
                ('column', models.CharField(max_length=20)),
                ('said_by', models.CharField(max_length=100)),
                ('said_at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='moneywatch',
            name='filling_has_its_amounts',
        ),
        migrations.AddField(
            model_name='cardpayment',
            name='is_automatic',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='cardpayment',
            name='keeps_card',
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name='moneywatch',
            constraint=models.CheckConstraint(condition=models.Q(('fill_below_minor__isnull', True), models.Q(('fill_minor__gt', 0), ('month_cap_minor__gte', models.F('fill_minor')), models.Q(('sealed_card', ''), _negated=True)), _connector='OR'), name='filling_has_its_amounts'),
        ),
    ]
