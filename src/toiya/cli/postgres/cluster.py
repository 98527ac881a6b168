"""One PostgreSQL server on a folder of data: make it, start it, stop it, see whether it runs."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from toiya.cli.postgres.account import Account
from toiya.cli.trouble import Trouble

PORTS = range(20_000, 30_000)  # below the range from which outgoing connections take theirs
START_SECONDS = 60  # recovery after a kill reads the log since the last checkpoint
NO_PROCESS = 2_147_483_646  # above every system's highest process number
LOG_LIMIT = 16 * 1024 * 1024

SETTINGS = """\
# Written by toiya at every start; put your own settings into postgresql.conf below the include.
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
max_connections = 200
shared_buffers = {shared}MB
effective_cache_size = {cache}MB
work_mem = 8MB
maintenance_work_mem = 128MB
max_wal_size = 4GB
checkpoint_timeout = 15min
jit = off
# Parallel queries take shared memory that small containers lack, and our statements are short.
max_parallel_workers_per_gather = 0
max_parallel_maintenance_workers = 0
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %u@%d '
log_lock_waits = on
log_min_duration_statement = 500ms
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
"""


@dataclass(frozen=True)
class Cluster:
    """A server's programs, its data and the account that runs it."""

    programs: Path
    data: Path
    account: Account

    @property
    def log(self) -> Path:
        """Where the server writes what it has to say."""
        return self.data / "server.log"

    def exists(self) -> bool:
        """Whether the data was made; it appears whole or not at all."""
        return (self.data / "PG_VERSION").exists()

    def create(self, password: str) -> None:
        """
        Make the data, with checksums and one superuser `postgres` who signs in with the password.

        :raises Trouble: initdb did not end well
        """
        fresh = self.data.with_name(self.data.name + ".new")
        word = self.data.with_name(self.data.name + ".word")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700, parents=True)
        self.account.take(fresh)
        word.unlink(missing_ok=True)
        with os.fdopen(os.open(word, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(password)
        self.account.take(word)
        with tempfile.TemporaryFile("w+") as said:
            code = self.account.run(self._initdb(fresh, word), said)
            word.unlink()
            if code:
                said.seek(0)
                raise Trouble(f"The database could not be made in {fresh}; initdb says:\n{said.read()}")
        with (fresh / "postgresql.conf").open("a") as file:
            file.write("\ninclude_if_exists = 'toiya.conf'\n")
        fresh.rename(self.data)

    def start(self, preferred: int | None = None) -> int:
        """
        Start the server and wait until it answers, after a kill as well; return its port.

        :param preferred: the port it had before, kept when nobody else has taken it
        :raises Trouble: it does not start; with the last lines of its log
        """
        if self.process() is not None:
            return self._wait_until_ready()
        self._disown_reused_process()
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.rename(self.log.with_suffix(".old"))
        deadline = time.monotonic() + START_SECONDS
        while True:
            port = _free_port(preferred, self.data)
            self._write_settings(port)
            if self._pg_ctl("start", "-w", "-t", str(START_SECONDS), "-l", str(self.log)) == 0:
                return port
            # Sessions of a killed server need a moment to notice; a port may be taken between look and use.
            if not self._may_try_again() or time.monotonic() > deadline:
                raise Trouble(f"The database in {self.data} does not start:\n{self._last_words()}")
            time.sleep(0.5)

    def stop(self, mode: str = "fast") -> None:
        """Stop the server, if it runs, and wait; `immediate` leaves recovery to the next start."""
        if self.process() is not None:
            self._pg_ctl("stop", "-w", "-m", mode)

    def kill(self) -> None:
        """Stop the server at once without its programs, which may be gone; it recovers at its next start."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            process = self.process()
            if process is None:
                return
            os.kill(process, signal.SIGQUIT)
            time.sleep(0.2)

    def process(self) -> int | None:
        """The process number of the running server, None when it is down."""
        lines = self._pid_file()
        if len(lines) < 2 or Path(lines[1]) != self.data or not _runs_on(int(lines[0]), self.data):
            return None
        return int(lines[0])

    def port(self) -> int | None:
        """The port of the running server, None when it is down."""
        if self.process() is None:
            return None
        lines = self._pid_file()
        return int(lines[3]) if len(lines) >= 8 and lines[7].strip() == "ready" else None

    def _wait_until_ready(self) -> int:
        """The port of a server that runs or is just starting."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            port = self.port()
            if port is not None:
                return port
            time.sleep(0.1)
        raise Trouble(f"The database in {self.data} has been starting for {START_SECONDS} s:\n{self._last_words()}")

    def _initdb(self, folder: Path, word: Path) -> list[str | Path]:
        """The call of initdb; from 17 on the database sorts by itself, before it asks the C library."""
        # Debian's programs say "(Debian …)" after the number, so only the third word counts.
        shown = subprocess.run([self.programs / "initdb", "--version"], capture_output=True, text=True, check=True)
        is_modern = int(shown.stdout.split()[2].split(".")[0]) >= 17
        modern = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        return [
            *(self.programs / "initdb", "-D", folder, "-U", "postgres", f"--pwfile={word}"),
            *("--data-checksums", "--encoding=UTF8", "--auth=scram-sha-256"),
            *(modern if is_modern else ["--locale=C.UTF-8"]),
        ]

    def _pg_ctl(self, action: str, *options: str) -> int:
        """Run pg_ctl; its exit code."""
        return self.account.run([self.programs / "pg_ctl", action, "-D", self.data, *options])

    def _pid_file(self) -> list[str]:
        """The lines the server left in its folder: process, folder, start, port, …, …, …, status."""
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _disown_reused_process(self) -> None:
        """
        Let the server start though another program now bears the number of the killed one.

        The rest of the file stays: by it the server sees whether old sessions still hold the shared memory.
        """
        lines = self._pid_file()
        if not lines or _runs_on(int(lines[0]), self.data):
            return
        with contextlib.suppress(FileNotFoundError):
            (self.data / "postmaster.pid").write_text("\n".join([str(NO_PROCESS), *lines[1:]]) + "\n")

    def _write_settings(self, port: int) -> None:
        """Write toiya.conf for this machine and port."""
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // (1024 * 1024)
        text = SETTINGS.format(port=port, shared=min(max(memory // 8, 64), 1024), cache=max(memory // 2, 256))
        path = self.data / "toiya.conf"
        path.write_text(text)
        self.account.take(path)

    def _last_words(self) -> str:
        """The end of the server's log."""
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-12:])
        except OSError as reason:
            return str(reason)

    def _may_try_again(self) -> bool:
        """Whether the last failure is one that passes by itself."""
        words = self._last_words()
        return "Address already in use" in words or "shared memory block" in words


def _runs_on(process: int, data: Path) -> bool:
    """Whether that process is a PostgreSQL server on this folder."""
    if Path("/proc/self/cmdline").exists():
        try:
            command = Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return False
    else:
        shown = ["ps", "-ww", "-o", "command=", "-p", str(process)]
        command = subprocess.run(shown, capture_output=True, text=True, check=False).stdout
    return "postgres" in command and str(data) in command


def _free_port(preferred: int | None, data: Path) -> int:
    """The preferred port if free, else the first free one from a place that depends on the folder."""
    begin = sum(str(data).encode()) * 7
    candidates = [PORTS[(begin + step) % len(PORTS)] for step in range(200)]
    for port in [preferred, *candidates] if preferred else candidates:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise Trouble("No free port was found on 127.0.0.1 for the database. Set TOIYA_DATABASE_URL to a server.")
