"""The checks other programs do for us; the settings of all are in pyproject.toml."""

import os
import subprocess
import sys

from toiya.config.places import ROOT

TRACEBACK_LINES = 6  # the last ones say what is wrong


def formatting() -> list[str]:
    """Files that ruff would format differently."""
    return said_by("ruff", "format", "--check", "--quiet", "--output-format=concise", ".")


def lint() -> list[str]:
    """What ruff objects to."""
    return said_by("ruff", "check", "--quiet", "--output-format=concise", ".")


def types() -> list[str]:
    """What mypy objects to, strictly."""
    return said_by("mypy", "--no-error-summary", "--no-pretty")


def contracts() -> list[str]:
    """Imports that go up or across the floors of the house."""
    code = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    return said([sys.executable, "-c", code, "--no-logo"])


def migrations() -> list[str]:
    """Models that changed without a migration."""
    return said_by("toiya", "manage", "makemigrations", "--check", "--dry-run")


def sandbox_migrations() -> list[str]:
    """The same for the sandbox site, which has a database of its own."""
    command = [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"]
    return said(command, DJANGO_SETTINGS_MODULE="toiya.sandbox.settings")


def said_by(module: str, *arguments: str) -> list[str]:
    """What a program written in Python says when it is not content."""
    return said([sys.executable, "-m", module, *arguments])


def said(command: list[str], **variables: str) -> list[str]:
    """The lines of a program that ended with an error; none when it ended well."""
    environment = os.environ | {"NO_COLOR": "1", "COLUMNS": "200"} | variables
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return []
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    if "Traceback (most recent call last):" in lines:
        lines = lines[-TRACEBACK_LINES:]
    return lines or [f"{' '.join(command[1:])} ended with {done.returncode}"]
