"""Opening shops and putting listings with options on offer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from toiya.sandbox.site.clock import JAPAN, one_year_after
from toiya.sandbox.site.models import Listing, Option, Shop
from toiya.sandbox.site.ordering.refusals import OrderingRefused
from toiya.sandbox.site.qapi.authentication import new_api_key

FIRST_ITEM_CODE = 900_100_200


@dataclass(frozen=True)
class NewOption:
    """One combination option; ``name`` and ``value`` join their axes with two pipes and an asterisk."""

    name: str
    value: str
    code: str
    price: Decimal
    quantity: int


@dataclass(frozen=True)
class NewListing:
    """One listing to offer; without an item code the site gives the next one."""

    seller_code: str
    title: str
    price: Decimal
    quantity: int
    item_code: str = ""
    status: str = "S2"
    options: Sequence[NewOption] = ()
    single_options: list[dict[str, object]] = field(default_factory=list)


def open_shop(
    login_id: str, password: str, name: str, api_key: str = "", contact: Mapping[str, str] | None = None
) -> Shop:
    """
    Open a shop; without an API key it gets a fresh one.

    :raises OrderingRefused: the log-in id or the API key is taken
    """
    if Shop.objects.filter(login_id=login_id).exists():
        raise OrderingRefused(f"Shop {login_id} exists already. Use another log-in id.")
    if api_key and Shop.objects.filter(api_key=api_key).exists():
        raise OrderingRefused(f"The API key of shop {login_id} belongs to another shop. Use another one.")
    return Shop.objects.create(
        login_id=login_id, password=password, name=name, api_key=api_key or new_api_key(), **(contact or {})
    )


@transaction.atomic
def offer(shop: Shop, wanted: Sequence[NewListing], *, at: datetime) -> list[Listing]:
    """
    Put listings on offer, on sale until a year from now.

    :raises OrderingRefused: an item code or seller code is taken
    """
    highest = Listing.objects.aggregate(highest=Max("item_code"))["highest"]
    next_code = FIRST_ITEM_CODE if highest is None else max(FIRST_ITEM_CODE, int(highest) + 1)
    expires_on = one_year_after(at).astimezone(JAPAN).date()
    listings = []
    for number, new in enumerate(wanted):
        item_code = new.item_code or str(next_code + number)
        _refuse_taken(shop, new.seller_code, item_code)
        listing = Listing.objects.create(
            shop=shop, item_code=item_code, seller_code=new.seller_code, title=new.title, status=new.status,
            price=new.price, retail_price=new.price, quantity=new.quantity, expires_on=expires_on,
            single_options=new.single_options, listed_at=at, changed_at=at,
        )  # fmt: skip
        Option.objects.bulk_create(
            Option(
                listing=listing,
                name=option.name,
                value=option.value,
                code=option.code,
                price=option.price,
                quantity=option.quantity,
            )
            for option in new.options
        )
        listings.append(listing)
    return listings


def _refuse_taken(shop: Shop, seller_code: str, item_code: str) -> None:
    if Listing.objects.filter(item_code=item_code).exists():
        raise OrderingRefused(f"Item code {item_code} is taken. Give another one, or none.")
    if seller_code and Listing.objects.filter(shop=shop, seller_code=seller_code).exists():
        raise OrderingRefused(f"Seller code {seller_code} is taken in shop {shop}. Give another one.")
