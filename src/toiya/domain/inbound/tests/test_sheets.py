"""The in/out file of the manual (A116-A120): each row on its own, nothing twice, undone whole."""

from __future__ import annotations

import pytest

from tests.centres_world import applied
from tests.inbound_world import a_bundle, rules_of
from tests.world import NOON, a_seller, a_sku, a_warehouse, acting_for, stock_of
from toiya.domain.catalog.models import Sku
from toiya.domain.imports.flaws import as_kept, told
from toiya.domain.imports.port import Applied, Cells, Flaw, Sender
from toiya.domain.inbound.actions.bundles import Announcement, create_bundle
from toiya.domain.inbound.models import InboundRequest
from toiya.domain.inbound.sheets import InOutSheet
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
KIND = InOutSheet()


@pytest.fixture
def house() -> Warehouse:
    warehouse = a_warehouse()
    warehouse.branch_code = "0000011520"
    warehouse.save()
    return warehouse


@pytest.fixture
def seller(house: Warehouse) -> Seller:
    seller = a_seller()
    applied(seller, house)
    return seller


def sender(seller: Seller, session: str = "IMP-1") -> Sender:
    return Sender(seller.pk, acting_for(seller), NOON, session)


def row(sku: Sku, **changed: str) -> Cells:
    """The manual's example row of that SKU."""
    item, _, option = sku.code.partition("-")
    cells = {
        "seller_code": sku.seller_code,
        "inventory_code": item,
        "option_code": option,
        "way": "in",
        "quantity": "80",
        "branch_code": "0000011520",
        "description": "4901234567894",
    }
    return cells | changed


@pytest.mark.seed("A116", "A117", "A118")
def test_the_manuals_columns_and_row_are_taken(seller: Seller, house: Warehouse) -> None:
    assert [column.headings[0] for column in KIND.columns] == [
        "SellerCode", "InventoryCode", "InventoryOptionCode", "InOut", "MovingQty", "BranchCode", "Description",
    ]  # fmt: skip
    assert [column.name for column in KIND.columns if not column.is_required] == ["seller_code", "description"]
    assert all(set(column.titles) == {"en", "ja", "zh-hans", "ko"} for column in KIND.columns)
    sku = a_sku(seller)
    (verdict,) = KIND.judge(sender(seller), [row(sku)])
    assert (verdict.state, verdict.flaws, dict(verdict.effects)) == ("new", (), {"pieces_in": 80, "requests_in": 1})
    assert not InboundRequest.objects.exists()
    assert KIND.sentences(verdict.effects) == ["80 pieces are asked to be brought in."]

    (applied,) = KIND.apply(sender(seller), [row(sku)])
    made = InboundRequest.objects.get()
    assert applied == Applied(made.code, {"made": True})
    assert (made.sku, made.quantity, made.warehouse, made.description) == (sku, 80, house, "4901234567894")


@pytest.mark.seed("A117")
@pytest.mark.parametrize(
    ("changed", "column", "mend"),
    [
        ({"inventory_code": "1.23457E+11"}, "inventory_code", ""),
        ({"inventory_code": "400000000001"}, "inventory_code", ""),
        ({"inventory_code": ""}, "inventory_code", ""),
        ({"option_code": ""}, "option_code", ""),
        ({"option_code": "abc"}, "option_code", ""),
        ({"option_code": "99999"}, "inventory_code", ""),
        ({"way": ""}, "way", "in"),
        ({"way": "up"}, "way", "in"),
        ({"quantity": "0"}, "quantity", ""),
        ({"quantity": "ten"}, "quantity", ""),
        ({"quantity": "8.5"}, "quantity", ""),
        ({"quantity": "1000001"}, "quantity", ""),
        ({"branch_code": "9"}, "branch_code", "0000011520"),
        ({"branch_code": ""}, "branch_code", "0000011520"),
        ({"description": "x" * 201}, "description", "x" * 200),
    ],
)
def test_a_wrong_cell_is_named_with_its_mend(seller: Seller, changed: dict[str, str], column: str, mend: str) -> None:
    (verdict,) = KIND.judge(sender(seller), [row(a_sku(seller), **changed)])
    assert verdict.state == "to_mend"
    assert [(flaw.column, flaw.mend) for flaw in verdict.flaws] == [(column, mend)]
    assert told(KIND, as_kept(verdict.flaws[0])).endswith(".")


@pytest.mark.parametrize(
    "changed",
    [{"option_code": "1"}, {"branch_code": "11520"}, {"quantity": "1,000"}, {"quantity": "80.0"}, {"way": "入庫"}],
)
def test_what_excel_did_to_a_cell_is_understood(seller: Seller, changed: dict[str, str]) -> None:
    (verdict,) = KIND.judge(sender(seller), [row(a_sku(seller), **changed)])
    assert verdict.state == "new"


