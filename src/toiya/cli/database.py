"""`./toiya database`: our own database server, by hand."""

import argparse
import os
from urllib.parse import urlsplit

import psycopg

from toiya.cli.postgres import embedded
from toiya.cli.postgres.migrations import shown


def run(arguments: list[str]) -> int:
    """Start, stop, show or delete our own server."""
    parser = argparse.ArgumentParser(
        prog="./toiya database",
        description="Our own database server; not used when TOIYA_DATABASE_URL is set.",
    )
    parser.add_argument("action", choices=["status", "start", "stop", "reset"], help="reset deletes all data for good")
    parser.add_argument("--yes", action="store_true", help="delete without asking")
    chosen = parser.parse_args(arguments)
    if chosen.action == "start":
        embedded.ensure()
    elif chosen.action == "stop":
        embedded.stop()
    elif chosen.action == "reset":
        if not chosen.yes and not _is_sure():
            print("Nothing was deleted.")
            return 1
        embedded.reset()
        print("The database was deleted. The next command makes a new one.")
        return 0
    print(status())
    return 0


def _is_sure() -> bool:
    """Ask the person; nobody there to answer means no."""
    try:
        return input("Delete all orders, stock and money of this installation? Type yes: ") == "yes"
    except EOFError:
        print()
        return False


def status() -> str:
    """One line: where the database is and whether it answers."""
    given = os.environ.get("TOIYA_DATABASE_URL")
    if given:
        return f"{answer(given)} at {shown(given)} (TOIYA_DATABASE_URL)"
    cluster = embedded.find()
    if not cluster.exists():
        return f"not made yet; will be in {cluster.data}"
    if cluster.process() is None:
        return f"stopped; data in {cluster.data}"
    running = f"{answer(embedded.ensure())}; process {cluster.process()}, port {cluster.port()}"
    return f"{running}, data in {cluster.data}"


def answer(url: str) -> str:
    """What the server says of itself, or that it says nothing."""
    try:
        with psycopg.connect(urlsplit(url)._replace(path="/postgres").geturl(), connect_timeout=5) as connection:
            version = connection.info.server_version
    except psycopg.OperationalError:
        return "no answer"
    return f"running PostgreSQL {version // 10_000}.{version % 10_000}"
