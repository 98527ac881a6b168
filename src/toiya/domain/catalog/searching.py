"""What a SKU is found by, written again whenever one of its parts changes."""

from __future__ import annotations

from collections.abc import Iterable

from toiya.core.folding import folded_together
from toiya.domain.catalog.models import Barcode, InventoryItem, Sku


def searched_by(sku: Sku, item: InventoryItem, barcodes: Iterable[str]) -> str:
    """The folded names, codes and barcodes of a SKU and its item."""
    texts = (sku.name, item.name, sku.option, sku.code, sku.seller_code, item.seller_code, item.reference_code)
    return folded_together([*texts, *map(str, sku.option_values), *barcodes])


def write_search_texts(skus: Iterable[Sku]) -> None:
    """Write the texts of these locked SKUs again; the caller has stored everything else (three statements)."""
    rows = list(Sku.objects.filter(pk__in=[sku.pk for sku in skus]).select_related("item").order_by("pk"))
    barcodes: dict[int, list[str]] = {row.pk: [] for row in rows}
    for sku_id, barcode in Barcode.objects.filter(sku__in=rows).order_by("pk").values_list("sku_id", "barcode"):
        barcodes[sku_id].append(barcode)
    for row in rows:
        row.search_text = searched_by(row, row.item, barcodes[row.pk])
    Sku.objects.bulk_update(rows, ["search_text"], batch_size=1000)
