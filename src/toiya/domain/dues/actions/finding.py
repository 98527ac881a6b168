"""Steps that the actions share: the rows they are about, locked in one order, and who may see them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from toiya.core.actor import Actor
from toiya.core.errors import NotFound
from toiya.domain.dues.models import PaymentRequest
from toiya.domain.members.models import Seller


def locked_request(code: str, actor: Actor) -> PaymentRequest:
    """A step: the request, locked after its seller. :raises NotFound: not there for this actor"""
    known = PaymentRequest.objects.visible_to(actor).filter(code=code).values_list("pk", "seller_id").first()
    if known is None:
        raise NotFound(kind=gettext_lazy("payment request"), code=code[:20])
    return locked_by_id(*known)


def locked_by_id(request_id: int, seller_id: int) -> PaymentRequest:
    """A step: seller first, then the request; every action on debts takes them in this order."""
    Seller.objects.filter(pk=seller_id).lock().get()
    found: PaymentRequest = PaymentRequest.objects.filter(pk=request_id).lock().get()
    return found
