"""The catalogue with its stock; one SKU's truth with its movements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, QuerySet, Sum
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from toiya.core.actor import Permission
from toiya.domain.catalog.actions.registering import SellerCodeTaken, set_seller_code
from toiya.domain.catalog.models import Barcode, Sku
from toiya.domain.outbound.models import Parcel
from toiya.domain.stock import queries
from toiya.domain.stock.actions.ledger import EFFECTS
from toiya.domain.stock.cover import soonest_out
from toiya.domain.stock.models import Balance, BinStock, Movement, StockNote
from toiya.domain.warehouses.models import Bin, Warehouse
from toiya.web.portal.access import for_sellers, shop_of
from toiya.web.portal.bundle_rows import bundles_available, made_of
from toiya.web.portal.forms import SellerCodeForm
from toiya.web.portal.searching import clean, skus_matching
from toiya.web.portal.sku_facts import written_about
from toiya.web.portal.sku_rows import cover_of, with_stock
from toiya.web.portal.stood import stood_on_page
from toiya.web.shared.access import needs
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request
from toiya.web.shared.tabs import view_tabs

Kind = Movement.Kind
VIEWS = ("all", "none-left", "runs-out", "no-code", "no-barcode")
MOST_RUNNING_OUT = 1000
MOVEMENT_VIEWS: Mapping[str, Sequence[Movement.Kind]] = {
    "on-hand": [kind for kind, (on_hand, _promised, _blocked) in EFFECTS.items() if on_hand],
    "allocated": [kind for kind, (_on_hand, promised, _blocked) in EFFECTS.items() if promised],
    "blocked": [kind for kind, (_on_hand, _promised, blocked) in EFFECTS.items() if blocked],
}
ICONS: Mapping[int, str] = {
    Kind.RECEIVE: "package-plus",
    Kind.ALLOCATE: "circle-dot",
    Kind.DEALLOCATE: "undo-2",
    Kind.SHIP: "truck",
    Kind.MOVE: "arrow-right-left",
    Kind.FOUND: "scale",
    Kind.LOST: "scale",
    Kind.BLOCK: "circle-pause",
    Kind.UNBLOCK: "undo-2",
    Kind.SCRAP: "trash-2",
    Kind.TAKE_OUT: "package-open",
    Kind.ASSEMBLE_OUT: "package-open",
    Kind.ASSEMBLE_IN: "package-plus",
    Kind.TRANSFER_OUT: "truck",
    Kind.TRANSFER_IN: "package-plus",
    Kind.LEND_OUT: "share-2",
    Kind.LEND_IN: "share-2",
    Kind.RETURN_IN: "undo-2",
    Kind.RETURN_ASIDE: "circle-pause",
    Kind.SEND_BACK: "truck",
}


@needs(Permission.SEE_STOCK)
@for_sellers
@require_safe
def skus(request: Request) -> HttpResponse:
    """All SKUs with on hand − allocated = available, summed over the warehouses."""
    view = request.GET.get("view", "all")
    view = view if view in VIEWS else "all"
    words = clean(request.GET.get("q", ""))
    every = Sku.objects.visible_to(request.actor)
    in_view = _running_out(every, request) if view == "runs-out" else _in_view(with_stock(every), view)
    found = skus_matching(in_view, words, request.actor)
    page = page_of(found, request.GET, ("id",))
    context = {
        "page": page,
        "barcodes": _first_barcodes([sku.pk for sku in page.rows]),
        "bundles": bundles_available(request.actor, page.rows),
        "cover": cover_of(page.rows, request.at),
        "tabs": _tabs(view),
        "view": view,
        "words": words,
        "has_any": bool(page.total) or every.exists(),
        "may_edit": request.actor.may(Permission.EDIT_CATALOG),
    }
    template = "portal/skus.html#list" if request.htmx else "portal/skus.html"
    return render(request, template, context)


def _running_out(every: QuerySet[Sku], request: Request) -> QuerySet[Any]:
    found = soonest_out(shop_of(request).pk, request.at, MOST_RUNNING_OUT)
    return with_stock(every.filter(pk__in=[each.sku_id for each in found]))


def _in_view(found: QuerySet[Any], view: str) -> QuerySet[Any]:
    if view == "none-left":
        return found.filter(on_hand__lte=F("allocated") + F("blocked")).exclude(bundle_kind=Sku.BundleKind.VIRTUAL)
    if view == "no-code":
        return found.filter(seller_code="")
    if view == "no-barcode":
        return found.filter(barcodes=None)
    return found


def _tabs(view: str) -> list[dict[str, Any]]:
    words = {
        "all": _("All"),
        "none-left": _("None available"),
        "runs-out": _("Runs out soon"),
        "no-code": _("No seller code"),
        "no-barcode": _("No barcode"),
    }
    return view_tabs(words, view)


def _first_barcodes(sku_ids: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for sku_id, barcode in Barcode.objects.filter(sku_id__in=sku_ids).order_by("pk").values_list("sku_id", "barcode"):
        found.setdefault(sku_id, barcode)
    return found


@needs(Permission.SEE_STOCK)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def sku(request: Request, code: str) -> HttpResponse:
    """One SKU: stock per warehouse and bin, its codes, every movement. A POST sets the seller code."""
    found: Sku | None = (
        Sku.objects.visible_to(request.actor).filter(code=code).select_related("item", "packaging").first()
    )
    if found is None:
        raise Http404
    form = SellerCodeForm(initial={"seller_code": found.seller_code})
    if request.method == "POST":
        if not request.actor.may(Permission.EDIT_CATALOG):
            raise PermissionDenied
        form = SellerCodeForm(request.POST)
        if form.is_valid() and _set_code(request, found, form):
            return HttpResponseRedirect(reverse("portal:sku", args=[code]))
    context = (
        _sku_context(request, found)
        | written_about(found)
        | {"form": form, "may_edit": request.actor.may(Permission.EDIT_CATALOG)}
    )
    template = "portal/sku.html#movements" if request.htmx else "portal/sku.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _set_code(request: Request, found: Sku, form: SellerCodeForm) -> bool:
    code = form.cleaned_data["seller_code"]
    try:
        set_seller_code(sku_code=found.code, seller_code=code, actor=request.actor, at=request.at)
    except SellerCodeTaken as refusal:
        put_refusal(form, refusal, {refusal.code: "seller_code"})
        return False
    messages.success(request, _("Seller code saved. Waiting orders with it are matched now."))
    return True


def _sku_context(request: Request, found: Sku) -> dict[str, Any]:
    view = request.GET.get("view", "")
    movements = Movement.objects.visible_to(request.actor).filter(sku_id=found.pk)
    if view in MOVEMENT_VIEWS:
        movements = movements.filter(kind__in=MOVEMENT_VIEWS[view])
    page = page_of(movements, request.GET, ("-id",))
    warehouses = Warehouse.objects.in_bulk()
    balances = list(Balance.objects.filter(seller_id=found.seller_id, sku=found).order_by("warehouse_id"))
    totals = Balance.objects.filter(seller_id=found.seller_id, sku=found).aggregate(
        on_hand=Sum("on_hand"), allocated=Sum("allocated"), blocked=Sum("blocked")
    )
    return {
        "sku": found,
        "balances": [(warehouses[balance.warehouse_id], balance) for balance in balances],
        "on_hand": totals["on_hand"] or 0,
        "allocated": totals["allocated"] or 0,
        "blocked": totals["blocked"] or 0,
        "available": (totals["on_hand"] or 0) - (totals["allocated"] or 0) - (totals["blocked"] or 0),
        "bundle": made_of(found, warehouses),
        "bins": _bins(found),
        "aside": _aside(request, found),
        **stood_on_page(found, request.GET.get("moment", ""), warehouses),
        "barcodes": list(found.barcodes.order_by("pk").values_list("barcode", flat=True)),
        "page": page,
        "movements": _movement_rows(page.rows, warehouses),
        "tabs": _movement_tabs(view),
        "warehouse": warehouses[min(warehouses)] if warehouses else None,
    }


def _bins(found: Sku) -> list[BinStock]:
    stock = BinStock.objects.filter(seller_id=found.seller_id, sku=found, quantity__gt=0)
    return list(stock.select_related("bin", "warehouse").order_by("warehouse_id", "bin__walk_order", "bin__code")[:50])


def _aside(request: Request, found: Sku) -> list[tuple[BinStock, StockNote | None]]:
    """What is set aside, each with why."""
    lying = list(queries.aside(request.actor).filter(sku=found).order_by("pk")[:20])
    notes = queries.notes_by_code(row.because or "" for row in lying)
    return [(row, notes.get(row.because or "")) for row in lying]


def _movement_tabs(view: str) -> list[dict[str, Any]]:
    words = {
        "": _("All"),
        "on-hand": _("Changed on hand"),
        "allocated": _("Changed allocated"),
        "blocked": pgettext("stock", "Set aside"),
    }
    return [
        {"label": word, "url": f"?view={name}" if name else "?", "count": None, "current": name == view}
        for name, word in words.items()
    ]


@dataclass(frozen=True, slots=True)
class MovementRow:
    """One line of the ledger as people read it: signed changes, bins by name, the cause with its page."""

    movement: Movement
    icon: str
    on_hand: int
    allocated: int
    from_bin: str
    to_bin: str
    warehouse: str
    source_url: str
    blocked: int = 0
    note: StockNote | None = None


def _place_of(source: str, order: str) -> str:
    """The page of a movement's cause; empty where it has none."""
    if order:
        return reverse("portal:order", args=[order])
    pages = {"RET-": "portal:return", "RMV-": "portal:removal"}
    return reverse(pages[source[:4]], args=[source]) if source[:4] in pages else ""


