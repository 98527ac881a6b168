"""What a bundle is made of: judged here, written by `allocation`, which knows the orders that want it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from toiya.core.errors import NotFound, Refusal
from toiya.domain.catalog.models import BundlePart, Sku

MOST_PARTS = 30
MOST_PIECES = 1000


class BundleWithoutParts(Refusal):
    """Nothing, or too much, was entered as parts."""

    code = "bundle_without_parts"
    message = gettext_lazy("A bundle has 1 to %(most)s parts, %(parts)s were entered. Enter the SKUs it is made of.")


class PartTwice(Refusal):
    """The same SKU was entered in two rows."""

    code = "part_twice"
    message = gettext_lazy("%(sku)s is entered twice. Enter it once, with the number of all its pieces.")


class PartIsBundle(Refusal):
    """A bundle inside a bundle, or the bundle in itself."""

    code = "part_is_bundle"
    message = gettext_lazy("%(sku)s is a bundle itself. Enter the SKUs that it is made of.")


class BundleIsPart(Refusal):
    """The SKU belongs to another bundle."""

    code = "bundle_is_part"
    message = gettext_lazy("%(sku)s is a part of %(bundle)s, so it cannot be a bundle. Take it out of there first.")


class PartQuantityOff(Refusal):
    """A number of pieces that no bundle has."""

    code = "part_quantity_off"
    message = gettext_lazy("%(sku)s: %(quantity)s pieces. Enter a whole number from 1 to %(most)s.")


@dataclass(frozen=True, slots=True)
class Part:
    """So many pieces of the SKU with this code."""

    sku_code: str
    quantity: int


def checked_parts(bundle: Sku, parts: Sequence[Part]) -> list[BundlePart]:
    """
    A step: the rows that these parts would be, not stored yet.

    :raises BundleWithoutParts: :raises PartTwice: :raises PartIsBundle: :raises BundleIsPart:
    :raises PartQuantityOff: :raises NotFound: the seller has no such SKU
    """
    if not 1 <= len(parts) <= MOST_PARTS:
        raise BundleWithoutParts(most=MOST_PARTS, parts=len(parts))
    whole = BundlePart.objects.filter(part=bundle).select_related("bundle").order_by("pk").first()
    if whole is not None:
        raise BundleIsPart(sku=bundle.code, bundle=whole.bundle.code)
    codes = [part.sku_code for part in parts]
    skus = {sku.code: sku for sku in Sku.objects.filter(seller_id=bundle.seller_id, code__in=codes)}
    for place, part in enumerate(parts):
        if part.sku_code not in skus:
            raise NotFound(kind="SKU", code=part.sku_code)
        if part.sku_code in codes[:place]:
            raise PartTwice(sku=part.sku_code)
        if skus[part.sku_code].bundle_kind or part.sku_code == bundle.code:
            raise PartIsBundle(sku=part.sku_code)
        if not 1 <= part.quantity <= MOST_PIECES:
            raise PartQuantityOff(sku=part.sku_code, quantity=part.quantity, most=MOST_PIECES)
    return [
        BundlePart(seller_id=bundle.seller_id, bundle=bundle, part=skus[part.sku_code], quantity=part.quantity)
        for part in parts
    ]


def write_parts(bundle: Sku, kind: Sku.BundleKind, parts: Sequence[BundlePart]) -> None:
    """A step: a locked SKU is made of these parts from now on, or of none."""
    BundlePart.objects.filter(bundle=bundle).delete()
    BundlePart.objects.bulk_create(parts)
    bundle.bundle_kind = kind
    bundle.version += 1
    bundle.save(update_fields=["bundle_kind", "version"])
