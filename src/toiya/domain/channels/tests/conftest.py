"""One pretend site in the place of the Qoo10 plug, and a shop on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.world import NOON, a_seller, a_shop
from toiya.domain.channels import plugs
from toiya.domain.channels.models import Connection
from toiya.domain.channels.tests.pretend_site import PretendSite


@pytest.fixture
def site() -> Iterator[PretendSite]:
    """The site; its clock stands at noon."""
    before = dict(plugs.all_channels())
    pretend = PretendSite(NOON)
    plugs.install({"qoo10": pretend})
    yield pretend
    plugs.install(before)


@pytest.fixture
def shop(db: None, site: PretendSite) -> Connection:
    """A shop connected an hour ago."""
    return a_shop(a_seller(), at=NOON - timedelta(hours=1))
