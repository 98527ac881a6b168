"""Taking in an order file at the terminal: for whom, what came of it, what is to mend."""

import sys

from toiya.cli.import_orders import Wanted
from toiya.cli.trouble import Trouble
from toiya.core import clock
from toiya.core.actor import system_actor
from toiya.core.errors import Refusal
from toiya.domain.channels.models import Connection
from toiya.domain.members.models import Seller
from toiya.domain.orders.actions.importing import import_orders

ACTOR = system_actor("order file")


def take_in(wanted: Wanted) -> int:
    """Import the file and print counts and every problem; 1 when nothing could be read."""
    seller = seller_of(wanted.seller)
    if wanted.shop and not Connection.objects.filter(seller=seller, code=wanted.shop).exists():
        raise Trouble(f"{seller.name} has no connection {wanted.shop}. Leave --shop out, or check the code.")
    try:
        done = import_orders(
            seller_id=seller.pk,
            file_name=wanted.file_name,
            content=wanted.content,
            actor=ACTOR,
            at=clock.now(),
            shop_code=wanted.shop,
        )
    except Refusal as refusal:
        raise Trouble(f"{wanted.file_name}: {refusal}") from refusal
    print(f"{wanted.file_name} ({done.encoding}) for {seller.code} {seller.name}: {done.rows} rows")
    print(f"  {len(done.codes)} orders placed, {done.known} known already, {done.passed_over} rows over at the site")
    if done.problems:
        print(f"  {len(done.problems)} things to mend; mend them and take the same file in again:", file=sys.stderr)
    for problem in done.problems:
        print(f"    {problem}", file=sys.stderr)
    return 0 if done.codes or done.known or done.passed_over else 1


def seller_of(code: str) -> Seller:
    """
    The seller of that code; without one, the only seller there is.

    :raises Trouble: no such seller, or several to choose from
    """
    sellers: list[Seller] = list(Seller.objects.filter(code=code) if code else Seller.objects.order_by("pk")[:20])
    if len(sellers) == 1:
        return sellers[0]
    if code:
        raise Trouble(f"There is no seller {code}. Check the code.")
    if not sellers:
        raise Trouble(
            "There is no seller in this database. "
            "The demo has sellers, but a database of its own: import there by its page."
        )
    listed = ", ".join(f"{seller.code} ({seller.name})" for seller in sellers)
    raise Trouble(f"For which seller? Say --seller CODE: {listed}")
