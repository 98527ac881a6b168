"""Tables of the sales site, by topic."""

from toiya.sandbox.site.models.cards import CardPayment
from toiya.sandbox.site.models.console import Handover, Partner, SigningKey
from toiya.sandbox.site.models.listings import Listing, Option
from toiya.sandbox.site.models.orders import Cart, Claim, Line
from toiya.sandbox.site.models.records import Call, Clock, Fault, LineCall
from toiya.sandbox.site.models.shops import ConsoleCode, SellerKey, Shop

__all__ = [
    "Call",
    "CardPayment",
    "Cart",
    "Claim",
    "Clock",
    "ConsoleCode",
    "Fault",
    "Handover",
    "Line",
    "LineCall",
    "Listing",
    "Option",
    "Partner",
    "SellerKey",
    "Shop",
    "SigningKey",
]
