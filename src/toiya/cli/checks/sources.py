"""Which files are ours: what git tracks or would track."""

import subprocess
from pathlib import Path

from toiya.config.places import ROOT


def tracked(*patterns: str, root: Path = ROOT) -> list[Path]:
    """
    The files under version control or new and not ignored, in order; without git, all files but hidden ones.

    :param patterns: names as for git, say `*.py`; none for all
    """
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        names = set(filter(None, listed.stdout.split("\0")))
        return sorted(path for name in names if (path := root / name).is_file())
    found = {path for pattern in patterns or ["*"] for path in root.rglob(pattern)}
    hidden = {path for path in found if any(part.startswith(".") for part in path.relative_to(root).parts)}
    return sorted(path for path in found - hidden if path.is_file() and "var" not in path.parts)


def shown(path: Path, root: Path = ROOT) -> str:
    """The path as people write it."""
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
