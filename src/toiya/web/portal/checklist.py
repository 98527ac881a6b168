"""A seller's first steps with their live state: read from the real tables, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from toiya.core.actor import Actor
from toiya.domain.carriers.models import Label
from toiya.domain.catalog.models import Sku
from toiya.domain.channels.models import Connection
from toiya.domain.members.models import Application, BusinessProfile, Certificate, Membership, Seller
from toiya.domain.members.rules.starting import Facts, State, Step, Who, is_real_name, steps_of
from toiya.domain.orders.models import Order
from toiya.domain.outbound.models import Parcel
from toiya.domain.stock.models import Movement
from toiya.domain.wallet.models import TopUp
from toiya.web.shared.statuses import STEP, Status

_FIRM = ("company_name", "company_name_en", "address", "address_en", "phone", "industry", "business_type")
# code: (title, what and why, button, page)
WORDS: Mapping[str, tuple[Any, Any, Any, str]] = {
    "verify_email": (
        _("Verify your e-mail"),
        _("Order notices go to it. Open the mail we sent and press the button in it."),
        _("Verify"),
        "email",
    ),
    "verify_phone": (
        _("Verify your phone"),
        _("We send a code. It lets you back in when you lose your password."),
        _("Verify"),
        "phone",
    ),
    "firm": (
        _("Complete your firm"),
        _("Name and address in your language and in English, phone, industry and registration number."),
        _("Complete"),
        "company",
    ),
    "real_name": (
        _("Name who is paid out"),
        _("The real name as the bank knows it, or money cannot be paid to you."),
        _("Enter the name"),
        "company",
    ),
    "certificate": (
        _("Upload your registration certificate"),
        _("JPG, PNG or PDF, up to 4 MB. Only you and our approvers see it."),
        _("Upload"),
        "company",
    ),
    "approval": (
        _("Approval"),
        _("Our desk looks at your application and tells you by mail."),
        _("See its state"),
        "application",
    ),
    "shop": (
        _("Connect a shop, or bring an order file"),
        _("You log in at the sales site and come back. A CSV file will do for the first orders."),
        _("Connect a shop"),
        "connect",
    ),
    "sku": (
        _("Make your first SKU"),
        _("Orders find it by your seller code."),
        _("See SKUs"),
        "skus",
    ),
    "stock": (
        _("Goods on the shelf"),
        _("Send your goods in. The warehouse counts them and they show here."),
        _("See stock"),
        "skus",
    ),
    "wallet": (
        _("Top up your wallet"),
        _("A parcel leaves when its fee can be set aside."),
        _("Top up"),
        "top-up",
    ),
    "label": (
        _("Print your first label"),
        _("You pack the order and print our label for it."),
        _("See orders"),
        "orders",
    ),
    "hand_in": (
        _("Hand in your first parcel"),
        _("Bring it to the collection centre. We scan it, and the site gets its number."),
        _("See orders"),
        "orders",
    ),
    "first_parcel": (
        _("First parcel on its way"),
        _("The warehouse picks, packs and ships it. You have nothing to do."),
        _("See orders"),
        "orders",
    ),
}
# Where each page is; the first address that this installation has.
PAGES: Mapping[str, str] = {
    "email": "door:verify",
    "phone": "door:verify-phone",
    "company": "portal:company",
    "application": "portal:application",
    "contact": "portal:contact",
    "security": "portal:security",
    "keys": "portal:keys",
    "team": "portal:team",
    "connect": "portal:connect",
    "connections": "portal:connections",
    "imports": "portal:imports",
    "orders": "portal:orders",
    "skus": "portal:skus",
    "wallet": "portal:wallet",
    "top-up": "portal:top-up",
    "home": "portal:home",
    "start": "portal:start",
}
WHO: Mapping[Who, Any] = {Who.SELLER: _("You"), Who.OPERATOR: _("Our desk"), Who.WAREHOUSE: _("Warehouse")}


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step as the page shows it."""

    step: Step
    status: Status
    title: Any
    text: Any
    action: Any
    url: str
    who: Any


