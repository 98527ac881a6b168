"""One file of the bank's: what it would do before anything is booked, what it did, and undoing it whole."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from toiya.core.actor import Permission
from toiya.domain.wallet.actions.bank_files import book_bank_file, throw_bank_file_away, want_file_undo
from toiya.domain.wallet.bank_files import WHYS
from toiya.domain.wallet.dry_runs import Outlook, cannot_be_undone, look_at, tally
from toiya.domain.wallet.models import BankFile
from toiya.web.office.access import desk
from toiya.web.office.money_tabs import tabs
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request
from toiya.web.shared.sheet_files import xlsx
from toiya.web.shared.statuses import DEPOSIT, MONEY_FILE

MOST_STAYING = 50
Status = BankFile.Status


@desk(Permission.BOOK_MONEY)
@require_safe
def bank_file(request: Request, code: str) -> HttpResponse:
    """The dry run of a file that is only read; what became of a booked one."""
    taken = _taken(code)
    is_read = taken.status == Status.READ
    looked = look_at(taken) if is_read else []
    by_deposit = {each.deposit.pk: each for each in looked}
    page = page_of(taken.deposits.select_related("seller"), request.GET, ("id",))
    counts = tally(looked)
    staying = cannot_be_undone(taken) if taken.status == Status.BOOKED else []
    context = {
        "file": taken,
        "status": MONEY_FILE[taken.status],
        "page": page,
        "rows": [
            {"deposit": each, "status": DEPOSIT[each.status], "looked": by_deposit.get(each.pk)} for each in page.rows
        ],
        "outlooks": [(_word(outlook), *counts[outlook.value]) for outlook in Outlook if counts[outlook.value][0]],
        "difference": None if taken.told_minor is None else taken.total_minor - taken.told_minor,
        "staying": staying[:MOST_STAYING],
        "staying_count": len(staying),
        "tabs": tabs(request.actor, "money"),
    }
    return render(request, "office/bank_file.html", context)


def _word(outlook: Outlook) -> str:
    return {
        Outlook.SURE: _("Booked at once"),
        Outlook.LIKELY: _("Waits for a person, a seller is likely"),
        Outlook.NOBODY: _("Waits for a person"),
        Outlook.BACK: _("The bank takes money back: never booked"),
    }[outlook]


@desk(Permission.BOOK_MONEY)
@require_POST
def booking(request: Request, code: str) -> HttpResponse:
    """One press after the look; a second one changes nothing."""
    book_bank_file(code=code, actor=request.actor, at=request.at)
    messages.success(request, _("The file is booked. Its deposits are matched now."))
    return redirect("office:bank-file", code)


@desk(Permission.BOOK_MONEY)
@require_POST
def throwing_away(request: Request, code: str) -> HttpResponse:
    """Nothing of it is booked."""
    throw_bank_file_away(code=code, actor=request.actor, at=request.at)
    messages.success(request, _("The file is thrown away. Nothing of it was booked."))
    return redirect("office:money")


@desk(Permission.BOOK_MONEY)
@require_POST
def undoing(request: Request, code: str) -> HttpResponse:
    """All of it comes back, as far as it is unspent."""
    note = request.POST.get("note", "").replace("\x00", "")
    want_file_undo(code=code, note=note, actor=request.actor, at=request.at)
    messages.success(request, _("The file is being undone. Money that was spent stays booked and is named here."))
    return redirect("office:bank-file", code)


@desk(Permission.BOOK_MONEY)
@require_safe
def to_mend(request: Request, code: str) -> HttpResponse:  # noqa: ARG001 - every view gets it
    """The rows nobody could read, as they stand, with why: to be mended and handed in as a file of their own."""
    taken = _taken(code)
    return rows_to_mend(f"{taken.code}-to-mend", taken.headings, taken.to_mend, WHYS)


def rows_to_mend(name: str, headings: list[str], rows: list[Any], whys: Any) -> HttpResponse:
    """A workbook of rows that could not be read: the file's own columns, and one that says why."""
    width = max((len(cells) for _number, cells, _why, _cell in rows), default=0)
    columns = [*headings, *[""] * (width - len(headings)), _("What to mend")]
    filled = (
        [*cells, *[""] * (len(columns) - 1 - len(cells)), str(whys[why] % {"row": number, "cell": cell})]
        for number, cells, why, cell in rows
    )
    return xlsx(name, columns, filled)


def _taken(code: str) -> BankFile:
    found: BankFile | None = BankFile.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found
