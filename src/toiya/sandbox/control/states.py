"""The site's rows as JSON for tests: everything about a shop, an order line, a fault, a call."""

from collections.abc import Iterable

from toiya.sandbox.control.wishes import CONTACT
from toiya.sandbox.site.clock import JAPAN
from toiya.sandbox.site.handover import is_linked
from toiya.sandbox.site.models import (
    Call,
    Cart,
    Claim,
    Fault,
    Line,
    LineCall,
    Listing,
    Option,
    SellerKey,
    Shop,
)
from toiya.sandbox.site.ordering.stock import pieces_on_offer

CONFIRM_METHODS = {"ShippingBasic.SetSellerCheckYN_V2", "ShippingBasic.SetSellerCheckYNBulk"}
SHIP_METHODS = {"ShippingBasic.SetSendingInfo", "ShippingBasic.SetSendingInfoBulk"}


def shop_state(shop: Shop) -> dict[str, object]:
    """Return a shop with its log-in and all its keys: nothing here is real."""
    keys = SellerKey.objects.filter(shop=shop).order_by("id")
    return {
        "login_id": shop.login_id,
        "password": shop.password,
        "name": shop.name,
        "api_key": shop.api_key,
        "is_suspended": shop.is_suspended,
        "not_granted": shop.not_granted,
        "seller_keys": [key_state(key) for key in keys],
        "contact": {name: getattr(shop, name) for name in CONTACT},
        "uses_smart_inventory": shop.uses_smart_inventory,
        "is_linked": is_linked(shop),
    }


def key_state(key: SellerKey) -> dict[str, object]:
    """Return a seller key and when it ends."""
    return {
        "seller_key": key.key,
        "issued_at": key.issued_at.astimezone(JAPAN).isoformat(),
        "expires_at": key.expires_at.astimezone(JAPAN).isoformat(),
    }


def listing_states(listings: Iterable[Listing]) -> list[dict[str, object]]:
    """Return listings with their options and stock."""
    wanted = list(listings)
    pieces = pieces_on_offer(wanted)
    options: dict[int, list[dict[str, object]]] = {}
    for option in Option.objects.filter(listing__in=wanted).select_related("listing"):
        options.setdefault(option.listing.pk, []).append(
            {
                "name": option.name,
                "value": option.value,
                "code": option.code,
                "price": str(option.price),
                "quantity": option.quantity,
            }
        )
    return [
        {
            "item_code": listing.item_code,
            "seller_code": listing.seller_code,
            "title": listing.title,
            "status": listing.status,
            "price": str(listing.price),
            "quantity": pieces[listing.pk],
            "expires_on": listing.expires_on.isoformat(),
            "options": options.get(listing.pk, []),
        }
        for listing in wanted
    ]


def line_states(lines: Iterable[Line]) -> list[dict[str, object]]:
    """Return all there is to know about order lines, with the calls that named each and what they changed."""
    wanted = list(lines)
    calls: dict[int, list[LineCall]] = {}
    for attempt in LineCall.objects.filter(line__in=wanted).select_related("line"):
        calls.setdefault(attempt.line.pk, []).append(attempt)
    claims: dict[int, list[Claim]] = {}
    for claim in Claim.objects.filter(line__in=wanted).select_related("line"):
        claims.setdefault(claim.line.pk, []).append(claim)
    return [
        {
            **_facts(line),
            **_attempts(calls.get(line.pk, [])),
            "claims": [
                {"stat": claim.stat, "reason": claim.reason, "memo": claim.memo} for claim in claims.get(line.pk, [])
            ],
        }
        for line in wanted
    ]


def cart_state(cart: Cart, lines: Iterable[Line]) -> dict[str, object]:
    """Return the numbers of a cart just placed."""
    return {"pack_no": cart.pack_no, "order_nos": [line.order_no for line in lines]}


def fault_state(fault: Fault) -> dict[str, object]:
    """Return a fault switch and how often it was used."""
    return {
        "id": fault.pk,
        "kind": fault.kind,
        "method": fault.method,
        "shop": fault.login_id,
        "settings": fault.settings,
        "skip": fault.skip,
        "remaining": fault.remaining,
        "times_used": fault.times_used,
    }


def call_state(call: Call) -> dict[str, object]:
    """Return one recorded call."""
    return {
        "id": call.pk,
        "at": call.at.astimezone(JAPAN).isoformat(),
        "method": call.method,
        "style": call.style,
        "http_method": call.http_method,
        "shop": call.login_id,
        "parameters": call.parameters,
        "code": call.code,
        "faults": call.faults,
    }


def _facts(line: Line) -> dict[str, object]:
    cart = line.cart
    moments = {
        "ordered_at": cart.ordered_at,
        "paid_at": cart.paid_at,
        "visible_from": cart.visible_from,
        "confirmed_at": line.confirmed_at,
        "shipped_at": line.shipped_at,
        "delivered_at": line.delivered_at,
    }
    return {
        "shop": line.shop.login_id,
        "pack_no": cart.pack_no,
        "order_no": line.order_no,
        "status": line.status,
        "status_text": line.status_text,
        "is_cancelled": line.is_cancelled,
        "item_code": line.item_code,
        "seller_item_code": line.seller_item_code,
        "option_code": line.option_code,
        "quantity": line.quantity,
        "total": str(line.total),
        "receiver": cart.receiver,
        "buyer": cart.buyer,
        "confirmed_by": line.confirmed_by,
        "estimated_shipping_on": str(line.estimated_shipping_on or ""),
        "packing_no": cart.packing_no,
        "carrier": line.shipping_corp,
        "tracking_no": line.tracking_no,
        **{name: moment.astimezone(JAPAN).isoformat() if moment else None for name, moment in moments.items()},
    }


def _attempts(attempts: list[LineCall]) -> dict[str, object]:
    confirms = [attempt for attempt in attempts if attempt.method in CONFIRM_METHODS]
    ships = [attempt for attempt in attempts if attempt.method in SHIP_METHODS]
    return {
        "confirm_calls": len(confirms),
        "effective_confirms": sum(attempt.is_effective for attempt in confirms),
        "write_back_calls": len(ships),
        "effective_write_backs": sum(attempt.is_effective for attempt in ships),
        "attempts": [
            {"method": attempt.method, "code": attempt.code, "is_effective": attempt.is_effective}
            for attempt in attempts
        ],
    }
