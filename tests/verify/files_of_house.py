"""Files that a seller handed in: one applied, one checked, one whose heading had to be named, one forgotten."""

from __future__ import annotations

from tests.imports_world import applied, checked, csv_file, owner_of, worked
from tests.world import NOON
from toiya.core.actor import system_actor
from toiya.domain.imports.actions.forgetting import forget_rows
from toiya.domain.imports.actions.handing_in import name_columns
from toiya.domain.imports.queries import Kept
from toiya.domain.members.models import Seller

_HEAD = ["ItemName", "Qty"]


def files_of(seller: Seller) -> None:
    """Through the actions and the job, as every file."""
    applied(checked(seller, "items", csv_file(_HEAD, ["Vase", "3"], ["Bowl", "4"])))
    checked(seller, "items", csv_file(_HEAD, ["Plate", "５個"]))
    asked = checked(seller, "items", csv_file(["Thing", "Pcs"], ["Spoon", "6"]))
    meanings = {0: "item_name", 1: "quantity"}
    name_columns(session_code=asked.code, meanings=meanings, actor=owner_of(seller), at=NOON)
    worked(asked)
    old = checked(seller, "items", csv_file(_HEAD, ["Fork", "8"]))
    applied(old)
    at_once = Kept(days=-1, buyer_days=30)
    forget_rows(session_id=old.pk, kept=at_once, actor=system_actor("imports"), at=NOON)
