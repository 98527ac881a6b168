"""Finding SKUs by what a scanner reads."""

from __future__ import annotations

from django.db.models import Q

from toiya.core.codes import folded
from toiya.domain.catalog.models import Sku


def skus_scanned(scan: str, sku_ids: list[int]) -> list[Sku]:
    """Which of these SKUs a scanned text stands for: a SKU's code, a seller code or a barcode, without case."""
    text = folded(scan)
    match = Q(code__iexact=text) | Q(seller_code__iexact=text) | Q(barcodes__barcode__iexact=text)
    return list(Sku.objects.filter(match, pk__in=sku_ids).distinct().order_by("pk"))
