"""Shared stock of the test world."""

from __future__ import annotations

from tests.catalog_world import a_share
from tests.world import NOON, WORLD, acting_for
from toiya.domain.catalog.actions.registering import set_seller_code
from toiya.domain.catalog.actions.sharing import answer_share
from toiya.domain.catalog.models import Sku
from toiya.domain.lending.actions.mirroring import mirror_skus
from toiya.domain.lending.models import Mirror
from toiya.domain.members.models import Seller
from toiya.domain.stock.models import Balance


def shared(sku: Sku, partner: Seller, code: str = "MINE") -> Mirror:
    """The SKU's item, shared with the partner, which gives its own SKU that code."""
    share = a_share(sku.item, partner)
    answer_share(share_code=share.code, is_accepted=True, actor=acting_for(partner), at=NOON)
    mirror = next(each for each in mirror_skus(share_id=share.pk, actor=WORLD, at=NOON) if each.source_id == sku.pk)
    if code:
        from_code(mirror.sku, code)
    return mirror


def from_code(sku: Sku, code: str) -> None:
    """The seller's own code for a SKU."""
    set_seller_code(sku_code=sku.code, seller_code=code, actor=WORLD, at=NOON)


def holds(sku: Sku) -> tuple[int, int]:
    """On hand and allocated, over all warehouses."""
    rows = Balance.objects.filter(sku=sku)
    return sum(row.on_hand for row in rows), sum(row.allocated for row in rows)
