"""The carton list: which pieces are in which box (L18)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import codes_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.domain.inbound import judging, queries, rules
from toiya.domain.inbound.actions.bundles import BundleUnderWay
from toiya.domain.inbound.events import CartonsListed
from toiya.domain.inbound.models import CargoBundle, Carton, CartonLine
from toiya.domain.inbound.steps import CartonsOutOfRange, locked_bundle

Status = CargoBundle.Status
_OPEN = frozenset({Status.REQUESTED, Status.CONFIRMED, Status.SHIPPED})
_APART = 1_000_000  # numbers are moved through here, because two cartons may never bear the same one
LONGEST_MM, HEAVIEST_G = 100_000, 1_000_000


class NotInBundle(Refusal):
    """A carton holds goods that the delivery does not."""

    code = "not_in_bundle"
    message = gettext_lazy("SKU %(sku)s is not in this cargo bundle. List only goods that were asked for.")


class MoreThanTold(Refusal):
    """The cartons hold more pieces than the delivery."""

    code = "more_in_cartons_than_told"
    message = gettext_lazy(
        "The cartons would hold %(packed)s pieces of %(sku)s and the cargo bundle has %(told)s. Mend the numbers."
    )


class EmptyCarton(Refusal):
    """A carton without pieces."""

    code = "empty_carton"
    message = gettext_lazy("This carton holds nothing yet. Enter the pieces of at least one SKU.")


class CartonSizeOutOfRange(Refusal):
    """A side or weight no carton has."""

    code = "carton_size_out_of_range"
    message = gettext_lazy("Side or weight %(value)s is too large. Enter sides up to 100 m and weights up to 1,000 kg.")


@dataclass(frozen=True, slots=True)
class CartonDraft:
    """One carton as told: pieces by SKU code; zeros where nobody measured."""

    contents: Mapping[str, int]
    length_mm: int = 0
    width_mm: int = 0
    height_mm: int = 0
    weight_g: int = 0


@transaction.atomic
def add_cartons(*, bundle_code: str, draft: CartonDraft, alike: int = 1, actor: Actor, at: datetime) -> list[Carton]:
    """
    Add a carton, or several of the same contents.

    :raises NotFound: :raises BundleUnderWay: :raises CartonsOutOfRange: :raises EmptyCarton:
    :raises NotInBundle: :raises MoreThanTold: :raises TooManyKindsInCarton: :raises CartonSizeOutOfRange:
    """
    bundle = _open(bundle_code, actor)
    present = bundle.cartons.count()
    if alike < 1 or present + alike > rules.MOST_CARTONS:
        raise CartonsOutOfRange(cartons=present + alike)
    contents = _checked(bundle, draft, alike, leaving_out=None)

    numbers = next_ids("inbound_carton_id_seq", alike)
    cartons = [
        Carton(pk=pk, seller_id=bundle.seller_id, bundle=bundle, code=code, number=present + place, **_size(draft))
        for place, (pk, code) in enumerate(zip(numbers, codes_for("CTN", numbers), strict=True), start=1)
    ]
    Carton.objects.bulk_create(cartons)
    _fill(bundle, cartons, contents)

    _tell(bundle, present + alike, actor, at)
    return cartons


@transaction.atomic
def change_carton(*, carton_code: str, draft: CartonDraft, actor: Actor, at: datetime) -> Carton:
    """
    Tell anew what is in a carton, and its size.

    :raises NotFound: :raises BundleUnderWay: :raises EmptyCarton: :raises NotInBundle: :raises MoreThanTold:
    :raises TooManyKindsInCarton: :raises CartonSizeOutOfRange:
    """
    carton, bundle = _carton(carton_code, actor)
    contents = _checked(bundle, draft, 1, leaving_out=carton)

    for name, value in _size(draft).items():
        setattr(carton, name, value)
    carton.save()
    carton.lines.all().delete()
    _fill(bundle, [carton], contents)

    _tell(bundle, bundle.cartons.count(), actor, at)
    return carton


@transaction.atomic
def remove_carton(*, carton_code: str, actor: Actor, at: datetime) -> None:
    """
    Take a carton off the list; those after it move up by one.

    :raises NotFound: :raises BundleUnderWay:
    """
    carton, bundle = _carton(carton_code, actor)

    number = carton.number
    carton.delete()
    later = bundle.cartons.filter(number__gt=number)
    later.update(number=F("number") + _APART)
    bundle.cartons.filter(number__gt=_APART).update(number=F("number") - _APART - 1)

    _tell(bundle, bundle.cartons.count(), actor, at)


def _open(bundle_code: str, actor: Actor) -> CargoBundle:
    bundle = locked_bundle(bundle_code, actor)
    if bundle.status not in _OPEN:
        raise BundleUnderWay(code=bundle.code, status=bundle.get_status_display())
    return bundle


def _carton(code: str, actor: Actor) -> tuple[Carton, CargoBundle]:
    """The bundle is locked before its carton."""
    carton = Carton.objects.visible_to(actor).filter(code=code).select_related("bundle").first()
    if carton is None:
        raise NotFound(kind=gettext_lazy("carton"), code=code[:20])
    bundle = _open(carton.bundle.code, actor)
    found = Carton.objects.filter(pk=carton.pk).lock().first()
    if found is None:
        raise NotFound(kind=gettext_lazy("carton"), code=code[:20])
    return found, bundle


def _checked(bundle: CargoBundle, draft: CartonDraft, alike: int, leaving_out: Carton | None) -> dict[int, int]:
    """The contents by SKU id, after every check."""
    lines = {line.sku.code: line for line in bundle.lines.select_related("sku")}
    contents = {code: pieces for code, pieces in draft.contents.items() if pieces}
    if not contents or min(contents.values()) < 0:
        raise EmptyCarton()
    others = CartonLine.objects.filter(carton__bundle=bundle)
    if leaving_out is not None:
        others = others.exclude(carton=leaving_out)
    before = dict(others.order_by().values_list("sku_id").annotate(pieces=Sum("quantity")))
    for code, pieces in contents.items():
        line = lines.get(code)
        if line is None:
            raise NotInBundle(sku=code[:30])
        packed = before.get(line.sku_id, 0) + pieces * alike
        if packed > line.told:
            raise MoreThanTold(packed=packed, sku=code, told=line.told)
    _check_size(draft)
    by_id = {lines[code].sku_id: pieces for code, pieces in contents.items()}
    judging.refuse(rules.judge_cartons(queries.limits_of(bundle.warehouse_id), [by_id]), bundle.warehouse)
    return by_id


def _check_size(draft: CartonDraft) -> None:
    for side in (draft.length_mm, draft.width_mm, draft.height_mm):
        if not 0 <= side <= LONGEST_MM:
            raise CartonSizeOutOfRange(value=side)
    if not 0 <= draft.weight_g <= HEAVIEST_G:
        raise CartonSizeOutOfRange(value=draft.weight_g)


def _size(draft: CartonDraft) -> dict[str, int]:
    return {name: getattr(draft, name) for name in ("length_mm", "width_mm", "height_mm", "weight_g")}


def _fill(bundle: CargoBundle, cartons: Sequence[Carton], contents: Mapping[int, int]) -> None:
    CartonLine.objects.bulk_create(
        [
            CartonLine(seller_id=bundle.seller_id, carton=carton, sku_id=sku_id, quantity=pieces)
            for carton in cartons
            for sku_id, pieces in contents.items()
        ]
    )


def _tell(bundle: CargoBundle, cartons: int, actor: Actor, at: datetime) -> None:
    listed = CartonsListed(seller_id=bundle.seller_id, subject=bundle.code, bundle_id=bundle.pk, cartons=cartons)
    events.record(listed, actor=actor, at=at)
