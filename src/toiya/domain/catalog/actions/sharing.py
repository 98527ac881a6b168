"""Sharing an item with a partner seller (A079): it sees the item and what is available; `lending` lends."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.domain.catalog.actions.editing import locked_item
from toiya.domain.catalog.events import ShareAnswered, ShareEnded, ShareOffered
from toiya.domain.catalog.models import ItemShare
from toiya.domain.members.models import Seller

Status = ItemShare.Status
OPEN = (Status.OFFERED, Status.ACCEPTED)


class PartnerIsOneself(Refusal):
    """A seller sees its own items anyway."""

    code = "partner_is_oneself"
    message = gettext_lazy("%(partner)s is your own seller code. Enter the partner's.")


class AlreadyShared(Refusal):
    """The offer stands, or was taken."""

    code = "already_shared"
    message = gettext_lazy("%(partner)s has this item or an offer of it already. End that first to offer it anew.")


@transaction.atomic
def offer_share(*, item_code: str, partner_code: str, actor: Actor, at: datetime) -> ItemShare:
    """
    Offer another seller to see an item; nothing is shown before they accept.

    :raises NotFound: no such item of this seller, or no such partner
    :raises PartnerIsOneself, AlreadyShared:
    """
    item = locked_item(item_code, actor)
    partner = Seller.objects.filter(code=partner_code.strip().upper()).first()
    if partner is None:
        raise NotFound(kind=str(gettext_lazy("seller")), code=partner_code)
    if partner.pk == item.seller_id:
        raise PartnerIsOneself(partner=partner.code)
    if item.shares.filter(partner=partner, status__in=OPEN).exists():
        raise AlreadyShared(partner=partner.code)

    number = next_ids("catalog_itemshare_id_seq", 1)[0]
    share = ItemShare.objects.create(
        id=number, seller_id=item.seller_id, item=item, partner=partner, code=code_for("SHR", number), offered_at=at
    )

    offered = ShareOffered(seller_id=item.seller_id, subject=item.code, share=share.code, partner=partner.code)
    events.record(offered, actor=actor, at=at)
    return share


@transaction.atomic
def answer_share(*, share_code: str, is_accepted: bool, actor: Actor, at: datetime) -> ItemShare:
    """
    The partner takes the offer, or declines it.

    :raises NotFound: nothing with that code was offered to this seller
    :raises NoSuchStep: it is answered or ended
    """
    shares = ItemShare.objects.filter(partner_id=actor.seller_id, code=share_code)
    share: ItemShare | None = shares.lock().first()
    if share is None:
        raise NotFound(kind=str(gettext_lazy("share")), code=share_code)

    share.move_to(Status.ACCEPTED if is_accepted else Status.DECLINED)
    share.answered_at = at
    share.save(update_fields=["status", "answered_at"])

    answered = ShareAnswered(
        seller_id=share.seller_id,
        subject=share.item.code,
        share=share.code,
        partner=share.partner.code,
        is_accepted=is_accepted,
    )
    events.record(answered, actor=actor, at=at)
    return share


@transaction.atomic
def end_share(*, share_code: str, actor: Actor, at: datetime) -> None:
    """
    Show the item to the partner no longer; its owner may, and so may the partner.

    :raises NotFound: no share of this seller's items or with this seller
    :raises NoSuchStep: it was declined or has ended
    """
    both = ItemShare.objects.visible_to(actor) | ItemShare.objects.filter(partner_id=actor.seller_id)
    share: ItemShare | None = both.filter(code=share_code).lock().first()
    if share is None:
        raise NotFound(kind=str(gettext_lazy("share")), code=share_code)

    share.move_to(Status.ENDED)
    share.ended_at = at
    share.save(update_fields=["status", "ended_at"])

    ended = ShareEnded(seller_id=share.seller_id, subject=share.item.code, share=share.code, partner=share.partner.code)
    events.record(ended, actor=actor, at=at)
