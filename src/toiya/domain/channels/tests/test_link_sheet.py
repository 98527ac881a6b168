"""The sheet of links: each row judged alone, applied in one act, taken back."""

from __future__ import annotations

import pytest

from tests.books import fingerprint
from tests.links_world import an_offer, linked, offered
from tests.world import NOON, a_seller, a_shop, a_sku, acting_for
from toiya.domain.catalog.models import Sku
from toiya.domain.channels.models import Connection, LinkAct, Listing
from toiya.domain.channels.sheets import LINKS
from toiya.domain.imports.port import Applied, Sender

pytestmark = pytest.mark.django_db
NAVY = "カラー:紺 / サイズ:M"


def row(listing: str, sku: str, option: str = "", pieces: str = "") -> dict[str, str]:
    return {"listing": listing, "option": option, "sku": sku, "pieces": pieces}


@pytest.fixture
def sku(shop: Connection) -> Sku:
    return a_sku(shop.seller)


@pytest.fixture
def sender(shop: Connection) -> Sender:
    return Sender(shop.seller_id, acting_for(shop.seller), NOON, "IMP-1")


@pytest.mark.seed("L02")
def test_rows_link_by_number_and_by_the_options_text_or_code(shop: Connection, sku: Sku, sender: Sender) -> None:
    offered(shop, an_offer("1001", option=NAVY, option_code="X-1"), an_offer("1002"), an_offer("1003"))
    rows = [row("1001", "LT-NVM", "ｶﾗｰ:紺 / サイズ:M", "3"), row("1002", sku.code), row("1003", "-")]

    verdicts = LINKS.judge(sender, rows)
    assert [verdict.state for verdict in verdicts] == ["new", "new", "new"]
    assert verdicts[0].changes[0].new == f"{sku.code} × 3"
    assert LINKS.sentences({"linked": 2, "unlinked": 1}) == [
        "2 listings are linked.",
        "1 listing is linked to no SKU any more.",
    ]

    applied = LINKS.apply(sender, rows)
    links = Listing.objects.order_by("external_id").values_list("sku_id", "pieces", "is_tied_by_hand")
    assert list(links) == [(sku.pk, 3, True), (sku.pk, 1, True), (None, 1, True)]
    assert LinkAct.objects.get().way == "file"
    assert [verdict.state for verdict in LINKS.judge(sender, rows)] == ["unchanged"] * 3

    before = fingerprint()
    again = LINKS.apply(sender, rows)
    assert [each.undo for each in again if isinstance(each, Applied)] == [{}, {}, {}]
    assert fingerprint() == before

    linked(Listing.objects.get(external_id="1002"), sku, 9)
    flaws = LINKS.undo(sender, [each for each in applied if isinstance(each, Applied)])
    assert [flaw.code if flaw else "" for flaw in flaws] == ["", "link_changed_since", ""]
    assert list(links.all()) == [(None, 1, False), (sku.pk, 9, True), (None, 1, False)]


@pytest.mark.seed("L02")
@pytest.mark.parametrize(
    ("cells", "column", "code", "mend"),
    [
        (row("9999", "LT-NVM"), "listing", "no_such_listing", ""),
        (row("1001", "NOBODYS", NAVY), "sku", "no_such_sku", ""),
        (row("1001", "", NAVY), "sku", "missing", ""),
        (row("1001", "LT-NVM", "カラー:白"), "option", "no_such_option", NAVY),
        (row("1001", "LT-NVM"), "option", "no_such_option", NAVY),
        (row("1001", "LT-NVM", NAVY, "0"), "pieces", "pieces_out_of_range", "1"),
        (row("1001", "LT-NVM", NAVY, "1.5"), "pieces", "pieces_out_of_range", "1"),
        (row("1002", "LT-NVM"), "listing", "no_such_listing", ""),
    ],
)
def test_a_row_to_mend_names_its_cell(
    shop: Connection, sku: Sku, sender: Sender, cells: dict[str, str], column: str, code: str, mend: str
) -> None:
    offered(shop, an_offer("1001", option=NAVY))
    offered(a_shop(a_seller("Kumo"), "kumo"), an_offer("1002"))
    before = fingerprint()
    (verdict,) = LINKS.judge(sender, [cells])
    flaw = verdict.flaws[0]
    assert (verdict.state, flaw.column, flaw.code, flaw.mend) == ("to_mend", column, code, mend)
    (applied,) = LINKS.apply(sender, [cells])
    assert applied == flaw
    assert fingerprint() == before


def test_the_same_listing_twice_in_a_file_is_to_mend(shop: Connection, sku: Sku, sender: Sender) -> None:
    offered(shop, an_offer("1001"))
    verdicts = LINKS.judge(sender, [row("1001", "LT-NVM"), row("1001", "LT-NVM", pieces="2")])
    assert [verdict.state for verdict in verdicts] == ["new", "to_mend"]
    assert verdicts[1].flaws[0].code == "listing_twice"
