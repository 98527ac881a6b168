"""A server in a scratch folder that vanishes with the caller: to try the code on another PostgreSQL."""

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from toiya.cli.postgres.account import account_for
from toiya.cli.postgres.cluster import Cluster
from toiya.cli.postgres.embedded import ROLE, make_role
from toiya.cli.trouble import Trouble

DEBIAN = Path("/usr/lib/postgresql")
# Nobody needs the data after a fall of the machine: nothing waits for the disk, and the log is as short as can be.
CARELESS = """
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
"""


@contextmanager
def debian_server(version: str) -> Iterator[str]:
    """
    The address of a fresh server of Debian's package, stopped and deleted afterwards.

    :raises Trouble: the package is not installed
    """
    programs = DEBIAN / version / "bin"
    if not (programs / "initdb").exists():
        raise Trouble(f"PostgreSQL {version} is not in {programs}. On Debian: apt-get install postgresql-{version}")
    with scratch_server(programs) as url:
        yield url


@contextmanager
def scratch_server(programs: Path) -> Iterator[str]:
    """The address of a fresh server of these programs, stopped and deleted afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="toiya-"))
    folder.chmod(0o711)  # the account that runs the server has to come through
    cluster = Cluster(programs=programs, data=folder / "postgres", account=account_for(folder / "postgres"))
    password = secrets.token_urlsafe()
    try:
        cluster.create(password)
        with (cluster.data / "postgresql.conf").open("a") as settings:
            settings.write(CARELESS)
        port = cluster.start()
        make_role(port, password)
        yield f"postgresql://{ROLE}:{password}@127.0.0.1:{port}/toiya"
    finally:
        cluster.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)
