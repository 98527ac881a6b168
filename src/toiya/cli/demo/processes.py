"""The demo's own processes: web, worker and the pretend site, started and ended by their number."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from toiya.cli.trouble import Trouble

STOP_SECONDS = 15.0
_LAST_LINES = 25
_PARENT_DIED = 1  # PR_SET_PDEATHSIG of Linux' prctl


class Child:
    """One process with its log; it ends with us, even when we are killed (on Linux)."""

    def __init__(self, name: str, arguments: list[str], environment: Mapping[str, str], log: Path) -> None:
        self.name = name
        self.log = log
        self._arguments, self._environment = arguments, dict(environment)
        self._process = self._begun("w")

    def _begun(self, mode: str) -> subprocess.Popen[bytes]:
        with self.log.open(mode) as output:
            return subprocess.Popen(
                [sys.executable, "-m", *self._arguments],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # a Ctrl-C is ours: we end the children, in order
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,
            )

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def check(self) -> None:
        """:raises Trouble: it ended"""
        code = self._process.poll()
        if code is not None:
            raise Trouble(f"The {self.name} ended by itself (code {code}). The end of {self.log}:\n{self.last_lines()}")

    def last_lines(self) -> str:
        """The end of its log."""
        lines = self.log.read_text(errors="replace").splitlines()[-_LAST_LINES:]
        return "\n".join(f"  | {line}" for line in lines) or "  | (empty)"

    def has_said(self, text: str) -> bool:
        """Whether its log holds this text."""
        return text in self.log.read_text(errors="replace")

    def kill_and_start(self) -> None:
        """SIGKILL to it and what it started, without a word before, and the same again; for rehearsals."""
        os.killpg(self._process.pid, signal.SIGKILL)  # its own session, so its own group
        self._process.wait()
        self._process = self._begun("a")

    def stop(self) -> None:
        """Ask it to end, and wait; kill it and what it started if it does not."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)  # its own session, so its own group
                self._process.wait()


class Family:
    """All children together."""

    def __init__(self, environment: Mapping[str, str], logs: Path) -> None:
        self._environment = environment
        self._logs = logs
        self._children: list[Child] = []

    def start(self, name: str, *arguments: str, **more: str) -> Child:
        """Start `python -m` with these arguments; `more` goes into its environment."""
        child = Child(name, list(arguments), {**self._environment, **more}, self._logs / f"{name}.log")
        self._children.append(child)
        return child

    def check(self) -> None:
        """:raises Trouble: one of them ended"""
        for child in self._children:
            child.check()

    def wait_for(self, what: str, is_there: Callable[[], bool], seconds: float, who: Child) -> None:
        """
        Wait until something is true.

        :raises Trouble: a child ended, or it took too long; shows the log of `who` should have done it
        """
        deadline = time.monotonic() + seconds
        while not is_there():
            self.check()
            if time.monotonic() > deadline:
                raise Trouble(
                    f"Waited {seconds:.0f} s in vain for {what}. The end of {who.log} ({who.name}):\n{who.last_lines()}"
                )
            time.sleep(0.05)

    def stop(self) -> None:
        """End all, the last one first."""
        while self._children:
            self._children.pop().stop()


def port_for(wanted: int) -> int:
    """The wanted port if it is free, else another free one."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise Trouble("There is no free port on 127.0.0.1. End some programs and start again.")


def _end_with_parent() -> None:
    """In the child, before its program: get SIGTERM when the parent dies."""
    ctypes.CDLL(None).prctl(_PARENT_DIED, signal.SIGTERM)
