"""`./toiya test`: pytest on two processes, on our own PostgreSQL or on one of Debian's."""

import argparse
import os
import subprocess
import sys
from contextlib import nullcontext

from toiya.cli.postgres.scratch import debian_server
from toiya.config.places import ROOT


def run(arguments: list[str]) -> int:
    """Run the tests; what is not ours goes to pytest."""
    parser = argparse.ArgumentParser(prog="./toiya test", description="Run the tests. Other arguments go to pytest.")
    parser.add_argument("--server", metavar="VERSION", help="on Debian's PostgreSQL of this version, say 15")
    parser.add_argument("-n", dest="processes", default="2", help="processes at once (2); 0 for none but this")
    chosen, rest = parser.parse_known_args(arguments)
    with debian_server(chosen.server) if chosen.server else nullcontext() as url:
        environment = os.environ | ({"TOIYA_DATABASE_URL": url} if url else {})
        spread = [] if chosen.processes == "0" else ["-n", chosen.processes, "--dist", "loadgroup"]
        return subprocess.run(
            [sys.executable, "-m", "pytest", *spread, *rest], env=environment, cwd=ROOT, check=False
        ).returncode
