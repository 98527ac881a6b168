"""A database that is ready for the code: there, and every migration applied, by one process at a time."""

import os
from urllib.parse import urlsplit

import django
import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from toiya.cli.postgres.embedded import ensure
from toiya.cli.postgres.quick_states import quicken_migrations
from toiya.cli.trouble import Trouble

MIGRATION_LOCK = 7_106_417_201  # any number nobody else uses as an advisory lock of the same database


def prepare() -> str:
    """
    Start the server if it is ours, make and migrate the database, set Django up; return the address.

    Child processes find the address in TOIYA_DATABASE_URL.

    :raises Trouble: the server or the database cannot be had; says why
    """
    url = ensure()
    os.environ["TOIYA_DATABASE_URL"] = url
    make_database(url)
    django.setup()
    migrate(url)
    return url


def migrate(url: str) -> None:
    """Apply the missing migrations; others who want the same wait, and then find nothing to do."""
    quicken_migrations()
    with psycopg.connect(url, autocommit=True) as witness:
        witness.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()


def make_database(url: str) -> None:
    """
    Make the database of this address unless it is there.

    :raises Trouble: the server does not answer, or the role may not make databases
    """
    try:
        psycopg.connect(url, connect_timeout=10).close()
    except psycopg.OperationalError as reason:
        if "does not exist" not in str(reason):
            raise Trouble(f"The database does not answer at {shown(url)}: {str(reason).strip()}") from reason
    else:
        return
    parts = urlsplit(url)
    name = parts.path.lstrip("/")
    try:
        with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):  # somebody made it meanwhile
        return
    except psycopg.Error as reason:
        raise Trouble(
            f"The database {name} does not exist at {shown(url)} and could not be made: {reason}. "
            f"Let the server's administrator make it (createdb {name}), or change TOIYA_DATABASE_URL."
        ) from reason


def shown(url: str) -> str:
    """The address without its password."""
    parts = urlsplit(url)
    if parts.password is None:
        return url
    return url.replace(f":{parts.password}@", "@", 1)
