"""What was said stays said, and belongs to the seller of its conversation."""

from django.db import migrations

from toiya.core.schema import append_only, same_seller


class Migration(migrations.Migration):
    dependencies = [("conversations", "0001_initial"), ("core", "0002_guards")]
    operations = [
        append_only("conversations_entry"),
        same_seller("conversations_entry", "conversation_id", "conversations_conversation"),
    ]
