"""Places every warehouse has at least one of, made when first needed."""

from __future__ import annotations

from collections.abc import Mapping

from toiya.domain.warehouses.models import Bin

# The code of the first place of a kind, and where it stands in the walk: the dock is walked to last of all.
FIRST_OF: Mapping[str, tuple[str, int]] = {
    Bin.Kind.DOCK: ("DOCK-1", 900_000),
    Bin.Kind.DAMAGED: ("DAMAGED-1", 900_001),
    Bin.Kind.QUARANTINE: ("QUARANTINE-1", 900_002),
    Bin.Kind.PROBLEM: ("PROBLEM-1", 900_003),
}


def place_of_kind(*, warehouse_id: int, kind: Bin.Kind) -> Bin:
    """The first place of that kind in the warehouse; where there is none it is made. Two at once make one."""
    found: Bin | None = Bin.objects.filter(warehouse_id=warehouse_id, kind=kind).order_by("pk").first()
    if found is not None:
        return found
    code, walk_order = FIRST_OF[kind]
    made, _ = Bin.objects.get_or_create(
        warehouse_id=warehouse_id, code=code, defaults={"kind": kind, "walk_order": walk_order}
    )
    return made
