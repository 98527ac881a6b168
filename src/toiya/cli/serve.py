"""`./toiya serve`: the web pages."""

import argparse
import importlib
import socket
from pathlib import Path

from django.conf import settings
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from toiya.cli.postgres.migrations import prepare
from toiya.cli.trouble import Trouble

STOP_SECONDS = 30


def run(arguments: list[str]) -> int:
    """Bring the database up to date and serve until SIGTERM or Ctrl-C."""
    parser = argparse.ArgumentParser(prog="./toiya serve", description="Serve the web pages.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8800, help="port to listen on (8800)")
    parser.add_argument("--workers", type=int, default=2, help="processes (2)")
    parser.add_argument("--threads", type=int, default=8, help="requests at once in each process (8)")
    chosen = parser.parse_args(arguments)
    require_free_port(chosen.host, chosen.port)
    prepare()
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # else every process warns that it is missing
    importlib.import_module("toiya.config.wsgi")  # a mistake in our code shows once, here, and not in each process
    server = Server(
        "toiya.config.wsgi:application",
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.WSGI,
        workers=chosen.workers,
        blocking_threads=chosen.threads,  # each holds one connection to the database
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels.error,
    )
    print(f"Toiya is at http://{chosen.host}:{chosen.port}/", flush=True)
    server.serve()
    return 0


def require_free_port(host: str, port: int) -> None:
    """
    Look first: the server shares a port instead of complaining.

    :raises Trouble: somebody listens there, or the address is not ours
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as reason:
            raise Trouble(f"{host}:{port} cannot be used ({reason.strerror}). Choose another with --port.") from reason
