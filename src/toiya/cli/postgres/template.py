"""One migrated database per state of the migrations, that test runs copy: migrating takes far longer than copying."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from toiya.config.places import ROOT

KEPT = 4  # templates on one server: those of the last states that were tested
LOCK = 7_106_417_202  # any number nobody else uses as an advisory lock of the same database
OLD = "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid DESC OFFSET %s"


def ensure(url: str, prefix: str) -> str:
    """
    The name of a database with every migration applied and nobody in it; made unless it is there.

    Two runs at once are fine: one makes it, the other waits. Templates of older states go.
    """
    name = f"{prefix}_{_state()}"
    parts = urlsplit(url)
    with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone()
        if found is None:
            making = f"{name}_making"
            connection.execute(_named("DROP DATABASE IF EXISTS {} WITH (FORCE)", making))
            connection.execute(_named("CREATE DATABASE {}", making))
            _migrate(parts._replace(path=f"/{making}").geturl())
            connection.execute(_named("ALTER DATABASE {} RENAME TO {}", making, name))
            connection.execute(_named("ALTER DATABASE {} WITH ALLOW_CONNECTIONS false", name))
            for (old,) in connection.execute(OLD, [f"{prefix}_%", KEPT]).fetchall():
                connection.execute(_named("DROP DATABASE IF EXISTS {} WITH (FORCE)", old))
    return name


def _state() -> str:
    """A mark of what a migrated database looks like: every migration of ours, every package's version."""
    mark = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for path in sorted((ROOT / "src").glob("**/migrations/*.py")):
        mark.update(_inside(path).encode() + path.read_bytes())
    return mark.hexdigest()[:12]


def _inside(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _migrate(url: str) -> None:
    command = [sys.executable, "-m", "toiya", "manage", "migrate", "--verbosity", "0"]
    subprocess.run(command, env=os.environ | {"TOIYA_DATABASE_URL": url}, cwd=ROOT, check=True)


def _named(statement: str, *names: str) -> sql.Composed:
    return sql.SQL(statement).format(*(sql.Identifier(name) for name in names))