def _movement_rows(movements: Sequence[Movement], warehouses: Mapping[int, Warehouse]) -> list[MovementRow]:
    bin_ids = {key for row in movements for key in (row.from_bin_id, row.to_bin_id) if key is not None}
    bins = dict(Bin.objects.filter(pk__in=bin_ids).values_list("pk", "code"))
    parcels = Parcel.objects.filter(Q(code__in={row.source for row in movements if row.source.startswith("PCL-")}))
    orders = dict(parcels.values_list("code", "order__code"))
    notes = queries.notes_by_code(row.source for row in movements)
    rows = []
    for row in movements:
        on_hand, allocated, blocked = EFFECTS[Kind(row.kind)]
        order = row.source if row.source.startswith("ORD-") else orders.get(row.source, "")
        rows.append(
            MovementRow(
                movement=row,
                icon=ICONS[row.kind],
                on_hand=on_hand * row.quantity,
                allocated=allocated * row.quantity,
                from_bin=bins.get(row.from_bin_id or 0, ""),
                to_bin=bins.get(row.to_bin_id or 0, ""),
                warehouse=warehouses[row.warehouse_id].name if row.warehouse_id in warehouses else "",
                source_url=_place_of(row.source, order),
                blocked=blocked * row.quantity,
                note=notes.get(row.source),
            )
        )
    return rows
