"""Somebody at our pages over HTTP: signs in, follows forms, and sends the same once more when no answer came."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import httpx

from toiya.cli.trouble import Trouble

LONGEST_SECONDS = 60.0
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Notes:
    """What all of them met: answers by status, sends repeated, and answers that must not be."""

    answers: Counter[int] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    repeats: int = 0
    lock: Lock = field(default_factory=Lock)

    def add(self, answer: httpx.Response) -> None:
        """Count an answer; one that says we broke is kept."""
        with self.lock:
            self.answers[answer.status_code] += 1
            if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
                self.broken.append(f"{answer.status_code} {answer.request.method} {answer.url.path}")

    def repeat(self) -> None:
        """Something is sent once more."""
        with self.lock:
            self.repeats += 1


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: the address it came from in the end, its status, its text."""

    path: str
    status: int
    text: str

    @property
    def is_good(self) -> bool:
        """Whether it was done."""
        return self.status == httpx.codes.OK

    def all_of(self, pattern: str) -> list[str]:
        """Every match of a pattern with one group, each once, in order."""
        return list(dict.fromkeys(re.findall(pattern, self.text)))


class Browser:
    """One person's browser. A session that ended is begun again by itself."""

    def __init__(self, address: str, notes: Notes, door: str, keys: Mapping[str, str]) -> None:
        """:param door: where it signs in, with the fields `keys`"""
        self._http = httpx.Client(base_url=address, timeout=20, trust_env=False, follow_redirects=True)
        if door.startswith("/floor/"):
            self._http.headers["X-Toiya-Floor"] = "1"  # as the floor's script says it: only the step comes back
        self._notes, self._door, self._keys = notes, door, keys
        self._token = ""
        self.sign_in()

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def sign_in(self) -> None:
        """:raises Trouble: the door does not let us in"""
        self._answered(lambda: self._http.get(self._door))
        came = self._answered(lambda: self._posted(self._door, dict(self._keys), None))
        if not came.is_good or came.path == self._door:
            raise Trouble(f"{self._door} let {next(iter(self._keys.values()))} not in (HTTP {came.status}).")

    def get(self, path: str) -> Page:
        """Look at a page."""
        page = self._answered(lambda: self._http.get(path))
        if self._is_out(page, path):
            self.sign_in()
            page = self._answered(lambda: self._http.get(path))
        return page

    def post(self, path: str, fields: Mapping[str, Any], files: Mapping[str, Any] | None = None) -> Page:
        """Send a form."""
        page = self._answered(lambda: self._posted(path, fields, files))
        if self._is_out(page, path):
            self.sign_in()
            page = self._answered(lambda: self._posted(path, fields, files))
        return page

    def bytes_of(self, path: str) -> bytes:
        """Download something."""
        answer = self._http.get(path)
        self._notes.add(answer)
        return answer.content

    def _is_out(self, page: Page, path: str) -> bool:
        return page.path == self._door and path != self._door

    def _posted(self, path: str, fields: Mapping[str, Any], files: Mapping[str, Any] | None) -> httpx.Response:
        headers = {"X-CSRFToken": self._token, "Referer": f"{self._http.base_url}{path.lstrip('/')}"}
        return self._http.post(path, data=dict(fields), files=files, headers=headers)

    def _answered(self, call: Callable[[], httpx.Response]) -> Page:
        """The answer; the same sent again while nobody answers, because a process was killed."""
        deadline = time.monotonic() + LONGEST_SECONDS
        while True:
            try:
                answer = call()
            except httpx.TransportError as reason:
                self._notes.repeat()
                if time.monotonic() > deadline:
                    raise Trouble(f"The pages did not come back: {reason}") from reason
                time.sleep(0.2)
                continue
            self._notes.add(answer)
            if token := _TOKEN.search(answer.text):
                self._token = token[1]
            return Page(answer.url.path, answer.status_code, answer.text)
