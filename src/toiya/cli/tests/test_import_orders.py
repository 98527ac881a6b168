"""`./toiya import-orders`: what the terminal says, and its exit codes."""

from __future__ import annotations

import pytest

from tests.world import a_seller
from toiya.cli.import_orders import Wanted
from toiya.cli.order_files import take_in
from toiya.cli.trouble import Trouble
from toiya.domain.orders.models import Order

pytestmark = pytest.mark.django_db
FILE = "注文番号,数量,受取人名,住所\n1,1,田中,千葉県\n2,x,佐藤,東京都\n".encode()


def test_it_says_what_was_placed_and_what_is_to_mend(capsys: pytest.CaptureFixture[str]) -> None:
    seller = a_seller()
    assert take_in(Wanted("orders.csv", FILE, "", "")) == 0
    said = capsys.readouterr()
    assert f"orders.csv (utf-8) for {seller.code} Hanataba: 2 rows" in said.out
    assert "1 orders placed, 0 known already, 0 rows over at the site" in said.out
    assert "Row 3, 数量: “x” is not a whole number." in said.err
    assert Order.objects.count() == 1


def test_nothing_readable_is_exit_code_one() -> None:
    a_seller()
    assert take_in(Wanted("orders.csv", "注文番号,数量,受取人名,住所\n1,x,田中,千葉県\n".encode(), "", "")) == 1


def test_a_wrong_file_seller_or_shop_is_said_plainly() -> None:
    with pytest.raises(Trouble, match="no seller in this database"):
        take_in(Wanted("a", FILE, "", ""))
    seller = a_seller()
    with pytest.raises(Trouble, match="There is no seller SLR-X"):
        take_in(Wanted("a", FILE, "SLR-X", ""))
    with pytest.raises(Trouble, match="no connection CON-X"):
        take_in(Wanted("a", FILE, "", "CON-X"))
    with pytest.raises(Trouble, match="no column"):
        take_in(Wanted("a.csv", b"x,y\n1,2\n", "", ""))
    other = a_seller("Kumo")
    with pytest.raises(Trouble, match=f"{seller.code}.*{other.code}"):
        take_in(Wanted("a", FILE, "", ""))
    assert Order.objects.count() == 0
