"""The office's frame: its places, and how much waits in each."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from toiya.core.actor import Actor, Permission
from toiya.domain.claims import queries as claims
from toiya.domain.conversations import queries as conversations
from toiya.domain.inbound import queries as inbound
from toiya.domain.members import queue
from toiya.domain.wallet.queries import waiting_deposits, waiting_reversals
from toiya.web.shared.factor_banner import factor_banner
from toiya.web.shared.reader import Request
from toiya.web.shared.shell import RailItem, Shell

BACK = ("/office/returns/", "/office/removals/")
SELLERS = ("/office/payments/", "/office/prices/", "/office/terms/", "/office/sites/")


def build(request: Request) -> Shell:
    """The frame of the office for this reader; a few counts, because every page draws it."""
    actor = request.actor
    applications = queue.waiting_count() if actor.may(Permission.APPROVE_SELLERS) else 0
    deliveries = inbound.waiting_count(actor) if actor.may(Permission.APPROVE_INBOUND) else 0
    places = [
        (Permission.SEE_OFFICE, RailItem(_("Today"), reverse("office:today"), "sun")),
        (Permission.RELEASE_WAVES, RailItem(_("Waves"), reverse("office:waves"), "layers")),
        (Permission.SEE_OFFICE, RailItem(_("Orders"), reverse("office:orders"), "clipboard-list")),
        (Permission.RELEASE_WAVES, RailItem(_("Carriers"), reverse("office:carriers"), "truck")),
        (Permission.SEE_OFFICE, RailItem(_("Trucks"), reverse("office:manifests"), "truck")),
        (
            Permission.APPROVE_INBOUND,
            RailItem(_("Inbound"), reverse("office:inbound"), "package-plus", deliveries, also=BACK),
        ),
        (Permission.SEE_STOCK, RailItem(_("Stock"), reverse("office:stock"), "boxes")),
        (Permission.SEE_STOCK, RailItem(_("Receiving"), reverse("office:receiving"), "package-check")),
        (Permission.SEE_SELLERS, RailItem(_("Sellers"), reverse("office:sellers"), "store", also=SELLERS)),
        (
            Permission.APPROVE_SELLERS,
            RailItem(_("Applications"), reverse("office:applications"), "clipboard-check", applications),
        ),
        (
            Permission.ANSWER_SELLERS,
            RailItem(_("Questions"), reverse("office:conversations"), "message-square", _questions(actor)),
        ),
        *_money(actor),
        (Permission.EDIT_STAFF, RailItem(_("People"), reverse("office:staff"), "users")),
        (Permission.MEND_JOBS, RailItem(_("System"), reverse("office:system"), "activity")),
        (Permission.WORK_ON_FLOOR, RailItem(_("Floor"), reverse("floor:jobs"), "scan-barcode")),
    ]
    return Shell(
        rail=[item for permission, item in places if actor.may(permission)],
        home_url=reverse("office:today"),
        search_url=reverse("office:orders"),
        settings_url=reverse("office:security"),
        banner=factor_banner(request, reverse("office:security")),
        density="compact",
    )


def _money(actor: Actor) -> list[tuple[Permission, RailItem]]:
    waits = _waiting(actor)
    return [
        (Permission.BOOK_MONEY, RailItem(_("Money"), reverse("office:money"), "wallet", waits["deposit"])),
        (
            Permission.BILL_SELLERS,
            RailItem(_("Bills"), reverse("office:bills"), "file-text", also=("/office/invoices/",)),
        ),
        (Permission.JUDGE_CLAIMS, RailItem(_("Claims"), reverse("office:claims"), "shield-alert", waits["claim"])),
    ]


def _waiting(actor: Actor) -> Counter[str]:
    """Deposits, money to take back and claims that wait, in one statement; past 100 the number no longer matters."""
    deposits = waiting_deposits() if actor.may(Permission.BOOK_MONEY) else waiting_deposits().none()
    found = claims.waiting(actor) if actor.may(Permission.JUDGE_CLAIMS) else claims.waiting(actor).none()
    back = waiting_reversals() if actor.may(Permission.BOOK_MONEY) else waiting_reversals().none()
    kinds: tuple[tuple[str, QuerySet[Any]], ...] = (("deposit", deposits), ("deposit", back), ("claim", found))
    first, *rest = [rows.order_by().values_list(Value(what))[:100] for what, rows in kinds]
    return Counter(what for (what,) in first.union(*rest, all=True))


def _questions(actor: Actor) -> int:
    return conversations.waiting_count(actor) if actor.may(Permission.ANSWER_SELLERS) else 0
