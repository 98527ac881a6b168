"""Why something waits, in words: chip, fact with numbers, who must act. One table for lists, cards and timelines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from toiya.domain.allocation.rules import Owner
from toiya.web.shared import formats
from toiya.web.shared.statuses import ORDER, Status


@dataclass(frozen=True, slots=True)
class Reason:
    """How one reason reads. `fact` and `short` are whole sentences with named placeholders filled from the details."""

    status: Status
    owner: Owner
    fact: Any
    short: Any
    otherwise: Any = ""


LINE_REASONS: Mapping[str, Reason] = {
    "no_sku": Reason(
        ORDER["waiting_for_link"],
        Owner.SELLER,
        _("%(thing)s: no SKU has the seller code %(code)s"),
        _("No SKU has the seller code %(code)s"),
        _("Frees itself when a SKU gets this seller code."),
    ),
    "no_code": Reason(
        ORDER["waiting_for_link"],
        Owner.SELLER,
        _("%(thing)s: the sales site gave no seller code"),
        _("The sales site gave no seller code"),
    ),
    "matched": Reason(
        ORDER["waiting"],
        Owner.WAREHOUSE,
        _("%(thing)s has its SKU now"),
        _("Has its SKU now"),
        _("Is judged again by itself within a minute."),
    ),
    "not_enough_stock": Reason(
        ORDER["waiting_for_stock"],
        Owner.SELLER,
        _("%(thing)s: %(needed)s needed, %(available)s available"),
        _("%(needed)s needed, %(available)s available"),
        _("Is allocated by itself as soon as the pieces are received."),
    ),
    "no_warehouse": Reason(
        ORDER["held"],
        Owner.WAREHOUSE,
        _("%(thing)s: the warehouse of this order takes no new orders now"),
        _("Its warehouse takes no new orders now"),
        _("Is judged again by itself when the warehouse opens again."),
    ),
    "expires_soon": Reason(
        ORDER["waiting_for_stock"],
        Owner.SELLER,
        _("%(thing)s: %(needed)s needed, %(available)s available; %(soon)s more expire too soon for your rule"),
        _("%(soon)s pieces expire too soon for your rule"),
        _("Is allocated by itself as soon as fresher pieces are received."),
    ),
    "kept_back": Reason(
        ORDER["waiting_for_stock"],
        Owner.SELLER,
        _("%(thing)s: %(needed)s needed, %(available)s available; %(kept)s more are kept back by your rule"),
        _("%(kept)s pieces are kept back by your rule"),
        _("Is allocated by itself as soon as more pieces are received."),
    ),
    "elsewhere": Reason(
        ORDER["waiting_for_stock"],
        Owner.SELLER,
        _("%(thing)s: the chosen warehouse has %(available)s of %(needed)s; another one has them all"),
        _("The chosen warehouse has %(available)s of %(needed)s; another one has them all"),
        _("Waits for the chosen warehouse."),
    ),
    "spread_out": Reason(
        ORDER["waiting_for_stock"],
        Owner.SELLER,
        _("%(thing)s: all pieces are there, but not in one warehouse; the best one has %(available)s of %(needed)s"),
        _("All pieces are there, but not in one warehouse"),
        _("Ships when one warehouse has all of it."),
    ),
    "promise_expired": Reason(
        ORDER["waiting_for_payment"],
        Owner.SITE,
        _("%(thing)s: the order was not paid in time, so its pieces are free again"),
        _("Not paid in time; its pieces are free again"),
        _("Is allocated by itself when the payment is known."),
    ),
    "other_lines": Reason(
        ORDER["waiting"],
        Owner.SELLER,
        _("%(thing)s is in stock and waits for the other lines"),
        _("Waits for the other lines"),
        _("Ships together with the other lines."),
    ),
    "short_on_floor": Reason(
        ORDER["waiting_for_stock"],
        Owner.WAREHOUSE,
        _("%(thing)s: a bin held fewer pieces than the book"),
        _("A bin held fewer pieces than the book"),
        _("Is judged again by itself within minutes."),
    ),
    "taken_back": Reason(
        ORDER["held"],
        Owner.SELLER,
        _("%(thing)s: the allocation was taken back"),
        _("The allocation was taken back"),
        _("Stays as it is until you allocate it again."),
    ),
}

HAND_HOLDS: Mapping[str, Reason] = {
    "seller_waits": Reason(
        ORDER["held"],
        Owner.SELLER,
        _("The seller wants it to wait. %(note)s"),
        _("The seller wants it to wait"),
    ),
    "address_in_doubt": Reason(
        ORDER["held"],
        Owner.SELLER,
        _("The address is to be checked. %(note)s"),
        _("The address is to be checked"),
    ),
    "site_waits": Reason(
        ORDER["held"],
        Owner.SITE,
        _("The sales site or the buyer is to answer first. %(note)s"),
        _("The sales site or the buyer is to answer first"),
    ),
    "goods_in_doubt": Reason(
        ORDER["held"],
        Owner.WAREHOUSE,
        _("The warehouse looks at the goods. %(note)s"),
        _("The warehouse looks at the goods"),
    ),
    "warehouse_waits": Reason(
        ORDER["held"],
        Owner.WAREHOUSE,
        _("The warehouse wants it to wait. %(note)s"),
        _("The warehouse wants it to wait"),
    ),
    "carrier_waits": Reason(
        ORDER["held"],
        Owner.CARRIER,
        _("The carrier takes no parcels there now. %(note)s"),
        _("The carrier takes no parcels there now"),
    ),
}

HOLD_REASONS: Mapping[str, Reason] = {
    "wallet_too_low": Reason(
        ORDER["waiting_for_payment"],
        Owner.SELLER,
        _("The fee is %(needed_money)s and the wallet has %(free_money)s free: %(missing_money)s are missing"),
        _("Wallet too low: %(missing_money)s are missing"),
        _("Goes on by itself after a top-up."),
    ),
    "label_rejected": Reason(
        ORDER["needs_mending"],
        Owner.WAREHOUSE,
        _("The carrier made no label: %(problem)s"),
        _("The carrier made no label"),
    ),
    "cancel_asked": Reason(
        ORDER["stop_asked"],
        Owner.SELLER,
        _("The buyer asked the sales site to cancel"),
        _("The buyer asked to cancel"),
    ),
    "shipped_elsewhere": Reason(
        ORDER["held"],
        Owner.SELLER,
        _("The sales site says this order was shipped already"),
        _("Shipped already, says the sales site"),
    ),
    "not_paid": Reason(
        ORDER["waiting_for_payment"],
        Owner.SITE,
        _("The sales site says this order is not paid"),
        _("Not paid, says the sales site"),
    ),
    "vanished_at_site": Reason(
        ORDER["held"],
        Owner.SELLER,
        _("The sales site no longer lists this order"),
        _("No longer listed at the sales site"),
    ),
    "abroad": Reason(
        ORDER["held"],
        Owner.WAREHOUSE,
        _(
            "Goes to %(country)s. Missing for customs: HS code of %(hs_codes)s SKUs, customs text of "
            "%(customs_texts)s, origin of %(origins)s, value of %(values)s lines"
        ),
        _("Goes abroad, to %(country)s"),
        _("Goes on by itself when nothing is missing and a service goes there. Complete the SKUs meanwhile."),
    ),
    "wish_not_kept": Reason(
        ORDER["held"],
        Owner.SELLER,
        _("Wished for %(wish)s: %(service)s cannot be there then any more"),
        _("Cannot arrive when it was wished for"),
        _("Lift the hold to send it without a day and hours."),
    ),
    "fees_unpaid": Reason(
        ORDER["waiting_for_payment"],
        Owner.SELLER,
        _("Dispatch is suspended: the payment request %(request)s is overdue"),
        _("Fees are unpaid: %(request)s"),
        _("Goes on by itself as soon as it is paid."),
    ),
    **HAND_HOLDS,
}
UNKNOWN = Reason(ORDER["held"], Owner.WAREHOUSE, _("Held with the reason %(code)s"), _("Held: %(code)s"))

# Holds first: they stop an order wherever it stands. Then the order in which allocation ranks its reasons.
SELLER_REASONS = tuple(code for code, reason in LINE_REASONS.items() if reason.owner is Owner.SELLER)
_ON_PURPOSE = "seller_waits"  # placed by the seller, who therefore need not be told that it waits
SELLER_HOLDS = tuple(
    code for code, reason in HOLD_REASONS.items() if reason.owner is Owner.SELLER and code != _ON_PURPOSE
)

OWNER_WORDS: Mapping[Owner, Any] = {
    Owner.SELLER: _("You"),
    Owner.WAREHOUSE: _("Warehouse"),
    Owner.CARRIER: _("Carrier"),
    Owner.SITE: _("Sales site"),
}


class Filling(dict[str, Any]):
    """Values for the placeholders; what is not known reads as a dash instead of breaking the page."""

    def __missing__(self, key: str) -> str:
        return "–"


def filled(sentence: Any, details: Mapping[str, Any]) -> str:
    """The sentence in the reader's language; amounts in minor units also as `..._money`."""
    values = Filling(details)
    currency = str(details.get("currency", ""))
    if currency:
        language = get_language() or "en"
        for name in ("needed", "free", "missing", "fee_minor", "amount_minor"):
            if isinstance(details.get(name), int):
                values[f"{name.removesuffix('_minor')}_money"] = formats.money(details[name], currency, language)
    return str(sentence) % values


