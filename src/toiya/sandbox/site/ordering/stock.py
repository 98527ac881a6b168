"""Pieces on offer: counted per listing, taken by orders, given back by cancellations."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import F, Sum

from toiya.sandbox.site.models import Line, Listing, Option
from toiya.sandbox.site.ordering.refusals import OrderingRefused


def pieces_on_offer(listings: Iterable[Listing]) -> dict[int, int]:
    """Return the pieces of each listing by its id: those of its options together, or its own."""
    wanted = list(listings)
    pieces = {listing.pk: listing.quantity for listing in wanted}
    totals = Option.objects.filter(listing__in=wanted).values_list("listing").annotate(Sum("quantity"))
    pieces.update(dict(totals))
    return pieces


def take(wanted: Iterable[tuple[Listing, Option | None, int]]) -> None:
    """
    Take pieces for new order lines.

    :raises OrderingRefused: a listing or option has fewer pieces than wanted
    """
    of_options: Counter[int] = Counter()
    of_listings: Counter[int] = Counter()
    for listing, option, quantity in wanted:
        if option is not None:
            of_options[option.pk] += quantity
        else:
            of_listings[listing.pk] += quantity
    for option_id, quantity in of_options.items():
        enough = Option.objects.filter(pk=option_id, quantity__gte=quantity)
        if not enough.update(quantity=F("quantity") - quantity):
            raise OrderingRefused(
                f"Option {Option.objects.get(pk=option_id)} has fewer than {quantity} pieces left. Order fewer."
            )
    for listing_id, quantity in of_listings.items():
        fitting = Listing.objects.filter(pk=listing_id, quantity__gte=quantity)
        if not fitting.update(quantity=F("quantity") - quantity):
            listing = Listing.objects.get(pk=listing_id)
            raise OrderingRefused(
                f"Listing {listing.seller_code or listing} has fewer than {quantity} pieces left. Order fewer."
            )


def give_back(line: Line) -> None:
    """Put the pieces of a cancelled line back on offer."""
    if line.option is not None:
        Option.objects.filter(pk=line.option.pk).update(quantity=F("quantity") + line.quantity)
    elif line.listing is not None:
        Listing.objects.filter(pk=line.listing.pk).update(quantity=F("quantity") + line.quantity)
