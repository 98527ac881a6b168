"""Orders that sellers enter: numbered, judged field by field, never twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.books import findings, fingerprint
from tests.centres_world import applied
from tests.orders_in_world import an_entered_order, an_entry, entered
from tests.smart_world import serves
from tests.world import a_seller, a_sku, a_warehouse, an_order, stock_of
from toiya.core.models import EventRow
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.orders.entered import Became
from toiya.domain.orders.entries import EntryLine
from toiya.domain.orders.models import Hold, ManagedOrder, Order
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller(db: None) -> Seller:
    seller = a_seller()
    applied(seller, a_warehouse())
    a_sku(seller)
    return seller


def wrong(seller: Seller, **changed: Any) -> list[tuple[str, str, str]]:
    """(field, code, mend) of what is to mend; nothing was written then."""
    before = fingerprint()
    (one,) = entered(seller, an_entry(**changed))
    assert fingerprint() == before
    return [(flaw.field, flaw.code, flaw.mend) for flaw in one.flaws]


@pytest.mark.seed("A156", "A157", "A184")
def test_an_entered_order_has_seven_digits_and_everything_that_was_told(seller: Seller) -> None:
    order = an_entered_order(
        seller,
        site="Amazon JP",
        reference="503-1",
        buyer="Sato",
        sub_category="gifts",
        kind="new",
        remark="Leave at the door",
        third_party="Agency",
        gift_name="Kim",
        gift_country="韓国",
        gift_postal_code="04524",
        gift_address="Seoul",
        gift_contact="02-1234-5678",
        customs_code="P123456789012",
    )
    managed = ManagedOrder.objects.get(order=order)
    assert len(managed.number) == 7
    assert managed.number.isdecimal()
    assert (managed.site, managed.reference, order.external_id) == ("Amazon JP", "503-1", "Amazon JP: 503-1")
    assert (managed.buyer, managed.sub_category, managed.kind) == ("Sato", "gifts", "new")
    assert (managed.gift_name, managed.gift_country, managed.gift_postal_code) == ("Kim", "KR", "04524")
    assert (managed.gift_address, managed.gift_contact) == ("Seoul", "02-1234-5678")
    assert (managed.customs_code, managed.third_party) == ("P123456789012", "Agency")
    assert (order.channel, order.note, order.total_minor) == ("hand", "Leave at the door", 1200)
    line = order.lines.get()
    assert (line.title, line.quantity, line.unit_price_minor) == ("Linen tote", 1, 1200)
    assert line.sku_id is not None
    assert order.wish.warehouse_id is not None
    assert list(EventRow.objects.filter(subject=order.code).order_by("pk").values_list("name", flat=True)) == [
        "order.placed",
        "order.entered",
    ]
    assert findings() == []


@pytest.mark.seed("L12")
def test_one_order_has_several_lines_and_several_skus(seller: Seller) -> None:
    a_sku(seller, "MUG", "Mug", "")
    lines = (EntryLine(seller_sku="LT-NVM", quantity="2"), EntryLine(seller_sku="MUG", quantity="３"))
    order = an_entered_order(seller, lines=lines)
    assert [(line.title, line.quantity) for line in order.lines.order_by("pk")] == [
        ("Linen tote navy M", 2),
        ("Mug", 3),
    ]


def test_without_a_number_the_order_goes_by_its_management_number(seller: Seller) -> None:
    first, second = an_entered_order(seller), an_entered_order(seller)
    numbers = [order.external_id for order in (first, second)]
    assert numbers == [f"MN-{order.managed.number}" for order in (first, second)]
    assert first.pk != second.pk


def test_the_same_key_is_the_same_order_and_the_same_number_names_the_order_that_has_it(seller: Seller) -> None:
    first, again = (entered(seller, an_entry(key="form 1", reference="77"))[0] for _ in range(2))
    assert (first.became, again.became) == (Became.NEW, Became.REPEATED)
    assert (first.code, first.number) == (again.code, again.number)
    taken = entered(seller, an_entry(key="form 2", reference="77"))[0]
    assert (taken.became, taken.code) == (Became.TAKEN, first.code)
    assert [flaw.code for flaw in taken.flaws] == ["reference_taken"]
    assert entered(seller, an_entry(reference="77", site="Rakuten"))[0].became == Became.NEW
    assert entered(a_neighbour(), an_entry(reference="77"))[0].became == Became.NEW


def a_neighbour() -> Seller:
    neighbour = a_seller("Kumo")
    applied(neighbour, *Warehouse.objects.all())
    a_sku(neighbour)
    return neighbour


def test_a_number_of_an_order_file_is_taken_too(seller: Seller) -> None:
    order = an_order(seller, external_id="900100")
    assert entered(seller, an_entry(reference="900100"))[0].code == order.code


def test_in_a_set_the_wrong_one_stops_nobody_and_a_number_stands_once(seller: Seller) -> None:
    good, bad = an_entry(reference="1"), an_entry(reference="2", receiver="")
    done = entered(seller, good, bad, an_entry(reference="1", receiver="別人"), an_entry(reference="3"))
    assert [each.became for each in done] == [Became.NEW, Became.TO_MEND, Became.TAKEN, Became.NEW]
    assert Order.objects.count() == ManagedOrder.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "flaws"),
    [
        ({"receiver": " "}, [("receiver", "missing", "")]),
        ({"address": ""}, [("address", "missing", "")]),
        ({"phone": ""}, [("phone", "missing", "")]),
        ({"phone": "12345"}, [("phone", "not_a_phone", "")]),
        ({"country": "Atlantis"}, [("country", "not_a_country", "")]),
        ({"ship_country": "KR"}, [("ship_country", "not_from_there", "JP")]),
        ({"branch": "Incheon"}, [("branch", "unknown_branch", "Funabashi")]),
        ({"postal_code": "27300"}, [("postal_code", "postal_code_form", "")]),
        ({"postal_code": "999-9999"}, [("postal_code", "postal_code_unknown", "")]),
        ({"address": "船橋市西浦1-2-3"}, [("address", "address_elsewhere", "千葉県船橋市西浦1-2-3")]),
        ({"address": "西浦1-2-3"}, [("address", "address_elsewhere", "千葉県船橋市西浦1-2-3")]),
        ({"address": "大阪府大阪市北区1"}, [("address", "address_elsewhere", "")]),
        ({"slot": "25-26"}, [("slot", "not_a_slot", "")]),
        ({"deliver_on": "soon"}, [("deliver_on", "not_a_day", "")]),
        ({"deliver_on": "2026-11-19"}, [("deliver_on", "day_is_past", "")]),
        ({"service": "Concorde"}, [("service", "unknown_service", "")]),
        ({"remark": "a\x07b"}, [("remark", "control_character", "")]),
        ({"gift_country": "Atlantis"}, [("gift_country", "not_a_country", "")]),
        ({"lines": ()}, [("sku", "no_lines", "")]),
        ({"lines": (EntryLine(seller_sku="NOBODYS", title="x", quantity="1"),)}, [("seller_sku", "unknown_sku", "")]),
        ({"lines": (EntryLine(seller_sku="LT-NVM", quantity="２個"),)}, [("quantity", "not_a_number", "2")]),
        ({"lines": (EntryLine(seller_sku="LT-NVM", quantity="1", price="dear"),)}, [("price", "not_an_amount", "")]),
    ],
)
def test_what_is_wrong_is_named_with_its_mend(
    seller: Seller, changed: dict[str, Any], flaws: list[tuple[str, str, str]]
) -> None:
    assert wrong(seller, **changed) == flaws


@pytest.mark.seed("A163")
def test_our_warehouse_needs_sku_and_branch_and_a_seller_that_packs_itself_does_not(seller: Seller) -> None:
    nothing = {"branch": "", "lines": (EntryLine(title="A thing", quantity="1"),)}
    assert wrong(seller, **nothing) == [("branch", "branch_needed", "Funabashi"), ("sku", "sku_needed", "")]
    serves(seller, fulfilment=True, smart_delivery=True)
    assert an_entered_order(seller, **nothing).lines.get().sku_id is None
    named = nothing | {"branch": "Funabashi"}
    assert wrong(seller, **named) == [("sku", "sku_needed", "")]


@pytest.mark.seed("A165")
@pytest.mark.seed("A063")
def test_a_warehouse_is_named_only_when_it_was_applied_for_or_goods_lie_there(seller: Seller) -> None:
    other = a_warehouse("KWG", "Kawagoe")
    assert wrong(seller, branch="KWG") == [("branch", "centre_not_applied_for", "")]
    stock_of(Sku.objects.get(seller=seller), other, 1)
    assert an_entered_order(seller, branch="KWG").wish.warehouse_id == other.pk


@pytest.mark.parametrize("branch", ["FNB", "Funabashi", " funabashi ", "0000011520", "11520"])
def test_a_warehouse_is_known_by_its_names_and_codes(seller: Seller, branch: str) -> None:
    house = a_warehouse("KWG", "Kawagoe")
    house.branch_code = "0000022222"
    house.save()
    ours = type(house).objects.get(code="FNB")
    ours.branch_code = "0000011520"
    ours.save()
    assert an_entered_order(seller, branch=branch).wish.warehouse_id == ours.pk


def test_an_address_may_be_taken_as_it_is_written(seller: Seller) -> None:
    order = an_entered_order(seller, postal_code="９９９９９９９", is_as_written=True)
    assert (order.address.postal_code, order.address.first_line) == ("999-9999", "千葉県船橋市西浦1-2-3")


def test_phones_are_written_as_labels_print_them(seller: Seller) -> None:
    order = an_entered_order(seller, phone="０４７４３１２１１１", mobile="+81 90-1234-5678")
    assert order.address.phone == "090-1234-5678"
    assert order.managed.mobile == "+81 90-1234-5678"


def test_an_order_abroad_is_taken_and_held_with_what_its_papers_lack(seller: Seller) -> None:
    abroad = {"country": "Korea", "phone": "010-2345-6789", "postal_code": "04524", "address": "서울 중구 1"}
    order = an_entered_order(seller, **abroad)
    assert (order.address.country, order.address.phone) == ("KR", "+82 10-2345-6789")
    hold = Hold.objects.get(order=order)
    assert (hold.code, hold.details) == (
        "abroad",
        {"country": "KR", "hs_codes": 1, "customs_texts": 1, "origins": 1, "values": 0},
    )
    assert findings() == []


def test_a_set_costs_the_same_statements_as_one(seller: Seller) -> None:
    counts = []
    for number in (1, 2, 20):  # the first wakes the jobs
        with CaptureQueriesContext(connection) as told:
            entered(seller, *(an_entry(reference=f"{number}-{each}") for each in range(number)))
        counts.append(len(told))
    assert counts[1] == counts[2] == 25


def test_another_sellers_sku_is_not_known(seller: Seller) -> None:
    theirs = a_sku(a_seller("Kumo"), "THEIRS")
    entry = an_entry(lines=(EntryLine(sku=theirs.code, title="x", quantity="1"),))
    (one,) = entered(seller, entry)
    assert [(flaw.field, flaw.code) for flaw in one.flaws] == [("sku", "unknown_sku")]
    ours = replace(entry, lines=(EntryLine(sku=seller.sku_set.get().code, title="x", quantity="1"),))
    assert entered(seller, ours)[0].became == Became.NEW
