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


JOIN_URL = "http://127.0.0.1:8000/join/qoo10/"


def assertion_of(shop: SandboxShop, **how: str) -> str:
    """What the console would post, for the browser's eyes only."""
    shop.control(f"shops/{shop.access.shop_id}", {"email": "minami@hanataba.example", "phone": "+81900000000"})
    raw: str = shop.control(f"shops/{shop.access.shop_id}/assertions", {"audience": JOIN_URL, **how})["assertion"]
    return raw


@pytest.mark.seed("A029", "A030")
def test_a_seller_joins_and_the_site_gives_the_key_and_switches_smart_inventory_on(shop: SandboxShop) -> None:
    raw, console = assertion_of(shop), shop.channel.joins
    assert console is not None
    told = console.verify_assertion(raw, JOIN_URL, shop.now())
    assert (told.shop_id, told.purpose, told.email) == (shop.access.shop_id, "join", "minami@hanataba.example")
    assert shop.control(f"shops/{shop.access.shop_id}")["uses_smart_inventory"] is False
    issued = console.issue_key_for(raw, told.shop_id, shop.now())
    shop.channel.test(ShopAccess(told.shop_id, issued.key), shop.now())
    assert console.issue_key_for(raw, told.shop_id, shop.now()) == issued
    assert shop.control(f"shops/{shop.access.shop_id}")["uses_smart_inventory"] is True


def test_the_sites_assertion_is_for_one_audience_and_one_shop(shop: SandboxShop, other_shop: SandboxShop) -> None:
    raw, console = assertion_of(shop, purpose="enter"), shop.channel.joins
    assert console is not None
    with pytest.raises(Rejected) as caught:
        console.verify_assertion(raw, "http://127.0.0.1:9999/join/qoo10/", shop.now())
    assert caught.value.code == "assertion_refused"
    with pytest.raises(Rejected) as caught:
        console.issue_key_for(raw, other_shop.access.shop_id, shop.now())
    assert caught.value.code == "other_shop"
    with pytest.raises(Rejected) as caught:
        console.issue_key_for("a.b.c", shop.access.shop_id, shop.now())
    assert caught.value.code == "grant_refused"
