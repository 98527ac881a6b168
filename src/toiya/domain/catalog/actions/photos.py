"""Photos of SKUs: staff tell kinds apart by them (L18)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, papers
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.core.papers import JPEG, PNG, StoredPaper
from toiya.domain.catalog.actions.editing import locked_sku
from toiya.domain.catalog.events import PhotoAdded, PhotoRemoved
from toiya.domain.catalog.models import Photo

MOST_PHOTOS = 8


class TooManyPhotos(Refusal):
    """Eight show a thing from all sides."""

    code = "too_many_photos"
    message = gettext_lazy("%(most)s photos are here already. Remove one, then add this.")


class NoPicture(Refusal):
    """A PDF is a paper, not a photo."""

    code = "no_picture"
    message = gettext_lazy("%(name)s is no picture. Choose a JPG or PNG.")


@transaction.atomic
def add_photo(*, sku_code: str, paper: StoredPaper, actor: Actor, at: datetime) -> Photo:
    """
    Take a stored picture in; the caller throws it away again when this is refused. The same picture again is one.

    :raises NotFound: no such SKU of this seller
    :raises NoPicture, TooManyPhotos:
    """
    sku = locked_sku(sku_code, actor)
    if paper.media_type not in (JPEG, PNG):
        raise NoPicture(name=paper.file_name)
    known: Photo | None = sku.photos.filter(sha256=paper.sha256).first()
    if known is not None:
        papers.throw_away(paper.storage_key)
        return known
    if sku.photos.count() >= MOST_PHOTOS:
        raise TooManyPhotos(most=MOST_PHOTOS)

    number = next_ids("catalog_photo_id_seq", 1)[0]
    photo = Photo.objects.create(
        id=number,
        seller_id=sku.seller_id,
        sku=sku,
        code=code_for("PIC", number),
        storage_key=paper.storage_key,
        file_name=paper.file_name,
        media_type=paper.media_type,
        size_bytes=paper.size_bytes,
        sha256=paper.sha256,
        added_at=at,
    )

    events.record(PhotoAdded(seller_id=sku.seller_id, subject=sku.code, photo=photo.code), actor=actor, at=at)
    return photo


@transaction.atomic
def remove_photo(*, sku_code: str, photo_code: str, actor: Actor, at: datetime) -> None:
    """
    Take a photo away, and its file after that is certain.

    :raises NotFound: the SKU is not this seller's, or has no such photo
    """
    sku = locked_sku(sku_code, actor)
    photo: Photo | None = sku.photos.filter(code=photo_code).first()
    if photo is None:
        raise NotFound(kind=str(gettext_lazy("photo")), code=photo_code)

    key = photo.storage_key
    photo.delete()
    transaction.on_commit(lambda: papers.throw_away(key))

    events.record(PhotoRemoved(seller_id=sku.seller_id, subject=sku.code, photo=photo_code), actor=actor, at=at)
