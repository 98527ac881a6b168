"""A transfer and orders at the same pieces, and workers at one transfer: nothing goes twice."""

from __future__ import annotations

import pytest

from tests.books import findings
from tests.races.together import together
from tests.transfers_world import asked, collected
from tests.world import a_seller, a_sku, a_warehouse, an_order, judged, stock_of
from toiya.domain.stock.models import Balance
from toiya.domain.transfers.models import Transfer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.seed("L45")
@pytest.mark.usefixtures("transactional_db")
def test_pieces_go_to_the_transfer_or_to_orders_and_workers_collect_what_was_asked_for() -> None:
    seller, house, osaka = a_seller(), a_warehouse(), a_warehouse("OSK", "Osaka")
    tote = a_sku(seller)
    stock_of(tote, house, 5)
    orders = [an_order(seller, {"LT-NVM": 2}) for _ in range(2)]

    ends = together(
        [
            *[lambda: asked(tote, house, osaka, 3) for _ in range(2)],
            *[lambda each=each: judged(each) for each in orders],
        ]
    )
    assert ends.troubles == []
    transfers, balance = list(Transfer.objects.all()), Balance.objects.get()
    served = sum(order.status == "allocated" for order in judged(*orders))
    assert balance.allocated == 3 * len(transfers) + 2 * served <= 5
    assert findings() == []

    transfer = transfers[0] if transfers else asked(tote, house, osaka, 1)
    ends = together([lambda: collected(transfer, transfer.quantity) for _ in range(3)])
    transfer.refresh_from_db()
    assert (ends.troubles, len(ends.refusals), transfer.picked) == ([], 2, transfer.quantity)
    assert findings() == []
