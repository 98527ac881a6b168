"""Letters in the tests: what was handed over to whom, after the worker did its jobs in this thread."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from toiya.core.errors import Outside
from toiya.domain.notifications import plugs
from toiya.domain.notifications.port import Mail, Sms

MOST = 60
_LINK = re.compile(r"https?://\S+")
_CODE = re.compile(r"\b\d{6}\b")


@dataclass
class Postman:
    """Takes what we send, or does as the script says: the next error is raised, None lets a letter pass."""

    mails: list[Mail] = field(default_factory=list)
    messages: list[Sms] = field(default_factory=list)
    script: list[Outside | Exception | None] = field(default_factory=list)
    calls: int = 0

    def send(self, mail: Mail) -> None:
        self._step()
        self.mails.append(mail)

    def send_sms(self, sms: Sms) -> None:
        self._step()
        self.messages.append(sms)

    def _step(self) -> None:
        self.calls += 1
        step = self.script.pop(0) if self.script else None
        if step is not None:
            raise step

    def to(self, address: str) -> list[Mail]:
        """The letters to one mailbox, in order."""
        return [mail for mail in self.mails if mail.recipient == address]

    def link(self, address: str) -> str:
        """The path of the first link in the newest letter to that mailbox."""
        return "/" + link_in(self.to(address)[-1].text).partition("://")[2].partition("/")[2]

    def code(self) -> str:
        """The code in the newest SMS, else in the newest letter."""
        return code_in(self.messages[-1].text if self.messages else self.mails[-1].text)


def link_in(text: str) -> str:
    """The first link of a text."""
    found = _LINK.search(text)
    assert found, text
    return found[0]


def code_in(text: str) -> str:
    """The six digits of a text."""
    found = _CODE.search(text)
    assert found, text
    return found[0]


@contextmanager
def a_postman() -> Iterator[Postman]:
    """In force instead of the installation's own doors."""
    before = dict(plugs._doors)
    postman = Postman()
    plugs.install(mailer=postman, sms_gateway=postman)
    yield postman
    plugs._doors.update(before)


def work_off() -> list[str]:
    """Run the jobs of the letters until none waits; other packages' jobs are dropped. Returns what ran."""
    ran: list[str] = []
    for _ in range(MOST):
        job = ProcrastinateJob.objects.filter(status="todo").order_by("pk").first()
        if job is None:
            return ran
        ProcrastinateJob.objects.filter(pk=job.pk).delete()
        if job.task_name.startswith("notifications."):
            app.tasks[job.task_name](**job.args)
            ran.append(job.task_name)
    raise AssertionError("the jobs wake each other for ever")
