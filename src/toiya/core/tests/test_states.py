"""A status moves along its arrows or not at all."""

from __future__ import annotations

import pytest

from toiya.core.states import NoSuchStep
from toiya.domain.orders.models import Order


def test_an_arrow_is_followed() -> None:
    order = Order(code="ORD-1", status=Order.Status.RECEIVED)
    order.move_to(Order.Status.ALLOCATED)
    assert order.status == "allocated"


def test_a_step_without_an_arrow_is_refused_and_names_what_stands_and_what_was_wanted() -> None:
    order = Order(code="ORD-1", status=Order.Status.SHIPPED)
    with pytest.raises(NoSuchStep) as refusal:
        order.move_to(Order.Status.CANCELLED)
    assert order.status == "shipped"
    assert refusal.value.details == {"code": "ORD-1", "status": "In delivery", "wanted": "Cancelled"}
    assert (
        str(refusal.value)
        == 'ORD-1 is "In delivery", so it cannot become "Cancelled". Reload the page to see its state.'
    )


def test_standing_still_is_no_step() -> None:
    order = Order(code="ORD-1", status=Order.Status.WAITING)
    with pytest.raises(NoSuchStep):
        order.move_to(Order.Status.WAITING)


def test_a_status_that_nobody_knows_leads_nowhere() -> None:
    order = Order(code="ORD-1", status="lost")
    with pytest.raises(NoSuchStep):
        order.move_to(Order.Status.WAITING)
