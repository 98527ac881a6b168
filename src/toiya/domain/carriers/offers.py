"""The services with their terms as the rules take them, read from the tables."""

from __future__ import annotations

from toiya.core.errors import NotFound
from toiya.domain.carriers.models import Service, ServiceTerms
from toiya.domain.carriers.service_rules import Offer, Terms, Tier


def offers() -> list[Offer]:
    """Every service that has terms, the cheapest first (two queries)."""
    rows = Service.objects.filter(terms__isnull=False).distinct().order_by("price_minor", "code")
    return [offer_of(row) for row in rows.prefetch_related("terms")]


def offer(code: str) -> Offer:
    """The service of that code; one without terms is offered on no day. :raises NotFound:"""
    row = Service.objects.filter(code=code).prefetch_related("terms").first()
    if row is None:
        raise NotFound(kind="service", code=code)
    return offer_of(row)


def offer_of(row: Service) -> Offer:
    """A service with its terms; without any it is offered on no day."""
    terms = sorted(row.terms.all(), key=lambda each: each.starts_on)
    return Offer(row.code, row.carrier, row.name, tuple(terms_of(each) for each in terms))


def terms_of(row: ServiceTerms) -> Terms:
    """A row of terms as the rules take it."""
    within = row.within_mm
    return Terms(
        starts_on=row.starts_on,
        tiers=tuple(Tier(*each) for each in row.tiers),
        longest_mm=row.longest_mm,
        thickest_mm=row.thickest_mm,
        least_mm=(row.least_long_mm, row.least_wide_mm),
        within_mm=(within[0], within[1], within[2]) if within else None,
        most_weight_g=row.most_weight_g,
        takes_date=row.takes_date,
        slots=frozenset(row.slots),
        latest_days=row.latest_days,
        is_mailbox=row.is_mailbox,
        compensation_minor=row.compensation_minor,
        is_offered=row.is_offered,
    )
