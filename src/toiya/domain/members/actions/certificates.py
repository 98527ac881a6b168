"""A firm's papers: adding, withdrawing and looking at them, each on record (A015)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.core.papers import StoredPaper
from toiya.domain.members.events import CertificateAdded, CertificateSeen, CertificateWithdrawn
from toiya.domain.members.models import Certificate, Seller

MOST_CERTIFICATES = 10


class TooManyCertificates(Refusal):
    """Ten papers say enough of a firm."""

    code = "too_many_certificates"
    message = gettext_lazy("%(most)s certificates are here already. Withdraw one that no longer holds, then add this.")


class LastCertificate(Refusal):
    """A business always has one that holds."""

    code = "last_certificate"
    message = gettext_lazy("This is the only certificate. Add the new one first, then withdraw this one.")


@transaction.atomic
def add_certificate(*, seller_id: int, paper: StoredPaper, actor: Actor, at: datetime) -> Certificate:
    """
    Take a stored paper in; the caller throws it away again when this is refused.

    :raises TooManyCertificates:
    """
    seller: Seller = Seller.objects.filter(pk=seller_id).lock().get()
    if seller.certificates.filter(withdrawn_at=None).count() >= MOST_CERTIFICATES:
        raise TooManyCertificates(most=MOST_CERTIFICATES)

    (added,) = store_certificates(seller=seller, papers=[paper], user_id=int(actor.id), at=at)

    events.record(added, actor=actor, at=at)
    return Certificate.objects.get(code=added.subject)


@transaction.atomic
def withdraw_certificate(*, code: str, actor: Actor, at: datetime) -> None:
    """
    The paper no longer holds. It stays on record for as long as the contract needs; withdrawing twice is once.

    :raises NotFound: none of this seller's
    :raises LastCertificate: nothing would be left
    """
    certificate = _visible(code, actor)
    seller: Seller = Seller.objects.filter(pk=certificate.seller_id).lock().get()
    certificate.refresh_from_db()
    if certificate.withdrawn_at is not None:
        return
    if not seller.certificates.filter(withdrawn_at=None).exclude(pk=certificate.pk).exists():
        raise LastCertificate()

    certificate.withdrawn_at = at
    certificate.save(update_fields=["withdrawn_at"])

    withdrawn = CertificateWithdrawn(
        seller_id=certificate.seller_id, subject=certificate.code, file_name=certificate.file_name
    )
    events.record(withdrawn, actor=actor, at=at)


@transaction.atomic
def see_certificate(*, code: str, actor: Actor, at: datetime) -> Certificate:
    """
    The certificate for somebody who looks at it now; every look is on record.

    :raises NotFound: none that this reader may see
    """
    certificate = _visible(code, actor)
    seen = CertificateSeen(seller_id=certificate.seller_id, subject=certificate.code, file_name=certificate.file_name)
    events.record(seen, actor=actor, at=at)
    return certificate


def store_certificates(
    *, seller: Seller, papers: Sequence[StoredPaper], user_id: int, at: datetime
) -> list[CertificateAdded]:
    """Rows for stored papers; part of an action that holds the seller's row and records the events it returns."""
    numbers = next_ids("members_certificate_id_seq", len(papers))
    rows = [
        Certificate(
            id=number,
            seller=seller,
            code=code_for("CRT", number),
            file_name=paper.file_name,
            media_type=paper.media_type,
            size_bytes=paper.size_bytes,
            sha256=paper.sha256,
            storage_key=paper.storage_key,
            uploaded_by_id=user_id,
            uploaded_at=at,
        )
        for number, paper in zip(numbers, papers, strict=True)
    ]
    Certificate.objects.bulk_create(rows)
    return [CertificateAdded(seller_id=seller.pk, subject=row.code, file_name=row.file_name) for row in rows]


def _visible(code: str, actor: Actor) -> Certificate:
    found: Certificate | None = Certificate.objects.visible_to(actor).filter(code=code).first()
    if found is None:
        raise NotFound(kind=gettext_lazy("certificate"), code=code)
    return found
