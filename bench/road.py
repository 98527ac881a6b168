"""The same stages through Toiya's own actions: events, jobs and ledger lines included."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from django.db import connection, transaction

from bench import workload
from bench.workload import PRICE, SKUS, Wanted
from toiya.core.actor import system_actor
from toiya.core.copying import planned_anew
from toiya.core.money import Money
from toiya.domain.allocation.actions.promising import allocate_orders
from toiya.domain.carriers.models import Service
from toiya.domain.catalog.actions.registering import NewSku, register_item
from toiya.domain.catalog.models import Sku
from toiya.domain.members.actions.joining import register_seller
from toiya.domain.members.models import Seller
from toiya.domain.orders.actions.placing import place_orders
from toiya.domain.orders.rules import AddressDraft, LineDraft, OrderDraft
from toiya.domain.outbound.actions.shipping import ship_parcels
from toiya.domain.stock.actions.goods import Arrival, receive_stock
from toiya.domain.wallet.actions import ledger as wallet
from toiya.domain.wallet.actions.payments import top_up_wallet
from toiya.domain.wallet.sql import Purse
from toiya.domain.warehouses.actions.setting_up import Building, NewBin, open_warehouse
from toiya.domain.warehouses.models import Bin, Warehouse
from toiya.domain.warehouses.queries import staging_bin

ACTOR = system_actor("bench")
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
ADDRESS = AddressDraft("田中 みなみ", "090-1234-5678", "273-0017", "千葉県船橋市西浦1-2-3", "みなとハイツ201")
FEE = 385


def prepare(clients: int) -> None:
    """One warehouse; a seller with 1,000 SKUs, ample stock and a full wallet for each client."""
    for number in range(clients):
        warehouse = Warehouse.objects.first() or open_warehouse(
            building=Building("BENCH", "Bench", "273-0017", "千葉県船橋市", "047-000-0000"),
            bins=[NewBin("OUT-1", Bin.Kind.STAGING, "", 0)],
        )
        seller = register_seller(name=f"Client {number}", currency="JPY", language="en", actor=ACTOR, at=AT)
        options = [NewSku(str(place), f"W-{place}", weight_g=100) for place in range(1, SKUS + 1)]
        register_item(seller_id=seller.pk, name="Tea", options=options, actor=ACTOR, at=AT)
        bin_id = staging_bin(warehouse.pk).pk
        arrivals = [Arrival(sku.pk, bin_id, 1_000_000) for sku in Sku.objects.filter(seller=seller)]
        receive_stock(
            seller_id=seller.pk, warehouse_id=warehouse.pk, arrivals=arrivals, source="BENCH", actor=ACTOR, at=AT
        )
        top_up_wallet(seller=seller, amount=Money(10**12, "JPY"), reference="BENCH", actor=ACTOR, at=AT)
    Service.objects.get_or_create(
        code="bench",
        defaults={
            "carrier": "test_carrier",
            "name": "Bench",
            "site_name": "Bench",
            "max_weight_g": 1000,
            "price_minor": FEE,
        },
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def ship_before(clients: int) -> None:
    """
    Give each client 2,000 orders that left before, and let the planner see them: a house that runs has a past.

    On empty tables it would choose ways that nobody meets after the first minutes.
    """
    for client in range(clients):
        road = Road(client)
        for number in range(2):
            orders = list(workload.orders(1000, number))
            road.ingest(road.drafts(orders, [f"before-{number}-{place}" for place in range(len(orders))]))
            ids = road.placed_ids()
            road.allocate(ids)
            road.ship(road.pack(ids))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def keep_waiting(clients: int, orders: int) -> None:
    """Give each client so many orders that wait for stock: what is measured beside them must cost the same."""
    with connection.cursor() as cursor:
        for client in range(clients if orders else 0):
            seller = Seller.objects.get(name=f"Client {client}")
            cursor.execute(_WAITING, {"seller": seller.pk, "orders": orders, "at": AT})
        cursor.execute("ANALYZE")


class Road:
    """One client of Toiya: one seller's orders."""

    def __init__(self, client: int) -> None:
        self.seller: Seller = Seller.objects.get(name=f"Client {client}")

    def drafts(self, orders: Sequence[Wanted], names: Sequence[str]) -> list[OrderDraft]:
        """The orders as a site or file gives them."""
        return [self._draft(name, order) for name, order in zip(names, orders, strict=True)]

    def ingest(self, drafts: Sequence[OrderDraft]) -> None:
        """Place a set of orders."""
        placed = place_orders(seller_id=self.seller.pk, drafts=drafts, actor=ACTOR, at=AT)
        self.codes = list(placed.codes.values())

    def placed_ids(self) -> list[int]:
        """The ids of the last set placed."""
        with connection.cursor() as cursor, planned_anew():
            cursor.execute("SELECT id FROM orders_order WHERE code = ANY(%s::text[]) ORDER BY id", [self.codes])
            return [row[0] for row in cursor.fetchall()]

    def allocate(self, ids: Sequence[int]) -> None:
        """Promise stock to a set of orders."""
        allocate_orders(seller_id=self.seller.pk, order_ids=ids, actor=ACTOR, at=AT)

    def ship(self, codes: Sequence[str]) -> None:
        """Ship a set of parcels."""
        ship_parcels(seller_id=self.seller.pk, parcel_codes=codes, actor=ACTOR, at=AT)

    def pack(self, ids: Sequence[int]) -> list[str]:
        """Bring allocated orders to labelled parcels, set-wise, as the floor would have; not measured."""
        with transaction.atomic(), connection.cursor() as cursor, planned_anew():
            cursor.execute(_PARCELS, {"seller": self.seller.pk, "ids": list(ids), "at": AT})
            codes = [row[0] for row in cursor.fetchall()]
            wallet.reserve(Purse(self.seller.pk, "JPY", ACTOR.name, AT), dict.fromkeys(codes, FEE))
            cursor.execute(_FINISH, {"seller": self.seller.pk, "ids": list(ids), "codes": codes, "at": AT})
        return codes

    @staticmethod
    def _draft(name: str, order: Wanted) -> OrderDraft:
        lines = tuple(
            LineDraft(f"{name}-{place}", "Tea", "", f"W-{sku}", "", pieces, PRICE)
            for place, (sku, pieces) in enumerate(order)
        )
        return OrderDraft(
            "qoo10", "CON-BENCH", name, lines, ADDRESS, total_minor=sum(p * PRICE for _, p in order), paid_at=AT
        )


