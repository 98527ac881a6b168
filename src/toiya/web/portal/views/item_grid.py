"""The editable grid of an item: one cell by a script, or many by an ordinary form."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from toiya.core.actor import Permission
from toiya.core.errors import NotFound, Refusal
from toiya.domain.catalog.actions.grid import Cell, ChangedMeanwhile, NoSuchCell, set_cell, set_cells
from toiya.domain.catalog.models import InventoryItem, Sku
from toiya.web.portal.access import for_sellers
from toiya.web.portal.amounts import shown_amount, typed_minor
from toiya.web.portal.views.items import item_of, show_item
from toiya.web.shared.access import needs
from toiya.web.shared.reader import Request
from toiya.web.shared.whole_numbers import plain_digits

# What the fields of the grid are called, and the columns behind them.
COLUMNS = {"seller_code": "seller_code", "own_quantity": "own_quantity", "surcharge": "surcharge_minor"}


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_POST
def cells(request: Request, code: str) -> HttpResponse:
    """
    With `field`: one cell, answered with the row's new version, or 409 with both values.

    Without: the whole form; all of it is saved, or nothing.
    """
    found = item_of(request, code)
    if "field" in request.POST:
        return _one(request, found)
    try:
        changed = set_cells(item_code=code, cells=_typed_cells(request, found), actor=request.actor, at=request.at)
    except Refusal as refusal:
        words = _words(refusal, found)
        if refusal.details.get("sku"):
            words = f"{refusal.details['sku']}: {words}"
        return show_item(request, found, {"problem": words, "cells": request.POST}, 409)
    messages.success(request, _("%(count)s SKUs saved.") % {"count": changed} if changed else _("Nothing was changed."))
    return HttpResponseRedirect(reverse("portal:item", args=[code]))


def _one(request: Request, found: InventoryItem) -> HttpResponse:
    typed = request.POST
    try:
        if not Sku.objects.filter(item=found, code=typed.get("sku", "")).exists():
            raise NotFound(kind=_("SKU"), code=typed.get("sku", "")[:40])
        cell = _cell(typed["field"], typed.get("value", ""), typed.get("version", ""), found.currency)
        sku = set_cell(sku_code=typed["sku"], cell=cell, actor=request.actor, at=request.at)
    except ChangedMeanwhile as refusal:
        mine, theirs = _both(refusal, found)
        answer = {"code": refusal.code, "message": _words(refusal, found), "mine": mine, "theirs": theirs}
        return JsonResponse(answer | {"version": refusal.details["version"]}, status=409)
    except Refusal as refusal:
        status = 404 if isinstance(refusal, NotFound) else 409
        return JsonResponse({"code": refusal.code, "message": str(refusal)}, status=status)
    price = shown_amount(found.price_minor + sku.surcharge_minor, found.currency)
    value = _shown(cell.field, getattr(sku, cell.field), found.currency)
    return JsonResponse({"version": sku.version, "value": value, "price": price, "said": _("Saved.")})


def _typed_cells(request: Request, found: InventoryItem) -> dict[str, list[Cell]]:
    """The cells of the form, by SKU; names are `field:code`, with `version:code` beside them."""
    typed: dict[str, list[Cell]] = {}
    for name, value in request.POST.items():
        field, _colon, sku = name.partition(":")
        if field in COLUMNS and sku:
            version = request.POST.get(f"version:{sku}", "")
            typed.setdefault(sku, []).append(_cell(field, str(value), version, found.currency))
    return typed


def _cell(field: str, value: str, version: str, currency: str) -> Cell:
    """A cell as the action takes it: amounts in minor units. :raises NoSuchCell:"""
    plain = unicodedata.normalize("NFKC", value).strip()
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else -1
    if field not in COLUMNS:
        raise NoSuchCell(value=field[:40])
    if field == "own_quantity":
        plain = plain_digits(value)
    if field == "surcharge":
        minor = typed_minor(plain, currency)
        if minor is None:
            raise NoSuchCell(value=value[:40])
        plain = str(minor)
    return Cell(COLUMNS[field], plain, number)


def _both(refusal: ChangedMeanwhile, found: InventoryItem) -> tuple[str, str]:
    field = str(refusal.details.get("field", ""))
    return (
        _shown(field, refusal.details["mine"], found.currency),
        _shown(field, refusal.details["theirs"], found.currency),
    )


def _words(refusal: Refusal, found: InventoryItem) -> str:
    """What a refusal says, with amounts as people write them."""
    if not isinstance(refusal, ChangedMeanwhile):
        return str(refusal)
    mine, theirs = _both(refusal, found)
    return str(refusal.message) % {"mine": mine, "theirs": theirs}


def _shown(field: str, value: Any, currency: str) -> str:
    return shown_amount(int(value), currency) if field == "surcharge_minor" else str(value)