@pytest.mark.seed("A119", "L01")
def test_a_wrong_row_stops_no_other_row(seller: Seller) -> None:
    sku = a_sku(seller)
    rows = [row(sku, quantity="1"), row(sku, quantity="x"), row(sku, quantity="3")]
    first, wrong, last = KIND.apply(sender(seller), rows)
    assert isinstance(first, Applied)
    assert isinstance(wrong, Flaw)
    assert isinstance(last, Applied)
    assert sorted(InboundRequest.objects.values_list("quantity", flat=True)) == [1, 3]


@pytest.mark.seed("A063")
def test_a_warehouse_that_was_not_applied_for_is_a_flaw_of_its_row_only(seller: Seller) -> None:
    other = a_warehouse("KWG", "Kawagoe")
    other.branch_code = "0000011530"
    other.save()
    sku = a_sku(seller)
    refused, taken = KIND.apply(sender(seller), [row(sku, branch_code=other.branch_code), row(sku, quantity="3")])
    assert isinstance(refused, Flaw)
    assert (refused.column, refused.code, refused.details) == (
        "branch_code",
        "centre_not_applied_for",
        {"warehouse": "Kawagoe"},
    )
    assert isinstance(taken, Applied)


@pytest.mark.seed("A119", "L01")
def test_the_mended_file_sent_whole_again_asks_for_nothing_twice(seller: Seller) -> None:
    sku = a_sku(seller)
    KIND.apply(sender(seller), [row(sku, quantity="1"), row(sku, quantity="1"), row(sku, quantity="x")])
    again = [row(sku, quantity="1"), row(sku, quantity="1"), row(sku, quantity="3"), row(sku, quantity="1")]

    states = [verdict.state for verdict in KIND.judge(sender(seller, "IMP-2"), again)]
    assert states == ["unchanged", "unchanged", "new", "new"]
    applied = KIND.apply(sender(seller, "IMP-2"), again)
    assert [bool(each.undo) for each in applied if isinstance(each, Applied)] == [False, False, True, True]
    assert sorted(InboundRequest.objects.values_list("quantity", flat=True)) == [1, 1, 1, 3]


@pytest.mark.seed("A120")
def test_an_item_that_is_not_kept_here_is_a_flaw_of_its_row_only(seller: Seller) -> None:
    sku, other = a_sku(seller), a_sku(seller, "B")
    sku.item.is_stocked_here = False
    sku.item.save()
    bad, good = KIND.judge(sender(seller), [row(sku), row(other)])
    assert [flaw.code for flaw in bad.flaws] == ["not_stocked_here"]
    assert good.state == "new"


@pytest.mark.seed("A136", "L15")
def test_the_warehouses_caps_count_over_the_rows(seller: Seller, house: Warehouse) -> None:
    rules_of(house, most_pieces_a_request=100, most_open_pieces=150)
    sku = a_sku(seller)
    rows = [row(sku, quantity="101"), row(sku, quantity="100"), row(sku, quantity="51"), row(sku, quantity="50")]
    verdicts = KIND.judge(sender(seller), rows)
    assert [verdict.flaws[0].code if verdict.flaws else verdict.state for verdict in verdicts] == [
        "pieces_a_request", "new", "open_pieces", "new",
    ]  # fmt: skip


def test_what_is_not_there_cannot_be_taken_out(seller: Seller, house: Warehouse) -> None:
    sku = a_sku(seller)
    stock_of(sku, house, 5)
    rows = [row(sku, way="out", quantity="3"), row(sku, way="out", quantity="3")]
    good, bad = KIND.judge(sender(seller), rows)
    assert good.state == "new"
    assert (bad.flaws[0].code, bad.flaws[0].mend) == ("fewer_there", "2")


def test_another_sellers_sku_is_unknown(seller: Seller) -> None:
    (verdict,) = KIND.judge(sender(seller), [row(a_sku(a_seller("Kumo")))])
    assert verdict.flaws[0].code == "unknown_sku"


@pytest.mark.seed("L01")
def test_undo_cancels_what_is_open_and_says_why_the_rest_stays(seller: Seller, house: Warehouse) -> None:
    sku = a_sku(seller)
    a_bundle(seller, house, {a_sku(seller, "Z"): 1})
    results = KIND.apply(sender(seller), [row(sku, quantity="1"), row(sku, quantity="2")])
    applied = [each for each in results if isinstance(each, Applied)]
    create_bundle(
        seller_id=seller.pk,
        request_codes=[applied[1].subject],
        plan=Announcement(NOON.date()),
        actor=acting_for(seller),
        at=NOON,
    )
    done, kept = KIND.undo(sender(seller), applied)
    assert done is None
    assert kept is not None
    assert kept.code == "request_under_way"
    assert InboundRequest.objects.get(code=applied[0].subject).status == "cancelled"
    assert KIND.undo(sender(seller), applied[:1]) == [None]


def test_a_thousand_rows_ask_few_questions(seller: Seller, django_assert_max_num_queries: object) -> None:
    sku = a_sku(seller)
    rows = [row(sku, quantity=str(number)) for number in range(1, 1001)]
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        verdicts = KIND.judge(sender(seller), rows)
    assert {verdict.state for verdict in verdicts} == {"new"}
