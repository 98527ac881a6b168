"""Which centres a seller uses: written when it signs, asked by all that brings its goods into a building (A063)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy

from toiya.core.errors import Refusal
from toiya.domain.warehouses.models import CentreUse, Warehouse

APPLY_AT = "/settings/agreement/"


class CentreNotAppliedFor(Refusal):
    """The seller's agreement does not cover this warehouse."""

    code = "centre_not_applied_for"
    message = gettext_lazy(
        "Your agreement does not cover %(warehouse)s. Apply for it under Settings, Agreement (%(apply_at)s), then try "
        "once more."
    )


def check_centre(*, seller_id: int, warehouse: Warehouse) -> None:
    """A check of higher actions. :raises CentreNotAppliedFor:"""
    if not CentreUse.objects.filter(seller_id=seller_id, warehouse=warehouse, ended_at=None).exists():
        raise CentreNotAppliedFor(warehouse=warehouse.name, apply_at=APPLY_AT)


def use_centres(*, seller_id: int, warehouse_ids: Sequence[int], at: datetime) -> None:
    """A step of a higher action, which records it: these centres from now on, and no others. What lies there stays."""
    used = CentreUse.objects.filter(seller_id=seller_id)
    used.exclude(warehouse_id__in=warehouse_ids).filter(ended_at=None).update(ended_at=at)
    used.filter(warehouse_id__in=warehouse_ids).exclude(ended_at=None).update(ended_at=None, applied_at=at)
    rows = [CentreUse(seller_id=seller_id, warehouse_id=each, applied_at=at) for each in warehouse_ids]
    CentreUse.objects.bulk_create(rows, ignore_conflicts=True)
