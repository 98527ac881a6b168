"""A step of invoices and credit notes: the next number of the year, and both sides as they stand on the paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from toiya.core.actor import Actor
from toiya.domain.billing.models import Invoice, InvoiceSeries, Issuer, Statement
from toiya.domain.billing.rules import months
from toiya.domain.billing.rules.taxes import RateTotal
from toiya.domain.members.models import BusinessProfile, Seller


def write_paper(
    *,
    statement: Statement,
    rates: Sequence[RateTotal],
    issuer: Issuer,
    paper: Mapping[str, Any] | None = None,
    actor: Actor,
    at: datetime,
) -> Invoice:
    """
    The next number of the year, drawn last, because everybody waits for it; a rollback gives it back.

    :param paper: what a credit note says more: its kind, the invoice it refers to, the reason, the token
    """
    year = months.day_of(at).year
    InvoiceSeries.objects.get_or_create(year=year)
    series = InvoiceSeries.objects.filter(year=year).lock().get()
    series.last += 1
    series.save(update_fields=["last"])
    return Invoice.objects.create(
        seller_id=statement.seller_id,
        statement=statement,
        number=f"{year}-{series.last:06d}",
        year=year,
        sequence=series.last,
        issued_on=months.day_of(at),
        currency=statement.currency,
        total_minor=sum(each.total_minor for each in rates),
        tax_minor=sum(each.tax_minor for each in rates),
        rates=[[each.percent, each.total_minor, each.tax_minor] for each in rates],
        issuer=_as_issuer(issuer),
        recipient=_as_recipient(statement.seller),
        at=at,
        actor=actor.name,
        **(paper or {"kind": Invoice.Kind.INVOICE}),
    )


def _as_issuer(issuer: Issuer) -> dict[str, str]:
    names = ("name", "address", "country", "registration_number")
    return {name: getattr(issuer, name) for name in names}


def _as_recipient(seller: Seller) -> dict[str, str]:
    """The firm as it registered; a basic member by its shop's name."""
    profile = BusinessProfile.objects.filter(seller=seller).first()
    name, address = (profile.company_name, profile.address) if profile else (seller.name, "")
    return {"name": name, "address": address, "code": seller.code, "country": seller.country}
