"""What is kept of a parcel: its pictures, and the slip that was printed for it."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, papers, texts
from toiya.core.actor import Actor
from toiya.core.codes import folded
from toiya.core.errors import NotFound, Refusal
from toiya.core.papers import StoredPaper
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Address
from toiya.domain.outbound import slip_paper
from toiya.domain.outbound.events import ParcelPhotographed, SlipMessageChanged
from toiya.domain.outbound.models import PackingSlip, Parcel, ParcelPhoto, SlipMessage

MOST_PHOTOS = 6


class NotAPicture(Refusal):
    """Something that is no picture."""

    code = "not_a_picture"
    message = gettext_lazy("%(name)s is no picture. Take a photo of the parcel (JPG or PNG).")


class ParcelPhotosEnough(Refusal):
    """Enough is kept of this parcel."""

    code = "parcel_photos_enough"
    message = gettext_lazy("%(parcel)s has %(most)s photos already, which are enough. Go on without another one.")


class SlipLanguageUnknown(Refusal):
    """A language that slips are not written in."""

    code = "slip_language_unknown"
    message = gettext_lazy("Slips are not written in %(language)s. Choose one of the languages of the form.")


@transaction.atomic
def keep_photo(*, parcel_code: str, moment: str, picture: StoredPaper, actor: Actor, at: datetime) -> ParcelPhoto:
    """
    Keep a picture of the open or closed box; the same picture twice is one. The file was stored before.

    :raises NotFound: no such parcel here, or no such moment
    :raises NotAPicture: :raises ParcelPhotosEnough:
    """
    parcel = _locked(parcel_code, actor)
    kept: dict[str, ParcelPhoto] = {row.sha256: row for row in ParcelPhoto.objects.filter(parcel=parcel)}

    if moment not in ParcelPhoto.Moment.values:
        raise NotFound(kind=gettext_lazy("moment"), code=moment)
    if picture.media_type == papers.PDF:
        raise NotAPicture(name=picture.file_name)
    if picture.sha256 in kept:
        return kept[picture.sha256]
    if len(kept) >= MOST_PHOTOS:
        raise ParcelPhotosEnough(parcel=parcel.code, most=MOST_PHOTOS)

    photo: ParcelPhoto = ParcelPhoto.objects.create(
        seller_id=parcel.seller_id,
        parcel=parcel,
        moment=moment,
        sha256=picture.sha256,
        storage_key=picture.storage_key,
        media_type=picture.media_type,
        taken_at=at,
        taken_by=actor.name,
    )

    event = ParcelPhotographed(seller_id=parcel.seller_id, subject=parcel.order.code, parcel=parcel.code, moment=moment)
    events.record(event, actor=actor, at=at)
    return photo


@transaction.atomic
def print_slip(*, parcel_code: str, actor: Actor, at: datetime) -> bytes:
    """
    The slip that lies in a parcel, in its buyer's language: drawn at the first print, the same bytes at every other.

    :raises NotFound: no such parcel here
    """
    parcel = _locked(parcel_code, actor)
    slip = PackingSlip.objects.filter(parcel=parcel).first()

    if slip is not None:
        return bytes(slip.document)

    country = Address.objects.filter(order_id=parcel.order_id).values_list("country", flat=True).first() or "JP"
    language = slip_paper.language_of(country)
    message = SlipMessage.objects.filter(seller_id=parcel.seller_id, language=language).first()
    document = slip_paper.packing_slip(parcel, language, message.words if message else "")
    PackingSlip.objects.create(
        parcel=parcel,
        seller_id=parcel.seller_id,
        language=language,
        document=document,
        sha256=hashlib.sha256(document).hexdigest(),
        made_at=at,
    )
    return document


@transaction.atomic
def say_on_slips(*, seller_id: int, language: str, words: str, actor: Actor, at: datetime) -> None:
    """
    What the seller says to its buyers on slips in this language from now on; nothing takes it back.

    :raises SlipLanguageUnknown:
    """
    seller = Seller.objects.lock().get(pk=seller_id)
    if language not in slip_paper.LANGUAGES:
        raise SlipLanguageUnknown(language=language)
    text = texts.plain(words, most=500) if words.strip() else ""

    if text:
        SlipMessage.objects.update_or_create(seller=seller, language=language, defaults={"words": text})
    else:
        SlipMessage.objects.filter(seller=seller, language=language).delete()

    changed = SlipMessageChanged(seller_id=seller.pk, subject=seller.code, language=language)
    events.record(changed, actor=actor, at=at)


def _locked(code: str, actor: Actor) -> Parcel:
    parcel: Parcel | None = Parcel.objects.visible_to(actor).filter(code=folded(code)).lock().first()
    if parcel is None or actor.warehouse_id not in (None, parcel.warehouse_id):
        raise NotFound(kind=gettext_lazy("parcel"), code=code)
    return parcel
