"""The channel contract, against the pretend Qoo10 as a real process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.contracts.channel_contract import ChannelContract
from toiya.core.errors import Rejected
from toiya.domain.channels.port import ShopAccess
from toiya.integrations.channels.qoo10.tests import sandbox_site
from toiya.integrations.channels.qoo10.tests.sandbox_site import PASSWORD, SandboxShop

pytestmark = pytest.mark.processes


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The pretend site, started once."""
    with sandbox_site.running(tmp_path_factory.mktemp("sandbox") / "site.sqlite3") as running:
        yield running


@pytest.fixture
def shop(address: str) -> Iterator[SandboxShop]:
    """A fresh shop."""
    shop = SandboxShop(address)
    yield shop
    shop.close()


@pytest.fixture
def other_shop(address: str) -> Iterator[SandboxShop]:
    """Another fresh shop."""
    shop = SandboxShop(address)
    yield shop
    shop.close()


class TestQoo10(ChannelContract):
    """Qoo10 keeps the contract."""

    @pytest.fixture
    def site(self, shop: SandboxShop) -> SandboxShop:
        """A fresh shop."""
        return shop

    @pytest.fixture
    def other_site(self, other_shop: SandboxShop) -> SandboxShop:
        """Another fresh shop."""
        return other_shop


def test_id_and_password_give_a_working_key(shop: SandboxShop) -> None:
    issued = shop.channel.issue_key(shop.access.shop_id, f"password:{PASSWORD}", shop.now())
    shop.channel.test(ShopAccess(shop.access.shop_id, issued.key), shop.now())
    assert (issued.expires_at - shop.now()).days in {364, 365}


def test_a_wrong_password_gives_none(shop: SandboxShop) -> None:
    with pytest.raises(Rejected) as caught:
        shop.channel.issue_key(shop.access.shop_id, "password:guess", shop.now())
    assert caught.value.code == "login_refused"


def test_a_method_not_granted_is_told_as_such(shop: SandboxShop) -> None:
    shop.control(f"shops/{shop.access.shop_id}", {"not_granted": {"ShippingBasic.GetShippingInfo_v2": -90002}})
    with pytest.raises(Rejected) as caught:
        shop.channel.test(shop.access, shop.now())
    assert caught.value.code == "not_permitted"
