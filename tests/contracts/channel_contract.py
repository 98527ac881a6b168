"""
What every channel's plug must do, against a pretend site of its kind over HTTP.

A plug's tests inherit from ChannelContract, name the class Test…, and give the two fixtures below. Every
test has a fresh shop; no database of ours is needed.
"""

from __future__ import annotations

import pytest

from tests.contracts.channel_goods import GoodsContract, KeysContract
from tests.contracts.channel_reading import ReadingContract
from tests.contracts.channel_site import PretendSite
from tests.contracts.channel_telling import TellingContract


class ChannelContract(ReadingContract, TellingContract, KeysContract, GoodsContract):
    """The whole contract."""

    @pytest.fixture
    def site(self) -> PretendSite:
        """A fresh shop."""
        raise NotImplementedError

    @pytest.fixture
    def other_site(self) -> PretendSite:
        """Another fresh shop on the same site."""
        raise NotImplementedError
