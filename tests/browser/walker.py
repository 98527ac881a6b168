"""A person at a browser in one language, for journeys: finds things by name, reads sentences, counts hands' work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.utils import translation
from playwright.sync_api import Locator, Page, expect
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from toiya.core import clock

MOST_JOBS = 200


@dataclass(frozen=True, slots=True)
class Tongue:
    """One of our languages: what a browser asks for, how we name it, how the page names it."""

    locale: str
    code: str
    html: str

    def says(self, sentence: str, **named: object) -> str:
        """The sentence of our sources in this language."""
        with translation.override(self.code):
            return translation.gettext(sentence) % named if named else translation.gettext(sentence)


TONGUES = (
    Tongue("en-US", "en", "en"),
    Tongue("ja-JP", "ja", "ja"),
    Tongue("zh-CN", "zh-hans", "zh-Hans"),
    Tongue("ko-KR", "ko", "ko"),
)


class Walker:
    """Types, chooses and presses; every page it reads must be in its language."""

    def __init__(self, page: Page, address: str, tongue: Tongue) -> None:
        self.page, self.address, self.tongue = page, address, tongue
        self.typed = self.pressed = 0

    def at(self, page: Page) -> Walker:
        """The same person in another window."""
        return Walker(page, self.address, self.tongue)

    def go(self, path: str) -> None:
        """Type an address of ours."""
        self.page.goto(self.address + path)
        self.is_at_home()

    def arrives(self, path: str) -> None:
        """Wait until that page of ours is there."""
        self.page.wait_for_url(self.address + path)
        self.is_at_home()

    def is_at_home(self) -> None:
        """The page is in the person's language."""
        expect(self.page.locator("html")).to_have_attribute("lang", self.tongue.html)

    def reads(self, sentence: str, where: str = "main", **named: object) -> None:
        """The sentence stands there, in the person's language."""
        self.is_at_home()
        expect(self.page.locator(where).first).to_contain_text(self.tongue.says(sentence, **named))

    def sees(self, text: str, where: str = "main") -> None:
        """A code, a number or a name stands there; these have no language."""
        expect(self.page.locator(where).first).to_contain_text(text)

    def finds(self, selector: str) -> Locator:
        """What is there by that name."""
        return self.page.locator(selector)

    def types(self, **fields: str) -> None:
        """Fill these fields."""
        for name, text in fields.items():
            self.page.fill(f"[name={name}]", text)
            self.typed += 1

    def chooses(self, **fields: str) -> None:
        """Choose in these lists; two presses each."""
        for name, value in fields.items():
            self.page.select_option(f"select[name={name}]", value)
            self.pressed += 2

    def ticks(self, **fields: str) -> None:
        """Tick a box or a round button; '' where its name is enough."""
        for name, value in fields.items():
            self.page.check(f"[name={name}][value='{value}']" if value else f"[name={name}]")
            self.pressed += 1

    def hands_in(self, file: Path) -> None:
        """Choose a file for the certificate; two presses in the window of the system."""
        self.page.set_input_files("[name=certificates]", file)
        self.pressed += 2

    def presses(self, selector: str) -> None:
        """Click what is there by that name."""
        self.page.locator(selector).first.click()
        self.pressed += 1

    def signs_in(self, login: str, password: str, home: str = "/") -> None:
        """Through the door, to the page where one lands."""
        self.go("/sign-in/")
        self.types(email=login, password=password)
        self.presses("#enter")
        self.arrives(home)


def all_jobs_done() -> list[str]:
    """Run every job that is due in this thread, as the worker does, until none is left. Returns what ran."""
    ran: list[str] = []
    for _ in range(MOST_JOBS):
        due = clock.now() + timedelta(seconds=1)
        waiting = ProcrastinateJob.objects.filter(status="todo").exclude(scheduled_at__gt=due)
        job = waiting.order_by("pk").first()
        if job is None:
            return ran
        ProcrastinateJob.objects.filter(pk=job.pk).delete()
        app.tasks[job.task_name](**job.args)
        ran.append(job.task_name)
    raise AssertionError(f"the jobs wake each other for ever: {ran[-10:]}")
