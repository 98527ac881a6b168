"""Payments at the pretend payment service."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sandbox_site", "0002_console")]

    operations = [
        migrations.CreateModel(
            name="CardPayment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=40, unique=True)),
                ("reference", models.CharField(max_length=60, unique=True)),
                ("amount_minor", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("return_url", models.CharField(max_length=500)),
                ("notify_url", models.CharField(max_length=500)),
                ("status", models.CharField(default="open", max_length=10)),
                ("problem", models.CharField(blank=True, max_length=40)),
                ("card", models.CharField(blank=True, max_length=40)),
                ("keeps_card", models.BooleanField(default=False)),
            ],
        ),
    ]
