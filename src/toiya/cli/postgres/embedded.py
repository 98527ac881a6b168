"""The door to the database server: whoever needs it calls `ensure()` and gets its address."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from toiya.cli.postgres import place
from toiya.cli.postgres.cluster import Cluster
from toiya.cli.trouble import Trouble
from toiya.config import database
from toiya.config.places import VAR

ROLE = "toiya"  # owns the database and may make others (tests), but is no superuser


def ensure(var: Path = VAR) -> str:
    """
    The address of the database; our own server is made and started if it must be, and stays up afterwards.

    With TOIYA_DATABASE_URL set nothing is started. Two calls at once are fine: one works, one waits.

    :raises Trouble: the server cannot be made or started, or the given address is none; says why
    """
    given = os.environ.get("TOIYA_DATABASE_URL")
    if given:
        if not _is_address(given):
            raise Trouble(
                "TOIYA_DATABASE_URL is no address of a PostgreSQL database. "
                "Write it like postgresql://user:password@host:5432/database; "
                "signs such as / and @ in the password as %2F and %40."
            )
        return given
    with _alone(var):
        cluster = place.find(var)
        password = database.local_secret(var, "postgres.password", secrets.token_urlsafe)
        is_new = not cluster.exists()
        if is_new:
            cluster.create(password)
        was_down = cluster.process() is None
        port = cluster.start(preferred=_remembered_port(var))
        if was_down:
            make_role(port, password)
        return _remember(var, f"postgresql://{ROLE}:{password}@127.0.0.1:{port}/toiya")


def _is_address(url: str) -> bool:
    """Whether scheme, port and database are what we can use; nothing is asked of the server."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"postgresql", "postgres"} and parts.port != 0 and len(parts.path) > 1
    except ValueError:  # such as a port that is no number
        return False


def stop(var: Path = VAR) -> None:
    """Stop our own server; its data stays."""
    with _alone(var):
        place.find(var).stop()


def reset(var: Path = VAR) -> None:
    """Stop our own server and delete its data for good."""
    with _alone(var):
        cluster = place.find(var)
        cluster.stop("immediate")
        place.forget(var)


def find(var: Path = VAR) -> Cluster:
    """Our own server, whether it exists and runs or not."""
    return place.find(var)


def make_role(port: int, password: str) -> None:
    """Make the role our code signs in as, or give it this password."""
    address = f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"
    with psycopg.connect(address, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone()
        verb = "ALTER" if known else "CREATE"
        statement = sql.SQL(verb + " ROLE {} LOGIN CREATEDB PASSWORD {}")
        connection.execute(statement.format(sql.Identifier(ROLE), sql.Literal(password)))


@contextmanager
def _alone(var: Path) -> Iterator[None]:
    """Hold the lock of this installation's server; the system frees it when we die."""
    try:
        var.mkdir(parents=True, exist_ok=True)
        lock = (var / "postgres.lock").open("a")
    except PermissionError as reason:
        raise Trouble(
            f"{var} cannot be written to: it belongs to another user. "
            "Start toiya as that user, or set TOIYA_VAR to a folder of your own."
        ) from reason
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _remembered_port(var: Path) -> int | None:
    """The port of the last start."""
    try:
        return urlsplit((var / "postgres.url").read_text().strip()).port
    except (FileNotFoundError, ValueError):
        return None


def _remember(var: Path, url: str) -> str:
    """Write the address down for other programs, readable by the owner only, whole or not at all."""
    path = var / "postgres.url"
    if not path.exists() or path.read_text() != url:
        fresh = var / f"postgres.url.{os.getpid()}"
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(url)
        fresh.replace(path)
    return url
