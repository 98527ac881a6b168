"""Which system account runs PostgreSQL, which refuses to run as root, and what that account can reach."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from toiya.cli.trouble import Trouble

STAND_INS = ("postgres", "nobody")
RUN_SECONDS = 120
ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C"}  # no PG… variable of the caller


@dataclass(frozen=True)
class Account:
    """The account that owns the data and runs the server."""

    uid: int
    gid: int

    @property
    def is_ours(self) -> bool:
        """True when we are that account already and need not change."""
        return self.uid == os.geteuid()

    def run(self, arguments: Sequence[str | Path], output: IO[str] | None = None) -> int:
        """
        Run a program as this account, wait and return its exit code.

        :param output: a file for what it says; a pipe would stay open in the server that pg_ctl leaves behind
        :raises subprocess.TimeoutExpired: after two minutes
        """
        return subprocess.run(
            [str(argument) for argument in arguments],
            stdin=subprocess.DEVNULL,
            stdout=output or subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            timeout=RUN_SECONDS,
            env=ENVIRONMENT,
            cwd="/",
            check=False,
            user=None if self.is_ours else self.uid,
            group=None if self.is_ours else self.gid,
            extra_groups=None if self.is_ours else [],
        ).returncode

    def may_execute(self, program: Path) -> bool:
        """Whether this account can run the program, with every folder and library on the way."""
        try:
            return self.run([program, "--version"]) == 0
        except OSError:
            return False

    def may_enter(self, folder: Path) -> bool:
        """Whether this account can go through the folder and everything above it."""
        return self.run(["/bin/sh", "-c", 'cd "$1"', "sh", folder]) == 0

    def take(self, path: Path) -> None:
        """Hand the file or folder over to this account."""
        if not self.is_ours:
            os.chown(path, self.uid, self.gid)


def account_for(data: Path) -> Account:
    """
    Our own account; for root the one that owns the data already, else `postgres`, else `nobody`.

    :raises Trouble: the data belongs to another ordinary user, or root finds no account to use
    """
    own = os.geteuid()
    try:
        found = data.stat()
    except FileNotFoundError:
        return Account(own, os.getegid()) if own else _stand_in()
    if own not in (0, found.st_uid):
        raise Trouble(
            f"The database in {data} belongs to another user (number {found.st_uid}). "
            "Start toiya as root or as that user, or set TOIYA_VAR to a folder of your own."
        )
    return Account(found.st_uid, found.st_gid) if found.st_uid else _stand_in()


def _stand_in() -> Account:
    """The account root lends to PostgreSQL."""
    for name in STAND_INS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise Trouble(
        "PostgreSQL refuses to run as root, and this machine has no account 'postgres' or 'nobody'. "
        "Make one (useradd --system postgres), or start toiya as an ordinary user."
    )
