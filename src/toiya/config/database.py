"""Where the database is: any server by TOIYA_DATABASE_URL, else our own under var/."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# Constant SQL text is prepared after a few runs; arrays go as one parameter (performance.md 5.3).
OPTIONS: dict[str, Any] = {"server_side_binding": True, "prepare_threshold": 3}


def local_secret(var: Path, name: str, make: Callable[[], str]) -> str:
    """A secret made once per installation and kept, readable by the owner only, under `var`."""
    path = var / name
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path.with_suffix(f".{os.getpid()}"), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(make())
        try:
            os.link(path.with_suffix(f".{os.getpid()}"), path)
        except FileExistsError:
            pass
        finally:
            path.with_suffix(f".{os.getpid()}").unlink()
        return path.read_text().strip()


def configuration(var: Path) -> dict[str, Any]:
    """The DATABASES entry: from TOIYA_DATABASE_URL, else from the address our own server wrote down."""
    url = os.environ.get("TOIYA_DATABASE_URL") or _own_address(var)
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", None) or parts.hostname or ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": OPTIONS | query,
    }


def _own_address(var: Path) -> str:
    """The address in var/postgres.url; before the first start a placeholder that refuses to connect."""
    try:
        return (var / "postgres.url").read_text().strip()
    except FileNotFoundError:
        return "postgresql://toiya@127.0.0.1:1/toiya"
