"""Where the demo keeps its own data: a database and a folder that never meet the real ones."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from toiya.cli.postgres.embedded import ensure
from toiya.cli.trouble import Trouble
from toiya.config.database import local_secret

SUFFIX = "_demo"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """
    One demo per checkout at a time; the system frees the lock when we die.

    :raises Trouble: another demo runs, or the folder belongs to somebody else
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("a")
    except PermissionError as reason:
        raise Trouble(
            f"{folder} cannot be written to: it belongs to another user. "
            "Start the demo as that user, or set TOIYA_VAR to a folder of your own."
        ) from reason
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as reason:
            raise Trouble(f"A demo runs already on {folder}. End it with Ctrl-C in its terminal.") from reason
        yield


def empty(folder: Path) -> None:
    """Forget the last demo's files; the lock that we hold stays."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != "lock":
            path.unlink()


def database_url(*, is_fresh: bool, suffix: str = SUFFIX) -> str:
    """
    The address of a database of its own, `…_demo` next to the real one; dropped first when it must be fresh.

    :raises Trouble: the server cannot be had, or does not let us drop it
    """
    real = urlsplit(ensure())
    name = real.path.lstrip("/") + suffix
    if is_fresh:
        try:
            with psycopg.connect(real._replace(path="/postgres").geturl(), autocommit=True) as server:
                server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        except psycopg.Error as reason:
            raise Trouble(f"The database {name} of the last demo cannot be dropped: {reason}") from reason
    return real._replace(path=f"/{name}").geturl()


def environment(folder: Path, url: str) -> dict[str, str]:
    """What we and our children need to be another Toiya than the real one."""
    return {
        "DJANGO_SETTINGS_MODULE": "toiya.config.settings",
        "TOIYA_DATABASE_URL": url,
        "TOIYA_VAR": str(folder),
        "TOIYA_SECRET_KEY": local_secret(folder, "secret-key", secrets.token_urlsafe),
        "TOIYA_FIELD_KEYS": local_secret(folder, "field-keys", lambda: "k1:" + secrets.token_hex(32)),
        "TOIYA_DEMO": "1",
        "PYTHONUNBUFFERED": "1",
    }


def python_path() -> str:
    """Our sources first, for children started without ./toiya."""
    return os.pathsep.join([str(Path(__file__).parents[3]), *filter(None, [os.environ.get("PYTHONPATH")])])
