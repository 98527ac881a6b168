"""Connecting a shop, its key, its switches and its health."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidTag

from tests.world import NOON, WORLD, a_seller, a_shop, acting_for
from toiya.core.errors import NotFound, Rejected, Unreachable
from toiya.core.models import EventRow
from toiya.domain.channels.actions.connecting import (
    ShopAlreadyConnected,
    Switches,
    access_to,
    record_test,
    renew_key,
    set_switches,
)
from toiya.domain.channels.models import Connection
from toiya.domain.channels.port import IssuedKey

pytestmark = pytest.mark.django_db


def names_of(shop: Connection) -> list[str]:
    return list(EventRow.objects.filter(subject=shop.code).order_by("pk").values_list("name", flat=True))


@pytest.mark.seed("A201")
def test_a_connected_shop_keeps_its_key_sealed(shop: Connection) -> None:
    assert shop.code.startswith("CON-")
    assert "a-key" not in shop.sealed_key
    assert access_to(shop).key == "a-key"
    assert "a-key" not in repr(access_to(shop))
    assert names_of(shop) == ["shop.connected"]


def test_a_key_moved_to_another_row_does_not_open(shop: Connection) -> None:
    other = a_shop(a_seller("Other"), shop_id="other")
    other.sealed_key = shop.sealed_key

    with pytest.raises(InvalidTag):
        access_to(other)


def test_a_shop_has_one_connection_and_we_do_not_say_whose(shop: Connection) -> None:
    other = a_seller("Other")

    with pytest.raises(ShopAlreadyConnected) as refusal:
        a_shop(other, shop_id=shop.shop_id)

    assert refusal.value.details == {"shop_id": "hanataba"}
    assert Connection.objects.count() == 1


def test_another_sellers_connection_does_not_exist_for_us(shop: Connection) -> None:
    stranger = acting_for(a_seller("Other"))

    with pytest.raises(NotFound):
        set_switches(connection_code=shop.code, switches=Switches(), actor=stranger, at=NOON)


def test_switches_are_kept(shop: Connection) -> None:
    set_switches(connection_code=shop.code, switches=Switches(is_confirming=False), actor=WORLD, at=NOON)

    shop.refresh_from_db()
    assert (shop.is_pulling, shop.is_confirming) == (True, False)


def test_a_refused_key_breaks_the_connection_once(shop: Connection) -> None:
    for minute in range(3):
        trouble = Rejected("key_expired", "-90005 Certification key expired")
        record_test(connection_id=shop.pk, trouble=trouble, actor=WORLD, at=NOON + timedelta(minutes=minute))

    shop.refresh_from_db()
    assert (shop.status, shop.problem, shop.failures) == ("broken", "key_expired", 3)
    assert shop.retry_at == NOON + timedelta(hours=1, minutes=2)
    assert names_of(shop) == ["shop.connected", "shop.broke"]


def test_a_dead_site_does_not_hide_a_refused_key(shop: Connection) -> None:
    record_test(connection_id=shop.pk, trouble=Rejected("key_expired"), actor=WORLD, at=NOON)
    record_test(connection_id=shop.pk, trouble=Unreachable("timeout"), actor=WORLD, at=NOON)

    shop.refresh_from_db()
    assert (shop.status, shop.problem) == ("broken", "key_expired")


@pytest.mark.seed("A212")
def test_a_new_key_mends_the_connection(shop: Connection) -> None:
    record_test(connection_id=shop.pk, trouble=Rejected("key_expired"), actor=WORLD, at=NOON)
    issued = IssuedKey("another-key", NOON + timedelta(days=365))

    renew_key(connection_code=shop.code, issued=issued, actor=WORLD, at=NOON)

    shop.refresh_from_db()
    assert (shop.status, shop.problem, shop.retry_at, shop.failures) == ("working", "", None, 0)
    assert access_to(shop).key == "another-key"
    assert names_of(shop) == ["shop.connected", "shop.broke", "shop.key_renewed", "shop.works"]
