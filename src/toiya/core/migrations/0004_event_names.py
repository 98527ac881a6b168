"""Events stay as they are, but for the name of a person who was erased: it may become their number, once and for all."""

from django.db import migrations, models

from toiya.core.checks import Guard
from toiya.core.models import AUDITED
from toiya.core.schema import RunGuards

FACTS = "id, name, seller_id, subject, at, actor_kind, actor_id, data"


class Migration(migrations.Migration):
    dependencies = [("core", "0003_limitrow")]
    operations = [
        RunGuards(
            f"""
            DROP TRIGGER core_event_append_only ON core_event;
            CREATE TRIGGER core_event_append_only BEFORE DELETE OR UPDATE OF {FACTS} ON core_event
                FOR EACH ROW EXECUTE FUNCTION toiya_refuse_change();
            CREATE TRIGGER core_event_names BEFORE UPDATE ON core_event FOR EACH ROW
                WHEN (OLD.actor_kind <> 'person' OR NEW.actor_name <> 'USR-' || OLD.actor_id)
                EXECUTE FUNCTION toiya_refuse_change();
            """,
            """
            DROP TRIGGER core_event_names ON core_event;
            DROP TRIGGER core_event_append_only ON core_event;
            CREATE TRIGGER core_event_append_only BEFORE UPDATE OR DELETE ON core_event
                FOR EACH ROW EXECUTE FUNCTION toiya_refuse_change();
            """,
            (Guard("trigger", "core_event", "core_event_names"),),
        ),
        migrations.AddIndex(
            model_name="eventrow",
            index=models.Index(fields=["seller_id", "id"], name="core_event_audit", condition=AUDITED),
        ),
    ]
