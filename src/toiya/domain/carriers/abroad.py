"""Which services go to a country."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from toiya.domain.carriers.models import Label, Reach, Service, Way

HOME = "JP"


def services_to(country: str) -> list[Service]:
    """The services that go there, the cheapest first (one query)."""
    return list(_going_to(country).order_by("price_minor", "code"))


def goes_to(service: Service, country: str) -> bool:
    """Whether the service goes there."""
    return _going_to(country).filter(pk=service.pk).exists()


def _going_to(country: str) -> QuerySet[Service]:
    reaches = Reach.objects.filter(service=OuterRef("pk"))
    if country == HOME:
        return Service.objects.filter(~Exists(reaches))
    return Service.objects.filter(Exists(reaches.filter(country=country)))


def services_abroad() -> list[Service]:
    """The services that leave the country, with where they go (two queries)."""
    return list(Service.objects.filter(reaches__isnull=False).distinct().prefetch_related("reaches").order_by("code"))


def numbers_to_type(most: int) -> list[Label]:
    """Labels that wait for a person to type their number, the oldest first."""
    waiting = Label.objects.filter(way=Way.HAND, status=Label.Status.WANTED, tracking_number="")
    return list(waiting.select_related("seller", "service").defer("document").order_by("wanted_at", "pk")[:most])
