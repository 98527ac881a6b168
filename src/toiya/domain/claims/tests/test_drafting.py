"""Claims that file themselves: what carriers and counts tell becomes a draft, once (D-10)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.books import findings
from tests.claims_world import a_gone_parcel, a_priced_sku, damaged, scanned
from tests.stock_world import spot_of
from tests.world import NOON, WORLD, a_seller, a_warehouse, stock_of
from toiya.core import clock
from toiya.domain.carriers.actions.journeys import suspect_loss
from toiya.domain.claims.actions.drafting import follow_note, follow_parcel
from toiya.domain.claims.jobs import follow_label, follow_stock, sweep
from toiya.domain.claims.models import Claim
from toiya.domain.claims.queries import notes_to_claim
from toiya.domain.members.models import Seller
from toiya.domain.outbound.models import Parcel
from toiya.domain.stock.actions.goods import correct
from toiya.domain.stock.actions.reasons import Why
from toiya.domain.stock.models import StockNote
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def house() -> Warehouse:
    return a_warehouse()


def _suspected(parcel: Parcel) -> None:
    suspect_loss(label_id=parcel.label_id or 0, days=5, actor=WORLD, at=NOON + timedelta(days=6))


@pytest.mark.seed("L24")
def test_a_parcel_nobody_scanned_is_claimed_once_and_dropped_when_it_is_seen(seller: Seller, house: Warehouse) -> None:
    parcel = a_gone_parcel(seller, house)
    follow_label(parcel.label_id or 0)
    assert Claim.objects.count() == 0

    _suspected(parcel)
    for _ in range(2):
        follow_label(parcel.label_id or 0)
        sweep(0)
    claim = Claim.objects.get()
    assert (claim.kind, claim.status, claim.is_by_machine, claim.opened_by) == (
        "carrier_loss",
        "drafted",
        True,
        "claims",
    )
    assert claim.most_minor == 2_000

    scanned(parcel, "moving")
    for _ in range(2):
        sweep(0)
    claim.refresh_from_db()
    assert (claim.status, claim.ground, claim.decided_by) == ("declined", "came_to_light", "claims")
    assert findings() == []


@pytest.mark.parametrize(
    ("states", "kind"),
    [
        (["inquiry"], "carrier_loss"),
        (["moving", "returned"], "carrier_damage"),
        (["attempted", "kept", "returned"], None),  # its receiver did not take it
        (["delivered"], None),
    ],
)
def test_the_carriers_word_says_what_is_claimed(
    seller: Seller, house: Warehouse, states: list[str], kind: str | None
) -> None:
    parcel = a_gone_parcel(seller, house)
    for hour, state in enumerate(states, start=10):
        scanned(parcel, state, f"2026/11/21 {hour}:00")
    claim = follow_parcel(parcel_id=parcel.pk, actor=WORLD, at=NOON)
    assert (claim.kind if claim else None) == kind
    follow_parcel(parcel_id=parcel.pk, actor=WORLD, at=NOON)
    assert Claim.objects.count() == (1 if kind else 0)


@pytest.mark.seed("A067", "L24")
def test_what_was_set_aside_as_damaged_or_counted_fewer_is_drafted_against_the_warehouse(
    seller: Seller, house: Warehouse
) -> None:
    sku = a_priced_sku(seller, 700)
    stock_of(sku, house, 10)
    damaged(sku, house, 2)
    correct(spot=spot_of(sku, house), difference=-3, why=Why("counted", "CNT"), actor=WORLD, at=NOON)
    correct(spot=spot_of(sku, house), difference=1, why=Why("found"), actor=WORLD, at=NOON)

    notes = notes_to_claim(seller.pk, NOON - timedelta(days=1))
    assert len(notes) == 2
    for _ in range(2):
        for note_id in StockNote.objects.values_list("pk", flat=True):
            follow_note(note_id=note_id, actor=WORLD, at=NOON)
    found = Claim.objects.order_by("pk").values_list("kind", "payer", "value_minor", "sku__code")
    assert list(found) == [
        ("warehouse_damage", "operator", 1_400, sku.code),
        ("warehouse_loss", "operator", 2_100, sku.code),
    ]
    assert notes_to_claim(seller.pk, NOON - timedelta(days=1)) == []
    assert findings() == []


def test_the_job_looks_at_the_notes_of_the_last_days(
    seller: Seller, house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    sku = a_priced_sku(seller, 700)
    stock_of(sku, house, 4)
    damaged(sku, house, 1)
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(hours=1))
    for _ in range(2):
        follow_stock(seller.pk)
    assert Claim.objects.get().kind == "warehouse_damage"
