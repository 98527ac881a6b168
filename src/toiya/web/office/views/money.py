"""Money at the desk: the bank's file and the deposits that wait for a person, and cash."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.members.models import Seller
from toiya.domain.wallet.actions.bank_files import take_bank_file
from toiya.domain.wallet.actions.bank_headings import forget_bank_heading, say_bank_heading
from toiya.domain.wallet.actions.deposits import assign_deposit, set_deposit_aside, take_up_deposit
from toiya.domain.wallet.actions.payments import top_up_wallet
from toiya.domain.wallet.bank_files import read_bank_file
from toiya.domain.wallet.models import AnnouncedTransfer, BankFile, BankHeading, Deposit, TopUp
from toiya.domain.wallet.queries import bank_headings, purse_currencies
from toiya.web.office.access import desk
from toiya.web.office.money_forms import BANK_COLUMNS, BankFileForm, CashForm, HeadingForm
from toiya.web.office.money_tabs import tabs
from toiya.web.shared import formats
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request
from toiya.web.shared.statuses import DEPOSIT, MONEY_FILE

MOST_FILES = 10
_FIELDS = dict.fromkeys(
    ("unreadable_bank_file", "unreadable_sheet", "bank_file_taken_before", "same_lines_wait"), "file"
)
VIEWS = (Deposit.Status.WAITING, Deposit.Status.BOOKED, Deposit.Status.NOT_OURS)


@desk(Permission.BOOK_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def deposits(request: Request) -> HttpResponse:
    """Deposits by state; a POST reads a file of the bank's and shows what it would do."""
    is_post = request.method == "POST"
    currencies = purse_currencies()
    form = BankFileForm(request.POST if is_post else None, request.FILES if is_post else None, currencies=currencies)
    if form.is_bound and form.is_valid():
        try:
            taken = _take(request, form)
        except Refusal as refusal:
            put_refusal(form, refusal, _FIELDS)
        else:
            return redirect("office:bank-file", taken.code)
    status = request.GET.get("status", "")
    view = status if status in VIEWS else Deposit.Status.WAITING
    page = page_of(
        Deposit.objects.filter(status=view).select_related("seller", "bank_file"), request.GET, ("-booked_on", "-id")
    )
    context = {
        "form": form,
        "page": page,
        "rows": _rows(page.rows),
        "views": _views(view),
        "view": view,
        "heading": HeadingForm(),
        "headings": [
            {"row": row, "word": BANK_COLUMNS[row.column]} for row in BankHeading.objects.order_by("column", "heading")
        ],
        "files": [(file, MONEY_FILE[file.status]) for file in BankFile.objects.order_by("-pk")[:MOST_FILES]],
        "tabs": tabs(request.actor, "money"),
    }
    return render(request, "office/money.html", context, status=422 if form.errors else 200)


def _take(request: Request, form: BankFileForm) -> BankFile:
    content = form.content()
    currency = form.cleaned_data["currency"]
    read = read_bank_file(content, request.at.date(), bank_headings(), currency=currency)
    name = form.cleaned_data["file"].name
    return take_bank_file(content=content, file_name=name, read=read, actor=request.actor, at=request.at)


def _rows(found: Any) -> list[dict[str, Any]]:
    """The deposits with the sellers of their likely transfers, and those whose wallet is in their currency."""
    guesses = {deposit.guess for deposit in found if deposit.guess}
    announced = AnnouncedTransfer.objects.filter(reference__in=guesses).select_related("seller")
    likely = {row.reference: row for row in announced}
    sellers: dict[str, list[Seller]] = {}
    for seller in Seller.objects.order_by("name"):
        sellers.setdefault(seller.currency, []).append(seller)
    return [
        {
            "deposit": each,
            "status": DEPOSIT[each.status],
            "likely": likely.get(each.guess),
            "sellers": sellers.get(each.currency, []),
        }
        for each in found
    ]


def _views(view: str) -> list[dict[str, Any]]:
    return [
        {"label": each.label, "url": f"?status={each.value}", "count": None, "current": each == view} for each in VIEWS
    ]


def _typed(request: Request, name: str) -> str:
    """A field without the one letter that no column takes."""
    return request.POST.get(name, "").replace("\x00", "")


@desk(Permission.BOOK_MONEY)
@require_POST
def headings(request: Request) -> HttpResponse:
    """A person says what the bank calls one of our columns."""
    told = {name: _typed(request, name)[:100] for name in ("heading", "column")}
    say_bank_heading(**told, actor=request.actor, at=request.at)
    messages.success(request, _("The heading is understood from now on."))
    return redirect("office:money")


@desk(Permission.BOOK_MONEY)
@require_POST
def heading_removal(request: Request, heading: int) -> HttpResponse:
    """It means nothing any more."""
    forget_bank_heading(heading_id=heading, actor=request.actor, at=request.at)
    messages.success(request, _("The heading is forgotten."))
    return redirect("office:money")


@desk(Permission.BOOK_MONEY)
@require_POST
def assignment(request: Request, code: str) -> HttpResponse:
    """A person says whose money it is."""
    assign_deposit(code=code, seller_code=_typed(request, "seller"), actor=request.actor, at=request.at)
    messages.success(request, _("The deposit is booked."))
    return redirect("office:money")


@desk(Permission.BOOK_MONEY)
@require_POST
def setting_aside(request: Request, code: str) -> HttpResponse:
    """It is no top-up."""
    set_deposit_aside(code=code, note=_typed(request, "note"), actor=request.actor, at=request.at)
    messages.success(request, _("The deposit is set aside."))
    return redirect("office:money")


@desk(Permission.BOOK_MONEY)
@require_POST
def taking_up(request: Request, code: str) -> HttpResponse:
    """It was set aside by mistake."""
    take_up_deposit(code=code, actor=request.actor, at=request.at)
    messages.success(request, _("The deposit waits for a person again."))
    return redirect("office:money")


@desk(Permission.BOOK_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def cash(request: Request) -> HttpResponse:
    """Book a top-up by hand, such as cash at the desk. The token makes pressing twice one top-up."""
    is_post = request.method == "POST"
    form = CashForm(request.POST if is_post else None, initial={"token": secrets.token_urlsafe(16)})
    if form.is_bound and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("seller", "amount", "reference", "token")}
        try:
            top_up_wallet(actor=request.actor, at=request.at, **told)
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            amount = told["amount"]
            shown = formats.money(amount.minor, amount.currency, request.LANGUAGE_CODE)
            words = {"amount": shown, "seller": told["seller"].name}
            messages.success(request, _("%(amount)s are in the wallet of %(seller)s.") % words)
            return redirect("office:cash")
    booked = TopUp.objects.exclude(code="").select_related("seller").order_by("-pk")[:MOST_FILES]
    context = {"form": form, "booked": booked, "tabs": tabs(request.actor, "cash")}
    return render(request, "office/cash.html", context, status=422 if form.errors else 200)
