"""Counting on the floor: the bin is named, the book's number is not."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toiya.core.codes import folded
from toiya.core.errors import NotFound, Refusal
from toiya.domain.outbound.actions.on_the_shelf import count_pieces
from toiya.domain.outbound.actions.picking import printed_codes
from toiya.domain.stock.actions.counting import Sheet, newest_movement
from toiya.domain.stock.models import CountTask
from toiya.domain.stock.rules import Outcome
from toiya.web.floor.scanning import number_of, scan_of
from toiya.web.floor.screen import Band, building, on_floor, show, worker
from toiya.web.shared.reader import Request

MOST_SHOWN = 20
_TO_COUNT = (CountTask.Status.OPEN, CountTask.Status.RECOUNT)


class OtherBin(Refusal):
    """Another bin than the one to count."""

    code = "other_bin"
    message = gettext_lazy("That is not bin %(bin)s. Go to %(bin)s and scan it.")


class NoNumber(Refusal):
    """Nothing was counted."""

    code = "no_number"
    message = gettext_lazy("Key how many pieces there are; 0 when there are none.")


@on_floor
def counts(request: Request) -> HttpResponse:
    """The bins to count along the walk, those first that this person may count."""
    mine = [task for task in _waiting(building(request)) if not _counted_last(task, worker(request).id)]
    context = {"tasks": mine[:MOST_SHOWN], "job": _("Count"), "count": str(len(mine))}
    done = request.GET.get("done", "")[:60]
    return show(request, "counts", context, band=Band(done) if done else None)


def _waiting(warehouse_id: int) -> list[CountTask]:
    waiting = CountTask.objects.filter(warehouse_id=warehouse_id, status__in=_TO_COUNT)
    found = waiting.select_related("bin", "sku", "seller").prefetch_related("counts")
    return list(found.order_by("bin__walk_order", "pk")[:200])


def _counted_last(task: CountTask, person: str) -> bool:
    before = sorted(task.counts.all(), key=lambda each: each.pk)
    return bool(before) and before[-1].person == person


@on_floor
def count(request: Request, code: str) -> HttpResponse:
    """Scan the bin, count, key the number. The step `seen-n` says which movement was the newest when counting began."""
    task = _task(request, code)
    scanned = scan_of(request)
    if request.method != "POST" or scanned.step not in ("bin", "seen"):
        return show(request, "count_bin", _head(task))
    if scanned.step == "bin":
        if task.bin.code not in printed_codes(scanned.text):
            raise OtherBin(bin=task.bin.code)
        return show(request, "count_pieces", _head(task) | {"step": f"seen-{newest_movement(task.sku_id)}"}, tone="ok")
    keyed = number_of(request.POST.get("number", ""))
    if keyed is None:
        raise NoNumber()
    sheet = Sheet(keyed, scanned.number, scanned.scan_id or f"{task.code}-{scanned.number}-{worker(request).id}"[:40])
    outcome = count_pieces(task_code=task.code, sheet=sheet, actor=worker(request), at=request.at)
    words = {
        Outcome.RECOUNT: _("Another person counts %(bin)s once more."),
        Outcome.ASK_LEAD: _("The lead looks at %(bin)s."),
    }.get(outcome, _("%(bin)s is counted."))
    return show(request, "counted", _head(task), tone="done", band=Band(words % {"bin": task.bin.code}))


def _task(request: Request, code: str) -> CountTask:
    tasks = CountTask.objects.filter(code=folded(code), warehouse_id=building(request))
    found: CountTask | None = tasks.select_related("bin", "sku", "seller").first()
    if found is None:
        raise NotFound(kind=_("count"), code=code[:30])
    return found


def _head(task: CountTask) -> dict[str, object]:
    return {"task": task, "seller": task.seller, "job": _("Count"), "job_code": task.code}
