"""Run the pretend sales site: ``python -m toiya.sandbox --port 8801``."""

import argparse
import os
import socket
import subprocess
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from granian import Granian
from granian.constants import Interfaces

HOST = "127.0.0.1"
USUAL_PORT = 8801
# Each slow or silent call of a fault switch occupies one thread while it waits.
THREADS = 24


def main(arguments: list[str]) -> int:
    """Bring the database file up to date, serve until SIGTERM or Ctrl-C, and say "ready" when listening."""
    parser = argparse.ArgumentParser(prog="python -m toiya.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=USUAL_PORT)
    parser.add_argument("--db", type=Path, help="the SQLite file; TOIYA_SANDBOX_DB says it too")
    chosen = parser.parse_args(arguments)
    if chosen.db is not None:
        os.environ["TOIYA_SANDBOX_DB"] = str(chosen.db.resolve())
    if _is_taken(chosen.port):
        sys.stderr.write(f"Port {chosen.port} of {HOST} is in use. Choose another one with --port.\n")
        return 1
    # Whoever starts this process may have settings of their own in the environment.
    os.environ["DJANGO_SETTINGS_MODULE"] = "toiya.sandbox.settings"
    django.setup()
    database_file = Path(str(settings.DATABASES["default"]["NAME"]))
    database_file.parent.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    subprocess.Popen([sys.executable, "-m", "toiya.sandbox.announcing", str(chosen.port)])  # its sign is for our reader
    _serve(chosen.port)
    return 0


def _is_taken(port: int) -> bool:
    """Tell whether somebody listens: the web server would share the port with them, each with its own data."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False


def _serve(port: int) -> None:
    server = Granian(
        "toiya.sandbox.wsgi:application",
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        log_enabled=False,
        workers_kill_timeout=5,
    )
    server.serve()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
