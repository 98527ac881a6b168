"""Claims from opening to payout: caps, values, evidence, reasons; refusals change nothing."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.books import findings
from tests.claims_world import (
    JUDGE,
    a_gone_parcel,
    a_picture,
    a_priced_sku,
    accepted,
    booked,
    claimed,
    filed,
    free,
    goods_claimed,
    pays,
    ready,
    refused,
)
from tests.floor_world import a_service
from tests.world import NOON, WORLD, a_seller, a_warehouse, acting_for, stock_of
from toiya.core.models import EventRow
from toiya.core.states import NoSuchStep
from toiya.core.texts import NothingWritten
from toiya.domain.carriers.actions.terms import offer_service
from toiya.domain.carriers.models import Service
from toiya.domain.claims import valuing
from toiya.domain.claims.actions.deciding import (
    AboveCap,
    GroundMissing,
    NothingIsPaid,
    ValueNotKnown,
    accept_claim,
    decline_claim,
    file_claim,
    pay_claim,
)
from toiya.domain.claims.actions.evidence import (
    MOST_FILES,
    ClaimOver,
    EvidenceEnough,
    UnitValueWrong,
    add_evidence,
    correct_value,
)
from toiya.domain.claims.actions.opening import (
    ClaimKindWrong,
    ClaimPiecesWrong,
    ClaimThere,
    DamageInDelivery,
    NotInspectedYet,
    ParcelNotGone,
    Told,
    open_goods_claim,
)
from toiya.domain.claims.models import Claim, Payout
from toiya.domain.claims.papers import claim_paper
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def house() -> Warehouse:
    return a_warehouse()


@pytest.mark.seed("A187", "L24")
def test_a_lost_parcel_is_paid_up_to_the_cap_of_its_service(seller: Seller, house: Warehouse) -> None:
    parcel = a_gone_parcel(seller, house, cap=3_000, pieces=2)
    before = free(seller)

    claim = claimed(parcel, note="The buyer never got it.")
    assert (claim.status, claim.payer, claim.carrier) == ("drafted", "carrier", "test_carrier")
    assert (claim.value_minor, claim.cap_minor, claim.most_minor) == (4_000, 3_000, 3_000)
    assert claim.due_on == date(2026, 12, 4)  # 14 days after it left
    assert claim.facts["tracking_number"] == parcel.label.tracking_number  # type: ignore[union-attr]
    assert "田中" not in str(claim.facts)

    claim = filed(claim)
    told = refused(
        AboveCap,
        lambda: accept_claim(claim_code=claim.code, amount_minor=3_001, reason="ok", actor=JUDGE, at=NOON),
    )
    assert told == (
        "At most JPY\N{NO-BREAK SPACE}3,000 can be accepted, by value and terms. Enter an amount above 0, up to that."
    )
    accepted(claim, 3_000)
    assert free(seller) == before
    pay_claim(claim_code=claim.code, actor=JUDGE, at=NOON)

    claim.refresh_from_db()
    assert (claim.status, claim.accepted_minor, claim.paid_by, claim.decided_by) == ("paid", 3_000, "Judge", "Judge")
    assert (free(seller), booked(claim.code)) == (before + 3_000, [3_000])
    assert [payout.amount_minor for payout in Payout.objects.all()] == [3_000]
    names = EventRow.objects.filter(subject=claim.code).order_by("id").values_list("name", flat=True)
    assert list(names) == ["claim.opened", "claim.filed", "claim.accepted", "claim.paid"]
    woken = ProcrastinateJob.objects.filter(args={"seller_id": seller.pk}).values_list("task_name", flat=True)
    assert {"outbound.retry_wallet_holds", "returns.take_fees", "dues.auto_pay"} <= set(woken), "what waited goes on"
    assert findings() == []

    told = refused(NoSuchStep, lambda: pay_claim(claim_code=claim.code, actor=JUDGE, at=NOON))
    assert "Paid out" in told
    assert booked(claim.code) == [3_000]


@pytest.mark.seed("A187")
@pytest.mark.parametrize(("code", "cap"), [("NEKOPOS", 3_000), ("HIKYAKU", 300_000)])
def test_caps_are_those_of_the_catalogue(seller: Seller, house: Warehouse, code: str, cap: int) -> None:
    parcel = a_gone_parcel(seller, house)
    offer_service(service_code=code, price_minor=500, actor=WORLD, at=NOON)
    parcel.service = Service.objects.get(code=code)
    assert valuing.cap_of(parcel) == cap


def test_the_terms_of_the_day_it_left_count(seller: Seller, house: Warehouse) -> None:
    service = pays(pays(pays(a_service(), 1_000), 2_500, date(2026, 11, 20)), 9_000, date(2026, 11, 21))
    parcel = a_gone_parcel(seller, house)
    assert parcel.service == service
    assert claimed(parcel).cap_minor == 2_500


@pytest.mark.seed("A067")
def test_the_warehouse_answers_from_inspection_to_shipment_only(seller: Seller, house: Warehouse) -> None:
    sku = a_priced_sku(seller, 2_000)
    told = refused(NotInspectedYet, lambda: goods_claimed(sku, house, 1))
    assert told.startswith(f"0 pieces of {sku.code} were inspected and booked in here.")

    stock_of(sku, house, 3)
    refused(NotInspectedYet, lambda: goods_claimed(sku, house, 4))
    claim = goods_claimed(sku, house, 2)
    assert (claim.payer, claim.cap_minor, claim.most_minor) == ("operator", None, 4_000)
    assert claim.due_on == date(2026, 11, 30)
    accepted(filed(claim), 4_000)
    pay_claim(claim_code=claim.code, actor=JUDGE, at=NOON)
    assert booked(claim.code) == [4_000]

    parcel = a_gone_parcel(seller, house)
    told = refused(DamageInDelivery, lambda: claimed(parcel, "warehouse_damage"))
    assert told.startswith(f"{parcel.code} had left, and the warehouse does not answer for delivery.")


def test_what_cannot_be_claimed(seller: Seller, house: Warehouse) -> None:
    parcel = ready(seller, house, pays(a_service(), 3_000))
    refused(ParcelNotGone, lambda: claimed(parcel))
    refused(ClaimKindWrong, lambda: claimed(parcel, "nonsense"))
    sku = seller.sku_set.get()
    refused(ClaimKindWrong, lambda: goods_claimed(sku, house, kind="carrier_loss"))
    refused(ClaimPiecesWrong, lambda: goods_claimed(sku, house, 0))


def test_one_parcel_is_one_claim_and_one_form_too(seller: Seller, house: Warehouse) -> None:
    parcel = a_gone_parcel(seller, house)
    claim = claimed(parcel)
    assert claim.code in refused(ClaimThere, lambda: claimed(parcel, "carrier_damage"))
    sku = seller.sku_set.get()
    for _ in range(2):
        open_goods_claim(
            sku_code=sku.code,
            warehouse_id=house.pk,
            quantity=1,
            told=Told("warehouse_loss", token="form 1"),
            actor=acting_for(seller),
            at=NOON,
        )
    assert Claim.objects.count() == 2


def test_a_value_nobody_knows_is_entered_by_a_person_with_a_reason(seller: Seller, house: Warehouse) -> None:
    sku, actor = a_priced_sku(seller, 0), acting_for(seller)
    stock_of(sku, house, 2)
    claim = goods_claimed(sku, house, 2)
    assert sku.code in refused(ValueNotKnown, lambda: file_claim(claim_code=claim.code, actor=actor, at=NOON))

    def correct(minor: int, reason: str = "Invoice 12") -> None:
        correct_value(
            claim_code=claim.code, sku_code=sku.code, unit_value_minor=minor, reason=reason, actor=actor, at=NOON
        )

    refused(UnitValueWrong, lambda: correct(0))
    refused(NothingWritten, lambda: correct(900, " "))
    correct(900)
    claim.refresh_from_db()
    assert (claim.value_minor, claim.lines.get().basis) == (1_800, "person")
    file_claim(claim_code=claim.code, actor=actor, at=NOON)
    refused(ClaimOver, lambda: correct(9_000))
    assert findings("I44") == []


def test_what_the_buyer_paid_counts_where_the_item_has_no_price(seller: Seller, house: Warehouse) -> None:
    a_priced_sku(seller, 0)
    parcel = a_gone_parcel(seller, house, pieces=2)
    line = claimed(parcel).lines.get()
    assert (line.quantity, line.unit_value_minor, line.basis) == (2, 1_200, "sold")


@pytest.mark.seed("A187")
def test_force_majeure_is_declined_with_its_ground_and_nothing_is_paid(seller: Seller, house: Warehouse) -> None:
    claim = filed(claimed(a_gone_parcel(seller, house)))

    def decline(ground: str, reason: str) -> None:
        decline_claim(claim_code=claim.code, ground=ground, reason=reason, actor=JUDGE, at=NOON)

    refused(GroundMissing, lambda: decline("", "Earthquake"))
    refused(NothingWritten, lambda: decline("force_majeure", ""))
    decline("force_majeure", "Earthquake on 21 November.")
    claim.refresh_from_db()
    assert (claim.status, claim.ground, claim.accepted_minor) == ("declined", "force_majeure", None)
    for act in (
        lambda: accept_claim(claim_code=claim.code, amount_minor=1, reason="x", actor=JUDGE, at=NOON),
        lambda: pay_claim(claim_code=claim.code, actor=JUDGE, at=NOON),
        lambda: file_claim(claim_code=claim.code, actor=JUDGE, at=NOON),
        lambda: decline("other", "x"),
    ):
        refused(NoSuchStep, act)
    assert booked(claim.code) == []
    assert findings() == []


def test_a_service_that_pays_nothing_is_not_asked(seller: Seller, house: Warehouse) -> None:
    claim = claimed(a_gone_parcel(seller, house, cap=0))
    refused(NothingIsPaid, lambda: file_claim(claim_code=claim.code, actor=JUDGE, at=NOON))


def test_evidence_is_kept_once_until_the_claim_is_decided_and_stands_in_the_paper(
    seller: Seller, house: Warehouse
) -> None:
    claim, actor = claimed(a_gone_parcel(seller, house)), acting_for(seller)
    for number in range(MOST_FILES):
        add_evidence(claim_code=claim.code, paper=a_picture(number), actor=actor, at=NOON)
    add_evidence(claim_code=claim.code, paper=a_picture(0), actor=actor, at=NOON)
    assert claim.evidence.count() == MOST_FILES
    more = a_picture(99)
    refused(EvidenceEnough, lambda: add_evidence(claim_code=claim.code, paper=more, actor=actor, at=NOON))

    paper = claim_paper(claim, "Test carrier")
    assert paper.startswith(b"%PDF-")
    assert paper == claim_paper(claim, "Test carrier")

    row = claim.evidence.order_by("pk").first()
    assert row is not None
    for change in (lambda: claim.evidence.update(file_name="x"), row.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    decline_claim(claim_code=claim.code, ground="other", reason="x", actor=JUDGE, at=NOON)
    refused(ClaimOver, lambda: add_evidence(claim_code=claim.code, paper=more, actor=actor, at=NOON))


def test_an_amount_is_split_over_the_lines_and_payouts_cannot_be_changed(seller: Seller, house: Warehouse) -> None:
    claim = filed(claimed(a_gone_parcel(seller, house)))
    accepted(claim, 1_500)
    pay_claim(claim_code=claim.code, actor=JUDGE, at=NOON)
    with pytest.raises(DatabaseError), transaction.atomic():
        Payout.objects.update(amount_minor=1)
    assert Payout.objects.get().amount_minor == 1_500