def line_reason(code: str, details: Mapping[str, Any], *, has_sku: bool = False) -> Reason:
    """
    How a line's reason reads.

    A line that came without any code is told apart from one with an unknown code, and both from one that a person
    matched since (`has_sku`) and that is judged again in a moment.
    """
    if code == "no_sku" and has_sku:
        return LINE_REASONS["matched"]
    if code == "no_sku" and not details.get("code"):
        return LINE_REASONS["no_code"]
    return LINE_REASONS.get(code, UNKNOWN)


def hold_reason(code: str) -> Reason:
    """How a hold's reason reads."""
    return HOLD_REASONS.get(code, UNKNOWN)


def order_status(status: str, waiting_reason: str, hold_codes: tuple[str, ...] = ()) -> Status:
    """The chip of an order: an open hold leads, then why it waits, then where it stands."""
    if status not in {"shipped", "delivered", "cancelled"} and hold_codes:
        return hold_reason(hold_codes[0]).status
    if status == "waiting" and waiting_reason in LINE_REASONS:
        return LINE_REASONS[waiting_reason].status
    return ORDER[status]


def owner_word(owner: Owner, seller_name: str = "") -> Any:
    """Who must act, as the reader would say it: the operator reads the seller's name instead of "You"."""
    return seller_name if owner is Owner.SELLER and seller_name else OWNER_WORDS[owner]
