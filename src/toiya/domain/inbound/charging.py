"""What a delivery costs, priced with the cards of the day it was asked for, else with the warehouse's list prices."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from toiya.domain.inbound import queries, rules
from toiya.domain.inbound.rules import Asked
from toiya.domain.members.models import Seller
from toiya.domain.pricing.actions.charging import Quote, price
from toiya.domain.warehouses.models import Warehouse


def quote_of(seller: Seller, warehouse: Warehouse, asked: Asked, at: datetime, code: str = "") -> Quote:
    """The delivery's quote; `code` is the bundle's, empty while there is none (two statements)."""
    fees = queries.fees_of(warehouse.pk)
    on = at.astimezone(ZoneInfo(warehouse.time_zone)).date()
    entries = rules.fee_entries(fees, asked, subject=code, on=on, facts={"warehouse": warehouse.code})
    return price(seller=seller, warehouse=warehouse, entries=entries, on=on, currency=fees.currency)
