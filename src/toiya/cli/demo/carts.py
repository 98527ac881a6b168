"""The forty carts that wait at the pretend site, and what becomes of each in the demo."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """How far the demo takes an order; the rest of its road is a person's."""

    SHIP = "ship"
    PACK = "pack"  # packed, and then held: the seller's wallet is too low for the label
    READY = "ready"  # has its stock, waits to be released
    SHORT = "short"  # waits for stock
    OWN = "own"  # packed by its seller, who hands it in (Smart Delivery)
    UNKNOWN = "unknown"  # waits for somebody to say which SKU it is


@dataclass(frozen=True, slots=True)
class Cart:
    """One buyer's cart: pieces by the seller's code. Each line is an order number of its own at the site."""

    shop_id: str
    fate: Fate
    lines: tuple[tuple[str, int], ...]


def _carts(shop_id: str, fate: Fate, *wants: str) -> list[Cart]:
    """Carts written as `CODE CODE*2`."""
    return [Cart(shop_id, fate, tuple(_line(word) for word in want.split())) for want in wants]


def _line(word: str) -> tuple[str, int]:
    code, _, quantity = word.partition("*")
    return code, int(quantity or 1)


CARTS = (
    *_carts(
        "hanataba",
        Fate.SHIP,
        "HB-TOTE-NV",
        "HB-TOTE-EC HB-HANK-SK*2",
        "HB-HANK-SK HB-HANK-AJ HB-HANK-KK",
        "HB-APRN-GY HB-MITT-01",
        "HB-CUSH-01*2",
        "HB-SOCK-01*3 HB-PNCH-01",
        "HB-TOTE-MS",
        "HB-FURO-01 HB-CARD-01*2",
        "HB-VASE-01",
        "HB-SCRF-01 HB-BOOK-01",
        "HB-SLIP-01*2 HB-SOCK-01",
        "HB-RUNN-01",
    ),
    *_carts("hanataba", Fate.READY, "HB-TOTE-NV HB-PNCH-01", "HB-APRN-BK"),
    *_carts("hanataba", Fate.SHORT, "HB-TOTE-OL*2 HB-CARD-01"),
    *_carts(
        "yunshang",
        Fate.SHIP,
        "YS-MUG-WH*2",
        "YS-MUG-GN YS-MUG-RD YS-SPRK-01*2",
        "YS-CHR-KH",
        "YS-LANT-S",
        "YS-KETL-01 YS-FILT-01",
        "YS-GRIL-01",
        "YS-SPRK-01*4 YS-KNIF-01*2",
        "YS-PEGS-01 YS-ROPE-01*2",
        "YS-BLNK-01 YS-DRYB-01",
        "YS-TABL-01",
    ),
    *_carts("yunshang", Fate.READY, "YS-LANT-L YS-MUG-WH", "YS-DRYB-01*2"),
    *_carts("yunshang", Fate.SHORT, "YS-STOV-01 YS-MUG-GN"),
    *_carts("yunshang", Fate.UNKNOWN, "YS-NEW-TARP YS-ROPE-01"),
    *_carts(
        "dalbit",
        Fate.SHIP,
        "DB-TINT-01 DB-TINT-02",
        "DB-MASK-RI*2",
        "DB-CUSH-21 DB-PUFF-01",
        "DB-TONE-01 DB-CREM-01",
        "DB-SUNM-01",
        "DB-TINT-03 DB-BRSH-01 DB-MIRR-01",
        "DB-MASK-GT DB-MASK-HO DB-EYEP-01",
        "DB-HAND-01*3",
    ),
    *_carts("dalbit", Fate.PACK, "DB-BALM-01 DB-CUSH-13"),
    *_carts("dalbit", Fate.READY, "DB-POUC-01 DB-HAND-01"),
    *_carts("dalbit", Fate.SHORT, "DB-TINT-04*3"),
)

# Beside the forty: what a person may label, hand in and load in the demo.
OWN_CARTS = (
    *_carts("hibari", Fate.OWN, "HK-BOWL-01", "HK-CUP-01*2", "HK-PLAT-01", "HK-CUP-01 HK-BOWL-01", "HK-CARD-01*2"),
)
