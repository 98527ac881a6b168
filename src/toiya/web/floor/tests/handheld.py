"""A scanner that is signed in, over HTTP."""

from __future__ import annotations

import re
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.floor_world import PIN
from toiya.domain.members.models import Staff

CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


class Handheld:
    """A scanner that is signed in: what it sent, and what the screen then said."""

    def __init__(self, picker: Staff) -> None:
        self.client = Client()
        self.client.post(reverse("floor:sign-in"), {"badge": picker.badge, "pin": PIN})
        self.url = self.step = self.page = ""
        self.status = 0
        self.statements: list[str] = []

    def open(self, url: str) -> str:
        answer = self.client.get(url, follow=True)
        self.url = answer.request["PATH_INFO"]
        return self._read(answer.status_code, answer.content.decode())

    def send(self, scan_id: str = "", step: str = "", **fields: str) -> str:
        told = {"step": step or self.step, "scan_id": scan_id or str(uuid4()), **fields}
        with CaptureQueriesContext(connection) as asked:
            answer = self.client.post(self.url, told, headers={"X-Toiya-Floor": "1"})
        self.statements = [each["sql"] for each in asked if not each["sql"].startswith(CONTROL)]
        if answer.status_code == 302:
            return self.open(answer["Location"])
        return self._read(answer.status_code, answer.content.decode())

    def scan(self, scan: str, scan_id: str = "", step: str = "") -> str:
        return self.send(scan_id, step, scan=scan)

    def _read(self, status: int, page: str) -> str:
        self.status, self.page = status, page
        found = re.search(r'name="step" value="([^"]*)"', page)
        self.step = found.group(1) if found else ""
        return page

    @property
    def tone(self) -> str:
        found = re.search(r'data-tone="([a-z]*)"', self.page)
        return found.group(1) if found else ""
