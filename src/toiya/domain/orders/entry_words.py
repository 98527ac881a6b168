"""What is wrong with an entered order, in whole sentences that say how to mend it; and what its fields are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from toiya.domain.orders import delivery
from toiya.domain.orders.entries import EntryFlaw

FIELDS: Mapping[str, Any] = {
    "reference": _("Reference order no."),
    "site": _("Reference site"),
    "product_code": _("Product code"),
    "title": _("Product name"),
    "service": _("Delivery method"),
    "ship_country": _("Shipped from"),
    "sub_category": _("Sub-category"),
    "kind": _("Type"),
    "buyer": _("Buyer"),
    "receiver": _("Receiver"),
    "receiver_kana": _("Receiver (kana)"),
    "phone": _("Phone"),
    "mobile": _("Mobile phone"),
    "country": _("Country"),
    "postal_code": _("Postal code"),
    "address": _("Address"),
    "address_detail": _("Building, room"),
    "price": _("Reference price"),
    "quantity": _("Pieces"),
    "remark": _("Remark"),
    "branch": _("Warehouse"),
    "sku": _("SKU"),
    "seller_sku": _("Seller SKU code"),
    "third_party": _("Third-party company"),
    "gift_name": _("Gift sender"),
    "gift_country": _("Gift sender's country"),
    "gift_postal_code": _("Gift sender's postal code"),
    "gift_address": _("Gift sender's address"),
    "gift_contact": _("Gift sender's contact"),
    "customs_code": _("Personal customs clearance code"),
    "deliver_on": _("Desired day"),
    "slot": _("Desired hours"),
}

SENTENCES: Mapping[str, Any] = {
    "missing": _("Nothing is there. Enter it."),
    "too_long": _("“%(value)s” is too long. At most %(limit)s letters fit."),
    "control_character": _("There is a control character in it. Remove it."),
    "not_a_number": _("“%(value)s” is not a whole number. Write %(limit)s."),
    "not_an_amount": _("“%(value)s” is not an amount. Write digits, such as 1200."),
    "not_a_country": _("“%(value)s” is not a country. Write its code of two letters, such as JP."),
    "not_from_there": _("We send from Japan, not from “%(value)s”. Write JP."),
    "not_a_phone": _("“%(value)s” is no phone number there. Enter one such as 090-1234-5678."),
    "no_lines": _("There is no line. Enter a SKU and how many pieces."),
    "too_many_lines": _("One order has at most %(most)s lines. Make two orders of it."),
    "unknown_sku": _("You have no SKU with the code %(value)s. Look under SKUs."),
    "sku_off": _("SKU %(value)s is switched off. Switch it on first."),
    "sku_needed": _("Our warehouse sends only what it keeps. Enter the SKU no. or your own SKU code."),
    "branch_needed": _("Say which warehouse sends it. You can write: %(names)s."),
    "unknown_branch": _("No warehouse is called “%(value)s”. You can write: %(names)s."),
    "centre_not_applied_for": _("Your agreement does not cover %(value)s. Apply for it under Settings, Agreement."),
    "unknown_service": _("No delivery method is called “%(value)s”. Leave it empty, or write one of: %(names)s."),
    "not_a_slot": _("“%(value)s” are no hours we know. Leave it empty, or write one of: %(names)s."),
    "not_a_day": _("“%(value)s” is not a day. Write it like 2026-11-28."),
    "day_is_past": _("%(value)s is over. Choose a day to come, or none."),
    "postal_code_form": _("“%(value)s” is not a Japanese postal code. Write its seven digits, such as 273-0017."),
    "postal_code_unknown": _("The post has no code %(value)s. Correct it, or take the address as written."),
    "address_elsewhere": _(
        "Postal code %(value)s is in %(place)s, but the address does not begin so. Correct one of the two, or take the "
        "address as written."
    ),
    "unprintable": _("No label can carry “%(value)s”. Write it another way."),
    "no_room": _("“%(value)s” has no room on the label: at most %(most)s full-width letters fit. Shorten it."),
    "reference_taken": _(
        "An order with this number is here already: %(value)s. Enter another number, or the site's name."
    ),
    "other_receiver": _("Another receiver than in row %(row)s of the same order. Make them equal."),
    "waits_for_row": _("Its order waits whole until row %(row)s is mended."),
}


def sentence_of(flaw: EntryFlaw) -> str:
    """What is wrong and how to mend it, in the active language."""
    return str(all_sentences()[flaw.code]) % flaw.values


def all_sentences() -> Mapping[str, Any]:
    """The sentences of this package and those that carriers have for wishes."""
    return {**SENTENCES, **delivery.rules_in_force().words}
