"""Taking on sellers, their people and the operator's staff."""

from __future__ import annotations

import zlib
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import Refusal
from toiya.domain.members.events import SellerJoined
from toiya.domain.members.models import Membership, Seller, Staff, User

FRAMES = ("maru", "kaku", "hishi", "yama", "uroko", "igeta", "kikko", "kane")
MOST_WRONG_PINS = 5


class WrongBadgeOrPin(Refusal):
    """No such badge, or not its PIN, or locked after too many tries. One message for all."""

    code = "wrong_badge_or_pin"
    message = gettext_lazy("Badge and PIN do not fit. Scan your badge and key the PIN once more, or ask your lead.")


@transaction.atomic
def register_seller(*, name: str, currency: str, language: str, actor: Actor, at: datetime) -> Seller:
    """Take on a seller and give it its freight mark: the first frame still free for its character."""
    number = next_ids("members_seller_id_seq", 1)[0]
    code = code_for("SLR", number)
    character = name.strip()[:1].upper()

    taken = set(Seller.objects.filter(mark_character=character).values_list("mark_frame", flat=True))
    start = zlib.crc32(code.encode()) % len(FRAMES)
    turned = FRAMES[start:] + FRAMES[:start]
    frame = next((frame for frame in turned if frame not in taken), turned[0])

    seller = Seller.objects.create(
        id=number,
        code=code,
        name=name,
        currency=currency,
        language=language,
        mark_frame=frame,
        mark_character=character,
        registered_at=at,
        status=Seller.Status.ACTIVE,
    )

    events.record(SellerJoined(seller_id=seller.pk, subject=seller.code, name=name), actor=actor, at=at)
    return seller


def add_member(*, seller: Seller, user: User, role: str) -> Membership:
    """Give a user a role at a seller."""
    return Membership.objects.create(seller=seller, user=user, role=role)


def add_staff(*, user: User, role: str, warehouse_id: int | None, badge: str, pin: str) -> Staff:
    """Give a user a role at the operator, with badge and PIN for the floor."""
    return Staff.objects.create(
        user=user, role=role, warehouse_id=warehouse_id, badge=badge, pin_hash=make_password(pin)
    )


def sign_in_on_floor(*, badge: str, pin: str) -> Staff:
    """
    Who stands there, by badge and PIN. Five wrong PINs lock the badge until a lead resets it.

    :raises WrongBadgeOrPin:
    """
    with transaction.atomic():
        staff: Staff | None = Staff.objects.filter(badge=badge).lock().first()
        usable = staff is not None and staff.user.is_active and staff.wrong_pins < MOST_WRONG_PINS
        fits = check_password(pin, staff.pin_hash) if staff is not None and usable else False
        if staff is not None and usable:
            staff.wrong_pins = 0 if fits else staff.wrong_pins + 1
            staff.save(update_fields=["wrong_pins"])
    if staff is None or not fits:
        raise WrongBadgeOrPin()
    return staff


@transaction.atomic
def reset_pin(*, badge: str, pin: str) -> None:
    """Set a new PIN and open the badge again (by a lead)."""
    staff = Staff.objects.filter(badge=badge).lock().get()
    staff.pin_hash = make_password(pin)
    staff.wrong_pins = 0
    staff.save(update_fields=["pin_hash", "wrong_pins"])
