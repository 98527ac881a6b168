"""Which terms hold for whom, and what is still to be signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from toiya.core.money import Money
from toiya.domain.contracts import rules
from toiya.domain.contracts.models import Agreement, TermsVersion, Variation
from toiya.domain.contracts.rules import Terms
from toiya.domain.inbound.models import CargoBundle
from toiya.domain.members.models import Seller
from toiya.domain.pricing.queries import card_for
from toiya.domain.pricing.rules import Kind
from toiya.domain.warehouses.models import Warehouse
from toiya.domain.warehouses.queries import centres_of


@dataclass(frozen=True, slots=True)
class Centre:
    """A warehouse one may apply for, and whether this seller uses it."""

    warehouse: Warehouse
    country: str
    is_used: bool


def local_day(country: str, at: datetime) -> date:
    """The day in that country."""
    return at.astimezone(ZoneInfo(rules.STANDARD[country].zone)).date()


def version_on(country: str, day: date) -> Terms:
    """The country's own version that holds on a day."""
    rows = TermsVersion.objects.filter(country=country, holds_from__lte=day).order_by("-version")
    found = rows.first()
    return rules.terms_from(found.figures) if found else rules.STANDARD[country]


def announced(country: str, day: date) -> TermsVersion | None:
    """The version that was announced and does not hold yet."""
    later = TermsVersion.objects.filter(country=country, holds_from__gt=day)
    return later.order_by("-version").first()


def variation_of(seller_id: int, country: str) -> Mapping[str, int]:
    """The seller's own numbers, as they were last set."""
    found = Variation.objects.filter(seller_id=seller_id, country=country).order_by("-pk").first()
    return dict(found.changes) if found else {}


def terms_offered(seller_id: int, country: str, day: date) -> Terms:
    """What the seller is to sign now: the newest version that is announced, with its own numbers in it."""
    coming = announced(country, day)
    terms = rules.terms_from(coming.figures) if coming else version_on(country, day)
    return with_prices(rules.varied(terms, variation_of(seller_id, country)), seller_id, day)


def with_prices(terms: Terms, seller_id: int, day: date) -> Terms:
    """
    The terms with the storage fee of the seller's rate card, which is what it is charged by (A069-A071).

    A card without a monthly storage fee, or in another currency, leaves the numbers of the version.
    """
    card = card_for(Seller.objects.get(pk=seller_id), None, day, terms.currency)
    fees = [rule for rule in card.rates if rule.kind == Kind.STORAGE_MONTH and "shipped_under" in rule.conditions]
    if not fees:
        return terms
    rule = max(fees, key=lambda each: (each.level, len(each.conditions)))
    return replace(
        terms,
        storage_below_pieces=int(rule.conditions["shipped_under"]),
        storage_price_minor=Money.rounded(rule.price / rule.per, terms.currency).minor,
        storage_free_months=1 if "is_first_month" in rule.conditions else 0,
    )


def agreement_of(seller_id: int, country: str) -> Agreement | None:
    """The seller's newest signature."""
    return Agreement.objects.filter(seller_id=seller_id, country=country).order_by("-pk").first()


def terms_in_force(seller_id: int, country: str, at: datetime) -> Terms:
    """
    The numbers the house acts by: those the seller signed, else the country's version of that day.

    One that was signed ahead holds from its day on; until then the signature before it.
    """
    day = local_day(country, at)
    not_yet = TermsVersion.objects.filter(country=country, holds_from__gt=day).values("version")
    signed = Agreement.objects.filter(seller_id=seller_id, country=country).exclude(version__in=not_yet)
    newest = signed.order_by("-pk").first()
    return rules.terms_from(newest.figures) if newest else version_on(country, day)


def booked_by(bundle: CargoBundle, at: datetime) -> date | None:
    """The last day on which a delivery that arrived is booked, by the seller's agreement (A068); None: not arrived."""
    if bundle.arrived_at is None or bundle.status != CargoBundle.Status.ARRIVED:
        return None
    zone = bundle.warehouse.time_zone
    terms = terms_in_force(bundle.seller_id, rules.country_of(zone), at)
    return rules.booked_by(bundle.arrived_at.astimezone(ZoneInfo(zone)).date(), terms)


def is_to_sign(seller_id: int, country: str, at: datetime) -> bool:
    """Whether what is offered differs from what was signed, or nothing was."""
    signed = agreement_of(seller_id, country)
    offered = terms_offered(seller_id, country, local_day(country, at))
    return signed is None or rules.terms_from(signed.figures) != offered


def centres(seller_id: int) -> list[Centre]:
    """Every centre, with the country whose agreement holds there (A063)."""
    mine = centres_of(seller_id)
    houses = Warehouse.objects.order_by("pk")
    return [Centre(house, rules.country_of(house.time_zone), house.pk in mine) for house in houses]


def sellers_to_sign(country: str) -> list[int]:
    """Who signed an agreement of that country, or uses a centre there."""
    signed = Agreement.objects.filter(country=country).values_list("seller_id", flat=True)
    return sorted(set(signed))
