"""What was said stays said, until its words are forgotten at their deadline: they may become empty, once and for all."""

from django.db import migrations

from toiya.core.checks import Guard
from toiya.core.schema import RunGuards

FACTS = (
    "id, seller_id, conversation_id, side, author_id, author_name, is_internal, said_at, waited_seconds, was_in_time"
)


class Migration(migrations.Migration):
    dependencies = [("conversations", "0003_inbound")]
    operations = [
        RunGuards(
            f"""
            DROP TRIGGER conversations_entry_append_only ON conversations_entry;
            CREATE TRIGGER conversations_entry_append_only BEFORE DELETE OR UPDATE OF {FACTS} ON conversations_entry
                FOR EACH ROW EXECUTE FUNCTION toiya_refuse_change();
            CREATE TRIGGER conversations_entry_words BEFORE UPDATE ON conversations_entry FOR EACH ROW
                WHEN (NEW.text <> '') EXECUTE FUNCTION toiya_refuse_change();
            """,
            """
            DROP TRIGGER conversations_entry_words ON conversations_entry;
            DROP TRIGGER conversations_entry_append_only ON conversations_entry;
            CREATE TRIGGER conversations_entry_append_only BEFORE UPDATE OR DELETE ON conversations_entry
                FOR EACH ROW EXECUTE FUNCTION toiya_refuse_change();
            """,
            (Guard("trigger", "conversations_entry", "conversations_entry_words"),),
        ),
    ]
