"""`./toiya bench`: orders per second of our actions and of the bare limit, in a database of its own."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from toiya.cli.postgres import embedded, rehearsal, template
from toiya.config.places import ROOT

NAME = "toiya_bench"


def run(arguments: list[str]) -> int:
    """Measure in a fresh database on the same server, and drop it afterwards."""
    url = urlsplit(embedded.ensure())
    migrated = template.ensure(url.geturl(), rehearsal.prefix_of_templates())  # copying is quicker than migrating
    own = url._replace(path=f"/{NAME}").geturl()
    with psycopg.connect(url._replace(path="/postgres").geturl(), autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {NAME}")
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        server.execute(copy.format(sql.Identifier(NAME), sql.Identifier(migrated)))
        try:
            environment = os.environ | {
                "TOIYA_DATABASE_URL": own,
                "TOIYA_BENCH_DSN": own,
                "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            }
            bench = [sys.executable, "-m", "bench", *arguments]
            return subprocess.run(bench, env=environment, cwd=ROOT, check=False).returncode
        finally:
            # Not by force: ours are gone, and the server's own cleaner, which steps aside, may not be forced.
            server.execute(f"DROP DATABASE IF EXISTS {NAME}")
