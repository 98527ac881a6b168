"""What a conversation can be about: each kind of object, found by its public code among what the actor may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from toiya.core.actor import Actor
from toiya.core.errors import NotFound
from toiya.domain.carriers.models import Label
from toiya.domain.catalog.models import Sku
from toiya.domain.channels.models import Connection
from toiya.domain.conversations.models import Conversation
from toiya.domain.inbound.models import CargoBundle
from toiya.domain.members.models import Application, Seller
from toiya.domain.orders.models import Order
from toiya.domain.outbound.models import Parcel
from toiya.domain.wallet.models import Reservation

Kind = Conversation.Kind
Rows = Any  # a queryset of one column
Finder = Callable[[Actor, str], Rows]


def _own_account(actor: Actor, code: str) -> Rows:
    own = Seller.objects.all() if actor.is_operator else Seller.objects.filter(pk=actor.seller_id or 0)
    return own.filter(code=code).values_list("pk")


def _of(model: Any, field: str = "code") -> Finder:
    """Finds rows of a table by their code."""
    return lambda actor, code: model.objects.visible_to(actor).filter(**{field: code}).values_list("seller_id")


# The ids of the seller that owns the object: one or none.
_FINDERS: Mapping[str, Finder] = {
    Kind.ORDER: _of(Order),
    Kind.PARCEL: _of(Parcel),
    Kind.SKU: _of(Sku),
    Kind.APPLICATION: _of(Application),
    Kind.SELLER: _own_account,
    Kind.CONNECTION: _of(Connection),
    Kind.LABEL: _of(Label, "reference"),  # no code of its own but its parcel's
    Kind.BUNDLE: _of(CargoBundle),
    Kind.CHARGE: _of(Reservation, "source"),  # known by what it was for
}


def owner_of(kind: str, code: str, actor: Actor) -> int:
    """
    The id of the seller that owns the object.

    :raises NotFound: no such object for this actor, whether it exists for others or not
    """
    finder = _FINDERS.get(kind)
    row = finder(actor, code).first() if finder is not None and "\x00" not in code else None
    if row is None:
        shown = dict(Kind.choices).get(kind, gettext_lazy("object"))
        raise NotFound(kind=shown, code=code[:40].replace("\x00", ""))
    return int(row[0])
