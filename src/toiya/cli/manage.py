"""`./toiya manage`: Django's management commands on our database."""

import os

from django.core.management import execute_from_command_line

from toiya.cli.postgres.embedded import ensure
from toiya.cli.postgres.migrations import make_database
from toiya.cli.postgres.quick_states import quicken_migrations


def run(arguments: list[str]) -> int:
    """Pass the arguments on to Django; the database is there, migrated or not."""
    os.environ["TOIYA_DATABASE_URL"] = ensure()
    make_database(os.environ["TOIYA_DATABASE_URL"])
    quicken_migrations()
    execute_from_command_line(["./toiya manage", *arguments])
    return 0
