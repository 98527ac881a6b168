"""The demo's goods and carts fit together, so that thirty orders can be shipped and the others wait as meant."""

from __future__ import annotations

from collections import Counter

from toiya.cli.demo.carts import CARTS, OWN_CARTS, Fate
from toiya.cli.demo.goods import HIBARI, SELLERS, barcode
from toiya.cli.demo.people import logins

SKUS = {option.code: option for seller in SELLERS for _, option in seller.options}


def test_three_sellers_have_sixty_skus_with_codes_and_barcodes_of_their_own() -> None:
    assert [len(seller.options) for seller in SELLERS] == [20, 20, 20]
    assert len(SKUS) == 60
    assert len({barcode(number) for number in range(1, 61)}) == 60


def test_a_barcode_ends_with_its_check_digit() -> None:
    assert barcode(1) == "2000000000015"
    assert barcode(60) == "2000000000602"


def test_forty_carts_go_thirty_to_the_truck_and_ten_to_a_person() -> None:
    assert Counter(cart.fate for cart in CARTS) == {
        Fate.SHIP: 30,
        Fate.READY: 5,
        Fate.SHORT: 3,
        Fate.UNKNOWN: 1,
        Fate.PACK: 1,
    }
    assert len(set(CARTS)) == 40


def test_what_is_to_be_promised_is_there_in_any_order_of_arrival() -> None:
    wanted: Counter[str] = Counter()
    for cart in CARTS:
        for code, quantity in cart.lines:
            wanted[code] += quantity
    scarce = {code for code, quantity in wanted.items() if code in SKUS and quantity > SKUS[code].pieces}
    assert scarce == {"HB-TOTE-OL", "YS-STOV-01", "DB-TINT-04"}
    for cart in CARTS:
        is_scarce = any(code in scarce for code, _ in cart.lines)
        is_known = all(code in SKUS for code, _ in cart.lines)
        assert (is_scarce, is_known) == (cart.fate is Fate.SHORT, cart.fate is not Fate.UNKNOWN)


def test_the_sign_in_page_offers_every_seller_and_four_of_the_staff() -> None:
    assert [login["email"].partition("@")[0] for login in logins()] == [
        "sakura",
        "xiaoyun",
        "jiwoo",
        "hina",
        "mika",
        "ken",
        "lina",
        "minh",
    ]


def test_five_carts_beside_the_forty_are_packed_by_their_seller() -> None:
    known = {option.code for _, option in HIBARI.options}
    assert len(OWN_CARTS) == 5
    assert {cart.fate for cart in OWN_CARTS} == {Fate.OWN}
    assert {code for cart in OWN_CARTS for code, _ in cart.lines} == known
