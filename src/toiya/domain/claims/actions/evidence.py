"""What people add to a claim: pictures and papers, and what a piece is really worth."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, texts
from toiya.core.actor import Actor
from toiya.core.codes import folded
from toiya.core.errors import NotFound, Refusal
from toiya.core.money import Money
from toiya.core.papers import StoredPaper
from toiya.domain.claims.events import ClaimValueCorrected, EvidenceAdded
from toiya.domain.claims.models import Claim, ClaimLine, Evidence

MOST_FILES = 12
OPEN = frozenset({Claim.Status.DRAFTED, Claim.Status.FILED})
MOST_UNIT_MINOR = 10**9


class ClaimOver(Refusal):
    """The claim is decided."""

    code = "claim_over"
    message = gettext_lazy('Claim %(claim)s is "%(status)s", so nothing is added. Write to the operator about it.')


class EvidenceEnough(Refusal):
    """Enough is kept of this claim."""

    code = "evidence_enough"
    message = gettext_lazy("Claim %(claim)s has %(most)s files already. Add the most telling ones only.")


class UnitValueWrong(Refusal):
    """No value a piece may have."""

    code = "unit_value_wrong"
    message = gettext_lazy("A piece cannot be worth %(amount)s. Enter an amount above 0, up to %(most)s.")


@transaction.atomic
def add_evidence(*, claim_code: str, paper: StoredPaper, actor: Actor, at: datetime) -> Evidence:
    """
    Keep a picture or paper with the claim; the same one twice is one. The file was stored before.

    :raises NotFound: :raises ClaimOver: :raises EvidenceEnough:
    """
    claim = locked_claim(claim_code, actor)
    kept = {row.sha256: row for row in Evidence.objects.filter(claim=claim)}

    known: Evidence | None = kept.get(paper.sha256)
    if known is not None:
        return known
    _check_open(claim)
    if len(kept) >= MOST_FILES:
        raise EvidenceEnough(claim=claim.code, most=MOST_FILES)

    row: Evidence = Evidence.objects.create(
        seller_id=claim.seller_id,
        claim=claim,
        file_name=paper.file_name[:100],
        storage_key=paper.storage_key,
        media_type=paper.media_type,
        sha256=paper.sha256,
        is_by_seller=not actor.is_operator,
        added_at=at,
        added_by=actor.name,
    )

    told = EvidenceAdded(seller_id=claim.seller_id, subject=claim.code, file_name=row.file_name)
    events.record(told, actor=actor, at=at)
    return row


@transaction.atomic
def correct_value(
    *, claim_code: str, sku_code: str, unit_value_minor: int, reason: str, actor: Actor, at: datetime
) -> None:
    """
    Say what a piece is worth, and why: by the seller until the claim is filed, by the operator until it is decided.

    :raises NotFound: :raises ClaimOver: :raises UnitValueWrong: :raises core.texts refusals:
    """
    claim = locked_claim(claim_code, actor)
    line: ClaimLine | None = ClaimLine.objects.filter(claim=claim, sku__code=folded(sku_code)).first()
    if line is None:
        raise NotFound(kind=gettext_lazy("SKU"), code=sku_code[:20])

    _check_open(claim)
    if not actor.is_operator and claim.status != Claim.Status.DRAFTED:
        raise ClaimOver(claim=claim.code, status=claim.get_status_display())
    if not 0 < unit_value_minor <= MOST_UNIT_MINOR:
        raise UnitValueWrong(
            amount=Money(unit_value_minor, claim.currency), most=Money(MOST_UNIT_MINOR, claim.currency)
        )
    why = texts.plain(reason, most=300, may_have_lines=False)

    claim.value_minor += line.quantity * (unit_value_minor - line.unit_value_minor)
    line.unit_value_minor, line.basis = unit_value_minor, ClaimLine.Basis.PERSON
    line.save(update_fields=["unit_value_minor", "basis"])
    claim.save(update_fields=["value_minor"])

    told = ClaimValueCorrected(
        seller_id=claim.seller_id,
        subject=claim.code,
        sku=line.sku.code,
        amount_minor=unit_value_minor,
        currency=claim.currency,
        reason=why,
    )
    events.record(told, actor=actor, at=at)


def locked_claim(code: str, actor: Actor) -> Claim:
    """A step: the claim, locked. :raises NotFound: none that this actor may see"""
    found: Claim | None = Claim.objects.visible_to(actor).filter(code=folded(code)).lock().first()
    if found is None:
        raise NotFound(kind=gettext_lazy("claim"), code=code[:20])
    return found


def _check_open(claim: Claim) -> None:
    if claim.status not in OPEN:
        raise ClaimOver(claim=claim.code, status=claim.get_status_display())
