"""What a warehouse takes, told as refusals that name the rule and its mend (A136-A139, L15)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from toiya.core.errors import Refusal
from toiya.domain.inbound.rules import Breach, Rule, Step
from toiya.domain.warehouses.models import Warehouse


class TooManyPiecesAsked(Refusal):
    """A request over the cap of pieces."""

    code = "too_many_pieces_asked"
    message = gettext_lazy(
        "%(warehouse)s takes at most %(most)s pieces in one request and this one has %(asked)s. "
        "Ask for fewer pieces, split the goods over several days, or agree on a bigger lot with the warehouse."
    )


class TooManyOpenPieces(Refusal):
    """More pieces would be on their way than the warehouse takes from one seller."""

    code = "too_many_open_pieces"
    message = gettext_lazy(
        "%(warehouse)s takes at most %(most)s pieces that are asked for and not received yet, and it would be "
        "%(asked)s. Wait until a delivery is completed, or cancel a request."
    )


class BundleTooLarge(Refusal):
    """A delivery over the cap of pieces."""

    code = "bundle_too_large"
    message = gettext_lazy(
        "%(warehouse)s takes at most %(most)s pieces in one delivery and this one has %(asked)s. "
        "Choose fewer requests and make a second cargo bundle."
    )


class TooManyKindsInCarton(Refusal):
    """Kinds are to be packed apart."""

    code = "too_many_kinds_in_carton"
    message = gettext_lazy(
        "%(warehouse)s takes at most %(most)s kinds of goods in one carton and this one has %(asked)s. "
        "Pack the kinds apart."
    )


class FreightCollectNotTaken(Refusal):
    """The warehouse pays no freight or duty at the door."""

    code = "freight_collect_not_taken"
    message = gettext_lazy(
        "%(warehouse)s pays no freight or customs duty on arrival. Send the goods with everything paid by you."
    )


class SlotMissing(Refusal):
    """A large or oversize delivery has no time at the dock yet."""

    code = "slot_missing"
    message = gettext_lazy("%(code)s is a large or oversize delivery. Book a time at the dock first.")


class CartonsNotListed(Refusal):
    """Several kinds of goods, and not every piece is in the carton list."""

    code = "cartons_not_listed"
    message = gettext_lazy(
        "%(code)s holds several kinds of goods. List in which carton each of the %(pieces)s pieces is, then send it."
    )


def refuse(breach: Breach | None, warehouse: Warehouse) -> None:
    """
    Say no where a rule is broken.

    :raises TooManyPiecesAsked: :raises TooManyOpenPieces: :raises BundleTooLarge:
    :raises TooManyKindsInCarton: :raises FreightCollectNotTaken:
    """
    if breach is None:
        return
    name, most, asked = warehouse.name, breach.most, breach.asked
    if breach.rule == Rule.PIECES_A_REQUEST:
        raise TooManyPiecesAsked(warehouse=name, most=most, asked=asked)
    if breach.rule == Rule.OPEN_PIECES:
        raise TooManyOpenPieces(warehouse=name, most=most, asked=asked)
    if breach.rule == Rule.PIECES_A_BUNDLE:
        raise BundleTooLarge(warehouse=name, most=most, asked=asked)
    if breach.rule == Rule.KINDS_A_CARTON:
        raise TooManyKindsInCarton(warehouse=name, most=most, asked=asked)
    raise FreightCollectNotTaken(warehouse=name)


def refuse_missing(code: str, pieces: int, steps: tuple[Step, ...]) -> None:
    """:raises SlotMissing: :raises CartonsNotListed: what has to come first"""
    if Step.DOCK_SLOT in steps:
        raise SlotMissing(code=code)
    if Step.CARTON_LIST in steps:
        raise CartonsNotListed(code=code, pieces=pieces)