_WAITING = """
WITH placed AS (
    INSERT INTO orders_order (seller_id, code, channel, shop_code, external_id, status, waiting_reason, currency,
                              total_minor, note, paid_at, placed_at)
    SELECT %(seller)s, 'WAITS-' || %(seller)s || '-' || n, 'qoo10', 'CON-BENCH', 'waits-' || n, 'waiting',
           'not_enough_stock', 'JPY', 0, '', %(at)s, %(at)s
    FROM generate_series(1, %(orders)s) n RETURNING id
), open AS (
    INSERT INTO orders_openorder (seller_id, order_id) SELECT %(seller)s, id FROM placed
), lines AS (
    INSERT INTO orders_line (seller_id, order_id, external_id, title, option, item_code, option_code, sku_id, quantity,
                             unit_price_minor, is_cancelled)
    SELECT %(seller)s, p.id, '', 'Tea', '', '', '', (SELECT min(id) FROM catalog_sku WHERE seller_id = %(seller)s),
           2000000, 0, false
    FROM placed p RETURNING id, order_id
)
INSERT INTO allocation_waitreason (line_id, seller_id, order_id, code, details, since)
SELECT id, %(seller)s, order_id, 'not_enough_stock', '{}', %(at)s FROM lines
"""
_PARCELS = """
INSERT INTO outbound_parcel (seller_id, code, order_id, warehouse_id, status, service_id, weight_g, packed_by,
                             opened_at, sealed_at)
SELECT %(seller)s, 'P-' || a.order_id, a.order_id, min(a.warehouse_id), 'labelled',
       (SELECT id FROM carriers_service WHERE code = 'bench'), 100, 'bench', %(at)s, %(at)s
FROM unnest(%(ids)s::bigint[]) k (id), LATERAL (
    SELECT * FROM allocation_allocation WHERE order_id = k.id OFFSET 0
) a GROUP BY a.order_id ORDER BY a.order_id
RETURNING code
"""
_FINISH = """
WITH parcels AS MATERIALIZED (
    SELECT p.* FROM unnest(%(codes)s::text[]) k (code), LATERAL (
        SELECT * FROM outbound_parcel WHERE code = k.code LIMIT 1
    ) p
), contents AS (
    INSERT INTO outbound_content (seller_id, parcel_id, order_id, line_id, sku_id, bin_id, lot, quantity)
    SELECT a.seller_id, p.id, a.order_id, a.line_id, a.sku_id,
           (SELECT id FROM warehouses_bin WHERE kind = 'staging' LIMIT 1), '', a.quantity
    FROM parcels p, LATERAL (SELECT * FROM allocation_allocation WHERE order_id = p.order_id OFFSET 0) a
), labels AS (
    INSERT INTO carriers_label (seller_id, reference, service_id, carrier, status, attempt, tracking_number, shipment,
                                document, problem, wanted_at, next_try_at, bought_at)
    SELECT p.seller_id, p.code, p.service_id, 'test_carrier', 'bought', 1, '9' || p.id, '{}', '', '', %(at)s,
           %(at)s, %(at)s
    FROM parcels p
    RETURNING id, reference
), orders AS (
    UPDATE orders_order SET status = 'ready' WHERE id = ANY(%(ids)s::bigint[])
)
UPDATE outbound_parcel p SET label_id = l.id, reservation_id = r.id
FROM labels l, LATERAL (
    SELECT id FROM wallet_reservation WHERE source = l.reference AND seller_id = %(seller)s LIMIT 1
) r
WHERE p.code = l.reference
"""
