"""A site whose seller console hands sellers over, in the place of the Qoo10 plug."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from toiya.core import clock
from toiya.domain.channels import plugs
from toiya.domain.channels.tests.pretend_console import PretendConsole
from toiya.domain.channels.tests.pretend_site import PretendSite


@pytest.fixture
def console() -> Iterator[PretendConsole]:
    """The console; its clock is right."""
    before = dict(plugs.all_channels())
    pretend = PretendConsole(clock.now())
    plugs.install({"qoo10": PretendSite(clock.now(), joins=pretend)})
    yield pretend
    plugs.install(before)
