"""The stock desk: correcting a bin, setting aside, freeing, writing off; each with its reason and photo."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from toiya.core.actor import Permission
from toiya.domain.outbound.actions.on_the_shelf import adjust_pieces, set_pieces_aside
from toiya.domain.stock import queries
from toiya.domain.stock.actions.setting_aside import free_stock, write_off
from toiya.domain.stock.models import StockNote
from toiya.domain.warehouses.models import Bin
from toiya.web.office.access import building, desk
from toiya.web.office.stock_forms import bin_called, lying, spot_of, whole
from toiya.web.shared import photos
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request


@desk(Permission.SEE_STOCK)
@require_safe
def place(request: Request, row: int) -> HttpResponse:
    """One SKU and lot in one bin, with what can be done about it."""
    found = lying(request, row)
    context = {
        "row": found,
        "is_aside": found.bin.kind in Bin.BLOCKED,
        "reasons": StockNote.Reason.choices,
        "may_edit": request.actor.may(Permission.EDIT_STOCK),
        "may_write_off": request.actor.may(Permission.LEAD_FLOOR),
    }
    return render(request, "office/stock_place.html", context)


@desk(Permission.EDIT_STOCK)
@require_POST
def correction(request: Request, row: int) -> HttpResponse:
    """Add or take pieces by the book, with a reason."""
    found = lying(request, row)
    adjust_pieces(
        spot=spot_of(found, request.POST.get("seen")),
        difference=whole(request.POST.get("difference", "")),
        why=photos.why_of(request),
        actor=request.actor,
        at=request.at,
    )
    messages.success(request, _("%(bin)s is corrected.") % {"bin": found.bin.code})
    return redirect("office:stock-place", row=row)


@desk(Permission.EDIT_STOCK)
@require_POST
def setting_aside(request: Request, row: int) -> HttpResponse:
    """Pieces to the quarantine or the damaged goods."""
    found = lying(request, row)
    kind = Bin.Kind.DAMAGED if request.POST.get("kind") == Bin.Kind.DAMAGED else Bin.Kind.QUARANTINE
    where = set_pieces_aside(
        spot=spot_of(found, request.POST.get("seen")),
        kind=kind,
        quantity=whole(request.POST.get("quantity", "")),
        why=photos.why_of(request),
        actor=request.actor,
        at=request.at,
    )
    messages.success(request, _("Set aside. Carry the pieces to %(bin)s.") % {"bin": where})
    return redirect("office:stock-place", row=row)


@desk(Permission.EDIT_STOCK)
@require_POST
def freeing(request: Request, row: int) -> HttpResponse:
    """Pieces that were set aside go back to a shelf."""
    found = lying(request, row)
    target = bin_called(building(request), request.POST.get("bin", ""))
    free_stock(
        spot=spot_of(found, request.POST.get("seen")),
        to_bin=target,
        quantity=whole(request.POST.get("quantity", "")),
        why=photos.why_of(request),
        actor=request.actor,
        at=request.at,
    )
    messages.success(request, _("Free again. Carry the pieces to %(bin)s.") % {"bin": target.code})
    return redirect("office:stock-aside")


@desk(Permission.LEAD_FLOOR)
@require_POST
def writing_off(request: Request, row: int) -> HttpResponse:
    """Pieces that were set aside leave for good; the seller agreed."""
    found = lying(request, row)
    write_off(
        spot=spot_of(found, request.POST.get("seen")),
        quantity=whole(request.POST.get("quantity", "")),
        why=photos.why_of(request),
        actor=request.actor,
        at=request.at,
    )
    messages.success(request, _("Written off. The seller sees who agreed."))
    return redirect("office:stock-aside")


@desk(Permission.SEE_STOCK)
@require_safe
def aside(request: Request) -> HttpResponse:
    """All that is set aside in the building, with why."""
    page = page_of(queries.aside(request.actor).filter(warehouse=building(request)), request.GET, ("id",))
    notes = queries.notes_by_code(row.because or "" for row in page)
    context = {"page": page, "rows": [(row, notes.get(row.because or "")) for row in page]}
    return render(request, "office/stock_aside.html", context)


@desk(Permission.SEE_STOCK)
@require_safe
def photo(request: Request, note: str) -> FileResponse:
    """The photo of a note."""
    return photos.show(StockNote.objects.visible_to(request.actor).filter(code=note).first())
