"""What a bundle is made of changes while an order of it gets its stock: one of the two comes first, whole."""

from __future__ import annotations

from threading import Event

import pytest

from tests.books import findings
from tests.bundles_world import a_bundle, own_sku
from tests.races.together import Ends, together
from tests.world import NOON, WORLD, a_seller, a_warehouse, an_order, stock_of
from toiya.domain.allocation import rules, sql
from toiya.domain.allocation.actions.bundling import BundlePromised
from toiya.domain.allocation.actions.promising import allocate_orders
from toiya.domain.catalog.models import Sku
from toiya.domain.orders.models import Order

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def gift(transactional_db: None) -> Sku:
    seller, warehouse = a_seller(), a_warehouse()
    gift = a_bundle(seller, "GIFT", {"CUP": 2, "TIN": 1})
    for code in ("CUP", "TIN"):
        stock_of(own_sku(seller, code), warehouse, 9)
    return gift


def changed_while_deciding(gift: Sku, monkeypatch: pytest.MonkeyPatch) -> Ends:
    """The parts change between the moment the allocator read them and the moment it decides, if anything lets them."""
    order = an_order(gift.seller, {"GIFT": 1})
    has_read, has_changed, decide = Event(), Event(), rules.plan_promises

    def decide_late(*arguments: object) -> rules.Plan:
        has_read.set()
        has_changed.wait(timeout=2)
        return decide(*arguments)  # type: ignore[arg-type]

    def change() -> None:
        assert has_read.wait(timeout=30)
        a_bundle(gift.seller, "GIFT", {"CUP": 1})
        has_changed.set()

    monkeypatch.setattr(rules, "plan_promises", decide_late)
    return together(
        [
            lambda: allocate_orders(seller_id=gift.seller_id, order_ids=[order.pk], actor=WORLD, at=NOON),
            change,
        ]
    )


def test_a_bundle_does_not_change_under_a_promise_that_is_being_made(
    gift: Sku, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = changed_while_deciding(gift, monkeypatch)
    assert [type(refusal) for refusal in ends.refusals] == [BundlePromised]
    assert ends.troubles == []
    assert Order.objects.get().status == "allocated"
    assert findings() == []


def test_control_without_the_gate_an_order_is_promised_what_the_bundle_no_longer_is(
    gift: Sku, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql, "close_gate", lambda _seller_id: None)
    ends = changed_while_deciding(gift, monkeypatch)
    assert (ends.refusals, ends.troubles) == ([], [])
    assert findings("I04") != []
