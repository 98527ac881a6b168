"""What carriers hold of the whole house: terms, files, rows that came back, scans, prints, a cancelled label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.carrier_files_world import by_file, came_back, file_of, wanted
from tests.floor_world import labelled
from tests.world import NOON, WORLD
from toiya.domain.carriers.actions.terms import set_terms
from toiya.domain.carriers.actions.voiding import reprint_label
from toiya.domain.carriers.catalogue import BY_CODE
from toiya.domain.carriers.models import Service
from toiya.domain.outbound.actions.voiding import void_parcel_label

if TYPE_CHECKING:
    from tests.verify.whole_house import Side


def at_the_carriers(sides: list[Side]) -> None:
    """A row of every seller in every table of the carriers."""
    service = by_file()
    for terms in BY_CODE["TAKKYUBIN"].terms:
        set_terms(service_code=service.code, terms=terms, actor=WORLD, at=NOON)
    for number, side in enumerate(sides):
        _of(side, service, f"PCL-FILE{number}-2")


def _of(side: Side, service: Service, reference: str) -> None:
    wanted(side.seller, service, reference)
    file_of(service)
    came_back(f"{reference.replace('-', '')},0,0,UMN123456789")
    code = side.parcels["labelled"].code
    reprint_label(parcel=code, reason="Jam", actor=WORLD, at=NOON)
    void_parcel_label(parcel_code=code, reason="Wet", actor=WORLD, at=NOON)
    side.parcels["labelled"] = labelled(side.parcels["labelled"])
    sent = side.parcels["shipped"].label
    assert sent is not None
    came_back(f"{sent.tracking_number},moving,2026/11/20 12:30", carrier="test_carrier", kind="scans")
