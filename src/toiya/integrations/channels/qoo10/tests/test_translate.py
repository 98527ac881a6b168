"""Order and claim rows in our words."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toiya.domain.channels.port import (
    DesiredDelivery,
    SiteClaim,
    SiteLine,
    SiteOrder,
    SiteReceiver,
    SiteState,
)
from toiya.integrations.channels.qoo10 import translate
from toiya.integrations.channels.qoo10.tests import samples
from toiya.integrations.channels.qoo10.tests.samples import instant
from toiya.integrations.channels.qoo10.values import Unreadable, text

CART = "310045001"
TEE, MUG = "1100450011", "1100450012"


def tee(**changes: Any) -> dict[str, Any]:
    """The first row of the sample, with changes."""
    return {**samples.rows("orders.json")[0], **changes}


def only(rows: list[dict[str, Any]]) -> SiteOrder:
    """The one order that rows make."""
    found, troubles = translate.orders(rows)
    assert troubles == []
    (order,) = found
    return order


def test_lines_of_one_cart_are_one_order() -> None:
    assert only(samples.rows("orders.json")) == SiteOrder(
        external_id=CART,
        lines=(
            SiteLine(
                TEE,
                SiteState.PAID,
                "テストTシャツ",
                "カラー:青 / サイズ:M(+200円)",
                "TEE-01",
                "TEE-01-BL-M",
                2,
                1800,
                site_item="900100200",
            ),
            SiteLine(MUG, SiteState.PAID, "マグカップ", "", "MUG-7", "", 1, 980),
        ),
        receiver=SiteReceiver(
            name="試験 太郎",
            name_kana="シケン タロウ",
            phone="+81-90-0000-0000",
            country="JP",
            postal_code="100-0001",
            first_line="東京都千代田区千代田",
            second_line="0-0",
        ),
        currency="JPY",
        total_minor=4680,
        note="玄関前に置いてください",
        ordered_at=instant("2026-04-01 00:58:12"),
        paid_at=instant("2026-04-01 01:01:40"),
        ship_by=instant("2026-04-04 14:59:59"),
        desired=DesiredDelivery(date(2026, 4, 6), time(14), time(16)),
    )


def test_the_same_row_twice_is_one_line_in_its_later_state() -> None:
    order = only([tee(), tee(), tee(shippingstatus="Seller confirm(3)")])
    assert [(line.external_id, line.state) for line in order.lines] == [(TEE, SiteState.CONFIRMED)]
    assert order.total_minor == 3700


def test_carts_with_other_numbers_stay_apart() -> None:
    found, _ = translate.orders([tee(), tee(packno=310045002, orderno=1100450013)])
    assert [order.external_id for order in found] == [CART, "310045002"]


@pytest.mark.parametrize("field", ["packno", "orderno", "orderqty", "orderprice", "orderdate"])
def test_an_order_with_an_unreadable_row_is_left_out_whole_and_named(field: str) -> None:
    broken = tee(**{field: "?" if field == "orderprice" else "", "paymentdate": ""})
    healthy = tee(packno=310045002, orderno=1100450013)
    found, troubles = translate.orders([broken, healthy])
    assert [order.external_id for order in found] == ["310045002"]
    assert [trouble.field for trouble in troubles] == [field]


def test_the_good_lines_of_a_cart_with_a_bad_one_are_not_sent_alone() -> None:
    mug = samples.rows("orders.json")[1]
    found, troubles = translate.orders([tee(), {**mug, "orderqty": 0}])
    assert found == []
    assert troubles == [translate.Trouble(CART, MUG, "orderqty")]


@pytest.mark.parametrize(
    ("shipping", "claim", "state"),
    [
        ("Awaiting shipping(1)", "", SiteState.UNPAID),
        ("On request(2)", "", SiteState.PAID),
        ("Seller confirm(3)", None, SiteState.CONFIRMED),
        ("On delivery(4)", "", SiteState.SHIPPED),
        ("Delivere(5)", "", SiteState.DELIVERED),
        ("Teleported(9)", "", SiteState.UNKNOWN),
        ("", "", SiteState.UNKNOWN),
        ("On request(2)", "Cancel Request(1)", SiteState.CANCEL_ASKED),
        ("Seller confirm(3)", "Cancelling(2)", SiteState.CANCEL_ASKED),
        ("", "Cancelled(3)", SiteState.CANCELLED),
        ("", "Unpaid Order Cancelled(16)", SiteState.CANCELLED),
        ("On delivery(4)", "Cancel Request(1)", SiteState.SHIPPED),
        ("On delivery(4)", "Cancelled(3)", SiteState.CANCELLED),
        ("Delivered(5)", "Return Request(4)", SiteState.DELIVERED),
        ("On request(2)", "something new", SiteState.UNKNOWN),
        ("On request(2)", "Haunted(99)", SiteState.UNKNOWN),
    ],
)
def test_a_line_stands_where_its_status_and_its_claim_say(shipping: str, claim: str | None, state: SiteState) -> None:
    assert translate.line_state({"shippingstatus": shipping, "claimstatus": claim}) is state


def test_an_unknown_status_stays_in_the_order() -> None:
    assert only([tee(shippingstatus="配送要請")]).lines[0].state is SiteState.UNKNOWN


def test_a_cancelled_line_is_read_from_the_single_order_call() -> None:
    (row,) = samples.rows("line_cancelled.json")
    assert translate.line(row) == SiteLine(MUG, SiteState.CANCELLED, "マグカップ", "", "MUG-7", "", 1, 980)


def test_a_shipped_line_carries_its_number() -> None:
    (row,) = samples.rows("line_shipped.json")
    line = translate.line(row)
    assert (line.state, line.carrier_name, line.tracking_number) == (
        SiteState.SHIPPED,
        "Qxpress",
        "QX0000000001JP",
    )


def test_a_claim_row_is_in_the_state_it_was_asked_for_by() -> None:
    (row,) = samples.rows("claims.json")
    assert translate.claim(row, 1) == SiteClaim(CART, MUG, SiteState.CANCEL_ASKED, "お客様都合")
    assert translate.claim(row, 16).state is SiteState.CANCELLED


def test_of_two_claims_about_a_line_the_cancelled_one_counts() -> None:
    asked = SiteClaim(CART, MUG, SiteState.CANCEL_ASKED, "")
    cancelled = SiteClaim(CART, MUG, SiteState.CANCELLED, "")
    assert translate.strongest([asked, cancelled]) == [cancelled]
    assert translate.strongest([cancelled, asked]) == [cancelled]


def test_a_desired_date_in_words_goes_to_the_note() -> None:
    order = only([tee(hopedate="できるだけ早く", shippingmsg="よろしく")])
    assert (order.desired, order.note) == (None, "よろしく\nできるだけ早く")


def test_the_same_note_on_every_row_is_one_note() -> None:
    assert only([tee(), tee(orderno=1100450013)]).note == "玄関前に置いてください"


def test_an_address_in_one_piece_is_the_first_line() -> None:
    receiver = only([tee(addr1="", addr2="")]).receiver
    assert (receiver.first_line, receiver.second_line) == ("東京都千代田区千代田0-0", "")


def test_an_address_with_only_its_end_apart_is_parted_there() -> None:
    receiver = only([tee(addr1="")]).receiver
    assert (receiver.first_line, receiver.second_line) == ("東京都千代田区千代田", "0-0")


@pytest.mark.parametrize(("written", "country"), [("", "JP"), ("Japan", "JP"), ("kr", "KR"), ("日本", "JP")])
def test_a_country_is_its_code(written: str, country: str) -> None:
    assert only([tee(shippingcountry=written)]).receiver.country == country


def test_yen_have_no_decimals_and_dollars_have_two() -> None:
    dollars = only([tee(currency="USD", orderprice=Decimal("18.005"), total=Decimal("37.10"))])
    assert (dollars.lines[0].unit_price_minor, dollars.total_minor) == (1801, 3710)
    assert only([tee(orderprice=Decimal("1799.5"))]).lines[0].unit_price_minor == 1800


def test_a_total_that_is_not_said_is_pieces_times_price_less_the_discount() -> None:
    assert only([tee(total="")]).total_minor == 3300


def test_a_claim_without_numbers_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="packno"):
        translate.claim({"orderno": 1}, 1)


SCRAPS = st.none() | st.integers() | st.text(max_size=8) | st.decimals() | st.lists(st.integers(), max_size=1)


@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(samples.rows("orders.json")[0], SCRAPS)), max_size=4))
def test_no_row_is_lost_without_a_word(rows: list[dict[str, Any]]) -> None:
    found, troubles = translate.orders(rows)
    named = {trouble.order_external_id for trouble in troubles} | {order.external_id for order in found}
    assert all(text(row, "packno") in named for row in rows)
    assert all(line.quantity > 0 for order in found for line in order.lines)


@given(st.permutations([tee(), tee(orderno=1100450012), tee(orderno=1100450013), tee(packno=7, orderno=9)]))
def test_the_order_of_rows_does_not_matter(rows: list[dict[str, Any]]) -> None:
    found, _ = translate.orders(rows)
    assert {order.external_id: [line.external_id for line in order.lines] for order in found} == {
        CART: ["1100450011", "1100450012", "1100450013"],
        "7": ["9"],
    }
