"""The one door to the sites: never inside a transaction, and every trouble has one of two names."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from toiya.core.actor import system_actor
from toiya.core.errors import Rejected, Unreachable
from toiya.domain.channels import rules
from toiya.domain.channels.actions.connecting import access_to, record_test
from toiya.domain.channels.models import Connection
from toiya.domain.channels.plugs import channel_of
from toiya.domain.channels.port import Channel, ShopAccess

ACTOR = system_actor("channels")
T = TypeVar("T")
logger = logging.getLogger(__name__)


def outside(call: Callable[[], T]) -> T:
    """
    Make one call to a site.

    A plug that stumbles over an answer must not stop a shop for ever, so that counts as no answer.

    :raises Unreachable: no answer, outcome unknown
    :raises Rejected: understood and declined
    :raises RuntimeError: a transaction is open: rows would stay locked for as long as the site takes
    """
    with transaction.atomic(durable=True):
        pass
    try:
        return call()
    except (Unreachable, Rejected):
        raise
    except Exception as error:
        logger.exception("A plug stumbled")
        raise Unreachable("plug_stumbled", type(error).__name__) from error


def door_of(shop: Connection) -> tuple[Channel, ShopAccess]:
    """The plug of the shop's kind and the opened key."""
    return channel_of(shop.channel), access_to(shop)


def is_resting(shop: Connection, at: datetime) -> bool:
    """Whether we leave the shop alone for now: it was down or did not take our key."""
    return shop.retry_at is not None and shop.retry_at > at


def is_key_trouble(trouble: Unreachable | Rejected) -> bool:
    """Whether only a person with a new key can help."""
    return isinstance(trouble, Rejected) and trouble.code in rules.KEY_TROUBLES


def blame(shop: Connection, trouble: Unreachable | Rejected, at: datetime) -> None:
    """Keep that the shop does not work, and when we try next."""
    record_test(connection_id=shop.pk, trouble=trouble, actor=ACTOR, at=at)


def praise(shop: Connection, at: datetime) -> None:
    """Keep that the shop works, where we believed otherwise."""
    if shop.status != Connection.Status.WORKING or shop.retry_at is not None:
        record_test(connection_id=shop.pk, trouble=None, actor=ACTOR, at=at)
