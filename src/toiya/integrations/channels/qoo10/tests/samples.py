"""Reads the hand-made answers in `samples/`: documented names and types, invented values."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from toiya.domain.channels.port import ShopAccess
from toiya.integrations.channels.qoo10 import envelope

FOLDER = Path(__file__).parents[1] / "samples"
SHIPPING = "ShippingBasic.GetShippingInfo_v2"


def body(name: str) -> bytes:
    """The bytes as the site would send them."""
    return (FOLDER / name).read_bytes()


def rows(name: str) -> Any:
    """The ResultObject of a sample, keys folded."""
    return envelope.open_envelope(body(name), SHIPPING)


def instant(written: str) -> datetime:
    """`2026-04-01 01:01:40` as an instant in UTC."""
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


TEE, MUG = "1100450011", "1100450012"
ACCESS = ShopAccess("demoshop", "S5demo0000_g_1_demo0000_g_3_")
NOON = instant("2026-04-01 03:00:00")
EMPTY = body("empty.json")
