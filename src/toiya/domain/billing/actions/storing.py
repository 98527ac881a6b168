"""Storage of a month is priced from the ledger of goods, once per seller, warehouse and month (A069-A071, A171)."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import Refusal
from toiya.domain.billing import gathering
from toiya.domain.billing.events import StorageCharged
from toiya.domain.billing.models import StorageMonth
from toiya.domain.billing.rules import months
from toiya.domain.members.models import Seller
from toiya.domain.pricing.actions.charging import price, write_charges
from toiya.domain.warehouses.models import Warehouse


class StorageRuns(Refusal):
    """The month still runs where the goods lie."""

    code = "storage_month_runs"
    message = gettext_lazy(
        "%(month)s is not over in %(warehouse)s. Charge its storage after the last day of the month."
    )


@transaction.atomic
def charge_storage(*, seller_id: int, warehouse_id: int, month: date, actor: Actor, at: datetime) -> StorageMonth:
    """
    Write the charges of one warehouse's month, in that warehouse's own calendar; what was charged before is returned.

    :raises StorageRuns: the month is not over there
    """
    seller = Seller.objects.filter(pk=seller_id).lock().get()
    warehouse = Warehouse.objects.get(pk=warehouse_id)
    known: StorageMonth | None = StorageMonth.objects.filter(seller=seller, warehouse=warehouse, month=month).first()

    if known is not None:
        return known
    if not months.is_over(month, at, ZoneInfo(warehouse.time_zone)):
        raise StorageRuns(warehouse=warehouse.name, month=f"{month:%Y-%m}")

    entries = gathering.entries_of(seller_id, warehouse, month)
    quote = price(seller=seller, warehouse=warehouse, entries=entries, on=months.last_day(month))
    (number,) = next_ids("billing_storagemonth_id_seq", 1)
    charged = StorageMonth.objects.create(
        pk=number,
        seller=seller,
        warehouse=warehouse,
        month=month,
        code=code_for("STO", number),
        skus=len({entry.subject for entry in entries}),
        total_minor=quote.total_minor,
        currency=quote.currency,
        at=at,
    )
    write_charges(seller_id=seller_id, source=charged.code, quote=quote, at=at)

    events.record(_told(charged), actor=actor, at=at)
    return charged


def _told(charged: StorageMonth) -> StorageCharged:
    return StorageCharged(
        seller_id=charged.seller_id,
        subject=charged.code,
        warehouse_id=charged.warehouse_id,
        month=f"{charged.month:%Y-%m}",
        currency=charged.currency,
        amount_minor=charged.total_minor,
    )
