"""Nothing in the repository tells of the machine it was written on, or of where packages come from."""

import re
from pathlib import Path

from toiya.cli.checks.sources import shown, tracked
from toiya.config.places import ROOT

ADDRESS = re.compile(r"[a-z+]+://", re.IGNORECASE)
OPTION = re.compile(r"--(?:extra-)?(?:index-url|find-links)[ =]+\S*://")


def findings() -> list[str]:
    """Requirements with addresses, and files that name this checkout's folder or this person's home."""
    found = []
    for path in tracked():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            found += [f"{shown(path)}:{number}: {reason}" for reason in reasons(path, line)]
    return found


def reasons(path: Path, line: str) -> list[str]:
    """What a line gives away."""
    found = []
    if path.name.startswith("requirements") and ADDRESS.search(line):
        found.append("an address in the requirements; names, versions and hashes suffice")
    if OPTION.search(line):
        found.append("the address of a package registry; leave it to each machine's configuration")
    found += [f"a path of this machine ({place})" for place in machine_paths() if place in line]
    return found


def machine_paths() -> list[str]:
    """Paths that exist only here; short ones such as /app could mean anything and are not looked for."""
    places = [ROOT] if len(ROOT.parts) > 2 else []
    places += [Path.home()] if Path.home() != Path("/") else []
    return [f"{place}/" for place in places]
