"""Which service the packing station proposes."""

from __future__ import annotations

import pytest

from toiya.domain.carriers.models import Service
from toiya.domain.outbound.actions.packing import Packing
from toiya.domain.outbound.sql.packing import PackLine
from toiya.web.floor.packing import Taken, boxes_for

SMALL = Service(pk=1, code="nekopos", name="Nekopos", max_weight_g=1000, price_minor=385)
LARGE = Service(pk=2, code="compact", name="Compact", max_weight_g=5000, price_minor=600)


def packing(*wishes: str, weight_g: int = 300) -> Packing:
    lines = [
        PackLine(place, "", place, f"SKU-{place}", "Cup", "", weight_g, 1, 1, preferred_service=wish)
        for place, wish in enumerate(wishes, start=1)
    ]
    return Packing(1, "PCL-1", "open", "ORD-1", tuple(lines))


@pytest.mark.seed("L29")
def test_the_service_that_the_skus_wish_for_leads() -> None:
    assert boxes_for(packing("", ""), [SMALL, LARGE], Taken()).chosen == SMALL
    assert boxes_for(packing("compact", ""), [SMALL, LARGE], Taken()).chosen == LARGE
    assert boxes_for(packing("compact", "compact"), [SMALL, LARGE], Taken()).chosen == LARGE


def test_the_packers_choice_weight_and_disagreement_come_before_the_wish() -> None:
    assert boxes_for(packing("compact"), [SMALL, LARGE], Taken(SMALL)).chosen == SMALL
    assert boxes_for(packing("compact", "nekopos"), [SMALL, LARGE], Taken()).chosen == SMALL
    assert boxes_for(packing("nekopos", weight_g=2000), [SMALL, LARGE], Taken()).chosen == LARGE
    assert boxes_for(packing("unheard-of"), [SMALL, LARGE], Taken()).chosen == SMALL
