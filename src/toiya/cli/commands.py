"""The table of all commands, and the one that calls them."""

import difflib
import importlib
import os
import sys
from dataclasses import dataclass
from typing import Protocol, cast

from toiya.cli import languages
from toiya.cli.trouble import Trouble


class Run(Protocol):
    """What a command is: it gets its arguments and returns its exit code."""

    def __call__(self, arguments: list[str]) -> int: ...


@dataclass(frozen=True)
class Command:
    """One word after ./toiya: where its code is (loaded only when it is called) and what it does."""

    module: str
    summary: str


COMMANDS = {
    "demo": Command("demo", "show the whole product: warehouse, sellers, a pretend sales site, orders on their way"),
    "serve": Command("serve", "serve the web pages"),
    "worker": Command("worker", "run the background jobs"),
    "simulate": Command("simulate", "play a whole day with an outage and kills, and count what came out"),
    "verify": Command("verify", "recompute everything from the ledgers and report each disagreement"),
    "import-orders": Command("import_orders", "take in an order file a seller downloaded from QSM"),
    "database": Command("database", "start, stop, show or delete our own database server"),
    "manage": Command("manage", "Django's own commands (migrate, shell, createsuperuser, ...)"),
    "test": Command("test", "run the tests (arguments go to pytest)"),
    "check": Command("check", "formatting, types, contracts, migrations, sizes, translations, features"),
    "bench": Command("bench", "measure orders per second against the bare database"),
    "features": Command("features", "which tests prove which row of the feature list"),
    "messages": Command("messages", "bring the translation files up to date with the sources"),
}


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code; alone, list them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toiya.config.settings")
    if not arguments or arguments[0] in {"help", "-h", "--help"}:
        print(listing())
        return 0
    name, rest = arguments[0], arguments[1:]
    if name not in COMMANDS:
        print(unknown(name), file=sys.stderr)
        return 2
    try:
        languages.compile_all()
        return load(COMMANDS[name])(rest)
    except Trouble as trouble:
        print(f"toiya {name}: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def load(command: Command) -> Run:
    """
    The command's function `run`.

    Loaded here and not above: most need Django's settings, and those a database that some start first.
    """
    return cast(Run, importlib.import_module(f"toiya.cli.{command.module}").run)


def listing() -> str:
    """All commands with what they do."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {command.summary}" for name, command in COMMANDS.items()]
    return "\n".join(["Usage: ./toiya COMMAND [arguments]", "", *lines, "", "./toiya COMMAND --help tells more."])


def unknown(name: str) -> str:
    """What to say to a word that is no command."""
    near = difflib.get_close_matches(name, COMMANDS, n=1)
    guess = f" Did you mean '{near[0]}'?" if near else " Run ./toiya alone for the list."
    return f"toiya: there is no command '{name}'.{guess}"