@dataclass(frozen=True, slots=True)
class Checklist:
    """All steps of a seller, how many are done, and the next one of its own."""

    rows: Sequence[StepRow]
    done: int
    next: StepRow | None

    @property
    def has_shipped(self) -> bool:
        """Whether the first parcel has left: what is left then is for a quiet hour."""
        last = {"hand_in", "first_parcel"}
        return any(row.step.code in last and row.step.state is State.DONE for row in self.rows)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to do."""
        return self.done == len(self.rows)


def page(name: str) -> str:
    """The address of a page by the name the steps use."""
    return reverse(PAGES[name])


def facts_of(actor: Actor) -> Facts:
    """What the tables say of the actor's seller; two queries."""
    seller = _annotated(actor)
    profile = BusinessProfile.objects.visible_to(actor).first()
    is_business = seller.kind == Seller.Kind.BUSINESS
    return Facts(
        is_business=is_business,
        uses_fulfilment=seller.uses_fulfilment,
        uses_smart_delivery=seller.uses_smart_delivery,
        email_verified=not seller.unverified,
        mail_bounced=seller.bounced,
        phone_verified=seller.phone_verified,
        firm_complete=profile is not None and _is_complete(profile),
        real_name=profile is not None and is_real_name(profile.real_name),
        certificate=seller.certificate,
        seller_status=seller.status,
        application_status=seller.application_status or "",
        has_shop=seller.has_shop,
        has_order=seller.has_order,
        has_sku=seller.has_sku,
        stock_received=seller.stock_received,
        topped_up=seller.topped_up,
        label_made=seller.label_made,
        parcel_shipped=seller.parcel_shipped,
    )


def _annotated(actor: Actor) -> Any:
    """The seller with an answer to each question, in one query."""
    mine = {"seller": OuterRef("pk")}
    owners = Membership.objects.filter(**mine, role="owner")
    newest = Application.objects.filter(**mine).order_by("-id").values("status")[:1]
    return Seller.objects.annotate(
        unverified=Exists(owners.filter(user__verify_by__isnull=False, user__email_verified_at=None)),
        bounced=Exists(owners.filter(user__mail_bounced_at__isnull=False)),
        phone_verified=Exists(owners.filter(user__phone_verified_at__isnull=False)),
        certificate=Exists(Certificate.objects.filter(**mine, withdrawn_at=None)),
        application_status=Subquery(newest),
        has_shop=Exists(Connection.objects.filter(**mine)),
        has_order=Exists(Order.objects.filter(**mine)),
        has_sku=Exists(Sku.objects.filter(**mine)),
        stock_received=Exists(Movement.objects.filter(seller_id=OuterRef("pk"), kind=Movement.Kind.RECEIVE)),
        topped_up=Exists(TopUp.objects.filter(**mine)),
        label_made=Exists(Label.objects.filter(**mine, status=Label.Status.BOUGHT)),
        parcel_shipped=Exists(Parcel.objects.filter(**mine, status=Parcel.Status.SHIPPED)),
    ).get(pk=actor.seller_id or 0)


def _is_complete(profile: BusinessProfile) -> bool:
    has_number = bool(profile.registration_number) or profile.is_sole_trader
    return has_number and all(getattr(profile, field) for field in _FIRM)


def read(actor: Actor) -> Checklist:
    """The checklist of the actor's seller."""
    rows = [_row(step) for step in steps_of(facts_of(actor))]
    mine = (row for row in rows if row.step.state in {State.NOW, State.TROUBLE})
    return Checklist(rows, sum(row.step.state is State.DONE for row in rows), next(mine, None))


def _row(step: Step) -> StepRow:
    title, text, action, where = WORDS[step.code]
    return StepRow(step, STEP[step.state], title, text, action, page(where), WHO[step.who])
