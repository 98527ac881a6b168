"""Querysets that know two things: whose rows an actor may see, and how rows are locked."""

from __future__ import annotations

from typing import Any, Self

from django.db import models

from toiya.core.actor import Actor


class LockableRows(models.QuerySet[Any]):
    """Rows locked in id order, without blocking inserts of their children (F11)."""

    def lock(self) -> Self:
        """Lock these rows, in id order, until the transaction ends."""
        return self.order_by("pk").select_for_update(no_key=True, of=("self",))


class OwnedRows(LockableRows):
    """Rows that belong to one seller each."""

    def visible_to(self, actor: Actor) -> Self:
        """The rows this actor may see: a seller's people their own, the operator's people all."""
        return self if actor.is_operator else self.filter(seller_id=actor.seller_id)
