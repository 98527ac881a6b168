"""A claim as both faces show it: its facts, goods, evidence and history; its files, which cannot act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.http import FileResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toiya.core import papers
from toiya.core.codes import folded
from toiya.core.errors import NotFound, Refusal
from toiya.core.models import EventRow
from toiya.domain.carriers.models import State
from toiya.domain.carriers.plugs import carriers
from toiya.domain.claims import queries
from toiya.domain.claims.actions.evidence import add_evidence, correct_value
from toiya.domain.claims.models import Claim, ClaimLine, Evidence
from toiya.domain.outbound.models import ParcelPhoto
from toiya.web.shared import paper_files, timeline
from toiya.web.shared.amounts import money_typed
from toiya.web.shared.reader import Request
from toiya.web.shared.statuses import CLAIM, Status

MOST_EVENTS = 200
OPEN = frozenset({Claim.Status.DRAFTED, Claim.Status.FILED})


class NoFileChosen(Refusal):
    """A form without a file."""

    code = "no_file_chosen"
    message = gettext_lazy("There is no file yet. Choose a picture or paper.")


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """Everything about one claim, for one page."""

    claim: Claim
    status: Status
    carrier: str
    lines: Sequence[ClaimLine]
    evidence: Sequence[Evidence]
    photos: Sequence[ParcelPhoto]
    scans: Sequence[tuple[Any, str]]
    days: Sequence[tuple[date, list[timeline.Entry]]]
    days_left: int

    @property
    def is_too_late(self) -> bool:
        """Whether the last day to tell it is over."""
        return self.days_left < 0

    @property
    def is_open(self) -> bool:
        """Whether it is not decided yet."""
        return self.claim.status in OPEN

    @property
    def payouts(self) -> Sequence[Any]:
        """What was paid, by line."""
        return list(self.claim.payouts.select_related("line__sku").order_by("pk"))


def read(request: Request, code: str) -> ClaimPage:
    """One claim with a constant number of queries. :raises NotFound: none that this reader may see"""
    claim = queries.claim_of(request.actor, folded(code)[:20])
    rows: list[Any] = list(EventRow.objects.filter(subject=claim.code).order_by("-id")[:MOST_EVENTS])
    photos = ParcelPhoto.objects.filter(parcel_id=claim.parcel_id).order_by("pk") if claim.parcel_id else []
    words = dict(State.choices)
    zone = ZoneInfo(claim.warehouse.time_zone)
    return ClaimPage(
        claim=claim,
        status=CLAIM[claim.status],
        carrier=carrier_word(claim.carrier),
        lines=list(claim.lines.select_related("sku").order_by("pk")),
        evidence=list(claim.evidence.order_by("pk")),
        photos=list(photos),
        scans=[(words.get(state, state), at) for state, at in claim.facts.get("scans", [])],
        days=timeline.by_day(timeline.entries(rows), zone),
        days_left=(claim.due_on - request.at.astimezone(zone).date()).days,
    )


def carrier_word(code: str) -> str:
    """How people call a carrier."""
    plug = carriers().get(code)
    return plug.label if plug is not None else code


def minor_typed(request: Request, code: str, name: str, label: Any) -> int:
    """
    Minor units of the claim's currency, as a field of the form says.

    :raises NotFound: no such claim for this reader :raises NotAnAmount: what stands there is none
    """
    return money_typed(request.POST.get(name, ""), queries.claim_of(request.actor, code).currency, label).minor


def keep_evidence(request: Request, code: str) -> int:
    """
    Keep the files of a form with the claim; returns how many.

    :raises NotFound: none that this reader may see; nothing is stored for it
    :raises NoFileChosen: :raises Refusal: those of `core.papers` and `add_evidence`
    """
    claim = queries.claim_of(request.actor, code)
    files = [each for each in request.FILES.getlist("files") if each]
    if not files:
        raise NoFileChosen()
    for paper in paper_files.take(request, files):
        add_evidence(claim_code=claim.code, paper=paper, actor=request.actor, at=request.at)
    return len(files)


def correct(request: Request, code: str) -> None:
    """What a piece is worth, from a form. :raises Refusal: those of `minor_typed` and `correct_value`"""
    correct_value(
        claim_code=code,
        sku_code=request.POST.get("sku", "")[:20],
        unit_value_minor=minor_typed(request, code, "value", _("One piece is worth")),
        reason=request.POST.get("reason", "")[:400],
        actor=request.actor,
        at=request.at,
    )


def show_file(request: Request, code: str, file: int) -> FileResponse:
    """A picture or paper of a claim, which cannot act. :raises NotFound: none that this reader may see"""
    rows = Evidence.objects.visible_to(request.actor).filter(pk=file, claim__code=code)
    found = rows.values_list("storage_key", "media_type").first()
    if found is None:
        raise NotFound(kind=_("file"), code=str(file))
    key, media_type = found
    response = FileResponse(papers.cupboard().open(key, "rb"), content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
