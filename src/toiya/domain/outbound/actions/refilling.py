"""Pick bins: which SKU is picked from which bin, and carrying pieces there from the reserve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import folded
from toiya.core.errors import NotFound, Refusal
from toiya.domain.catalog.models import Sku
from toiya.domain.outbound.actions.on_the_shelf import move_pieces
from toiya.domain.outbound.actions.picking import WrongBin, printed_codes
from toiya.domain.outbound.events import PickFaceChosen, PickFaceGivenUp
from toiya.domain.outbound.models import PickFace
from toiya.domain.stock.actions.spots import Spot
from toiya.domain.warehouses.models import Bin


class NotAPickBin(Refusal):
    """Pieces are picked from shelves only."""

    code = "not_a_pick_bin"
    message = gettext_lazy("%(bin)s is no shelf bin of this warehouse. Enter the code of a shelf bin.")


class WrongLimits(Refusal):
    """The least number must be one or more, and no greater than the most."""

    code = "wrong_limits"
    message = gettext_lazy("At least 1 piece, and no more than the greatest number. Enter both numbers again.")


@dataclass(frozen=True, slots=True)
class Limits:
    """How full a pick bin is kept."""

    minimum: int
    maximum: int


@transaction.atomic
def choose_pick_face(
    *, warehouse_id: int, sku_code: str, bin_code: str, limits: Limits, actor: Actor, at: datetime
) -> PickFace:
    """
    Pick this SKU from this bin, or change the limits of its pick bin there.

    :raises NotFound: no such SKU :raises NotAPickBin: :raises WrongLimits:
    """
    sku = Sku.objects.filter(code=folded(sku_code)).lock().first()

    if sku is None:
        raise NotFound(kind=gettext_lazy("SKU"), code=sku_code)
    shelves = Bin.objects.filter(warehouse_id=warehouse_id, kind=Bin.Kind.STORAGE, code__in=printed_codes(bin_code))
    place = shelves.first()
    if place is None:
        raise NotAPickBin(bin=bin_code)
    if not 1 <= limits.minimum <= limits.maximum:
        raise WrongLimits()

    face, _made = PickFace.objects.update_or_create(
        warehouse_id=warehouse_id,
        sku=sku,
        bin=place,
        defaults={"seller_id": sku.seller_id, "minimum": limits.minimum, "maximum": limits.maximum},
    )

    chosen = PickFaceChosen(
        seller_id=sku.seller_id, subject=sku.code, bin=place.code, minimum=limits.minimum, maximum=limits.maximum
    )
    events.record(chosen, actor=actor, at=at)
    return face


@transaction.atomic
def give_up_pick_face(*, face_id: int, warehouse_id: int, actor: Actor, at: datetime) -> None:
    """Pick the SKU from any bin again. :raises NotFound:"""
    face = PickFace.objects.filter(pk=face_id, warehouse_id=warehouse_id).lock().select_related("sku", "bin").first()

    if face is None:
        raise NotFound(kind=gettext_lazy("pick bin"), code=str(face_id))

    face.delete()

    given_up = PickFaceGivenUp(seller_id=face.seller_id, subject=face.sku.code, bin=face.bin.code)
    events.record(given_up, actor=actor, at=at)


@transaction.atomic
def refill_face(*, face_id: int, spot: Spot, scan: str, quantity: int, actor: Actor, at: datetime) -> None:
    """
    Pieces of the spot are in the pick bin whose barcode was scanned.

    :raises WrongBin: another bin was scanned :raises Refusal: those of `move_pieces`
    """
    face = PickFace.objects.filter(pk=face_id, sku=spot.sku).lock().select_related("bin").first()

    if face is None:
        raise NotFound(kind=gettext_lazy("pick bin"), code=str(face_id))
    if face.bin.code not in printed_codes(scan):
        raise WrongBin(scan=scan, expected=face.bin.code)

    move_pieces(spot=spot, to_bin=face.bin, quantity=quantity, actor=actor, at=at)
