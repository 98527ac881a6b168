"""Connecting a shop, renewing its key, its switches, and what we know about its health."""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, secrets
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal, Rejected, Unreachable
from toiya.domain.channels import rules
from toiya.domain.channels.events import (
    ConnectionBroke,
    ConnectionDegraded,
    ConnectionWorks,
    KeyRenewed,
    ShopConnected,
    SwitchesSet,
)
from toiya.domain.channels.models import Connection
from toiya.domain.channels.port import IssuedKey, ShopAccess
from toiya.domain.channels.sql import wishes
from toiya.domain.members.models import Seller

Status = Connection.Status


class ShopAlreadyConnected(Refusal):
    """One live connection per shop; we do not say whose it is."""

    code = "shop_already_connected"
    message = gettext_lazy(
        "The shop %(shop_id)s is connected already. Check the shop's id, or end its other connection first."
    )


class OnlyForBusiness(Refusal):
    """A basic member has orders by hand and Smart Delivery (A001)."""

    code = "only_for_business"
    message = gettext_lazy("Only a business member connects shops. Become one on the company page, then connect.")


@dataclass(frozen=True, slots=True)
class Switches:
    """What we do for the shop by ourselves (A206-A208)."""

    is_pulling: bool = True
    is_confirming: bool = True
    is_writing_back: bool = True
    is_pushing_stock: bool = True


@transaction.atomic
def connect_shop(  # noqa: PLR0913
    *,
    seller_id: int,
    channel: str,
    shop_id: str,
    name: str,
    issued: IssuedKey,
    switches: Switches,
    actor: Actor,
    at: datetime,
) -> Connection:
    """
    Keep a shop's key, sealed, and begin to pull its orders.

    :raises ShopAlreadyConnected: somebody, perhaps this seller, has a connection to that shop
    :raises OnlyForBusiness: a basic member
    """
    _only_for_business(seller_id)
    number = next_ids("channels_connection_id_seq", 1)[0]
    code = code_for("CON", number)

    shop = Connection(
        pk=number,
        seller_id=seller_id,
        code=code,
        channel=channel,
        shop_id=shop_id.strip(),
        name=name.strip() or shop_id.strip(),
        sealed_key=_sealed(issued, code),
        key_expires_at=issued.expires_at,
        connected_at=at,
        **asdict(switches),
    )
    _insert(shop)

    connected = ShopConnected(
        seller_id=seller_id, subject=code, connection_id=number, channel=channel, shop_id=shop.shop_id
    )
    events.record(connected, actor=actor, at=at)
    return shop


def _only_for_business(seller_id: int) -> None:
    if Seller.objects.filter(pk=seller_id, kind=Seller.Kind.BASIC).exists():
        raise OnlyForBusiness()


def _insert(shop: Connection) -> None:
    try:
        with transaction.atomic():
            shop.save(force_insert=True)
    except IntegrityError as error:
        raise ShopAlreadyConnected(shop_id=shop.shop_id) from error


def _sealed(issued: IssuedKey, code: str) -> str:
    return secrets.seal(issued.key, bound_to=f"connection:{code}")


def access_to(shop: Connection) -> ShopAccess:
    """The opened key, for a call to the site. Never keep or log it."""
    key = secrets.unseal(shop.sealed_key, bound_to=f"connection:{shop.code}")
    return ShopAccess(shop.shop_id, key)


def _locked(code: str, actor: Actor) -> Connection:
    shop: Connection | None = Connection.objects.visible_to(actor).filter(code=code).lock().first()
    if shop is None:
        raise NotFound(kind="connection", code=code)
    return shop


@transaction.atomic
def renew_key(*, connection_code: str, issued: IssuedKey, actor: Actor, at: datetime) -> Connection:
    """
    Replace the shop's key; what waited for it is told now.

    :raises NotFound: no such connection of this seller
    """
    shop = _locked(connection_code, actor)

    shop.sealed_key = _sealed(issued, shop.code)
    shop.key_expires_at = issued.expires_at
    shop.save(update_fields=["sealed_key", "key_expires_at"])
    works = _mend(shop, at)

    renewed = KeyRenewed(
        seller_id=shop.seller_id,
        subject=shop.code,
        connection_id=shop.pk,
        expires_at=issued.expires_at.isoformat(),
    )
    events.record_all([renewed, *works], actor=actor, at=at)
    return shop


@transaction.atomic
def set_switches(*, connection_code: str, switches: Switches, actor: Actor, at: datetime) -> Connection:
    """
    Say what we do for the shop by ourselves.

    :raises NotFound: no such connection of this seller
    """
    shop = _locked(connection_code, actor)

    chosen = asdict(switches)
    for field, value in chosen.items():
        setattr(shop, field, value)
    shop.save(update_fields=list(chosen))

    switched = SwitchesSet(seller_id=shop.seller_id, subject=shop.code, connection_id=shop.pk, **chosen)
    events.record(switched, actor=actor, at=at)
    return shop


@transaction.atomic
def record_test(
    *, connection_id: int, trouble: Unreachable | Rejected | None, actor: Actor, at: datetime
) -> Connection:
    """
    Keep what a call told us about the shop: it works, it does not answer, or it does not take our key.

    A change of state is an event; the same again only sets when we try next.
    """
    shop: Connection = Connection.objects.filter(pk=connection_id).lock().get()

    shop.tested_at = at
    shop.save(update_fields=["tested_at"])
    recorded = _mend(shop, at) if trouble is None else _blame(shop, trouble, at)

    events.record_all(recorded, actor=actor, at=at)
    return shop


def _mend(shop: Connection, at: datetime) -> list[events.Event]:
    """The shop works; what waited is due now, and has its whole patience before it."""
    if shop.status == Status.WORKING and shop.retry_at is None:
        return []
    was_broken = shop.status == Status.BROKEN
    shop.status, shop.problem, shop.site_message = Status.WORKING, "", ""
    shop.failures, shop.retry_at = 0, None
    shop.save(update_fields=["status", "problem", "site_message", "failures", "retry_at"])
    wishes.make_due(shop.pk, at, renew_patience=was_broken)
    return [ConnectionWorks(seller_id=shop.seller_id, subject=shop.code, connection_id=shop.pk)]


def _blame(shop: Connection, trouble: Unreachable | Rejected, at: datetime) -> list[events.Event]:
    needs_a_person = isinstance(trouble, Rejected) and trouble.code in rules.KEY_TROUBLES
    before = shop.status
    if not (before == Status.BROKEN and not needs_a_person):  # a dead site says nothing new about a refused key
        shop.status = Status.BROKEN if needs_a_person else Status.DEGRADED
        shop.problem = trouble.code[:60]
        shop.site_message = rules.printable(trouble.message)[:300]
    shop.failures += 1
    wait = rules.BROKEN_WAIT if shop.status == Status.BROKEN else rules.wait_after(shop.failures, random.random())  # noqa: S311
    shop.retry_at = at + wait
    shop.save(update_fields=["status", "problem", "site_message", "failures", "retry_at"])
    if shop.status == before:
        return []
    kind = ConnectionBroke if shop.status == Status.BROKEN else ConnectionDegraded
    return [kind(seller_id=shop.seller_id, subject=shop.code, problem=shop.problem)]


@transaction.atomic
def record_reconciled(*, connection_id: int, at: datetime) -> None:
    """Keep that the shop was compared with us as a whole."""
    shop: Connection = Connection.objects.filter(pk=connection_id).lock().get()

    shop.reconciled_at = at
    shop.save(update_fields=["reconciled_at"])
