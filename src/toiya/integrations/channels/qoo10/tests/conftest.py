"""A recorded site and the plug that talks to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from toiya.integrations.channels.qoo10 import plug
from toiya.integrations.channels.qoo10.tests import recorded_site
from toiya.integrations.channels.qoo10.tests.recorded_site import RecordedSite

# The contract's asserts shall show their values like those of a test module.
for part in ("reading", "telling", "goods"):
    pytest.register_assert_rewrite(f"tests.contracts.channel_{part}")


@pytest.fixture
def site() -> Iterator[RecordedSite]:
    """A site with nothing prepared."""
    with recorded_site.serve() as running:
        yield running


@pytest.fixture
def qoo10(site: RecordedSite) -> plug.Qoo10:
    """The plug, pointed at the recorded site."""
    console = site.base.replace("service.qapi", "console")
    return plug.Qoo10(site.base, api_key="our-api-key", console_base=console)
