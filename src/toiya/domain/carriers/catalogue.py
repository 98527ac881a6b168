"""
The services of the three carriers as their public pages tell them: what a new installation starts with.

Contracts differ; the office sets other terms from a day on. Sizes of Japan Post's mail services are unconfirmed.
"""

from __future__ import annotations

from datetime import date

from toiya.domain.carriers.service_rules import Offer, Slot, Terms, Tier

KNOWN_SINCE = date(2024, 1, 1)
NEKOPOS_GREW = date(2025, 11, 10)
YAMATO, SAGAWA, JAPANPOST, BY_FORM = "yamato", "sagawa", "japanpost", "by_form"

YAMATO_SLOTS = frozenset({Slot.MORNING, Slot.FROM_14, Slot.FROM_16, Slot.FROM_18, Slot.FROM_19})
SAGAWA_SLOTS = frozenset(Slot)
POST_SLOTS = frozenset(Slot) - {Slot.EVENING}
HEAVIEST_G = 30_000  # of a service that tells no weight: what one person carries
_LATEST_DAYS = 2  # a parcel is not kept longer than two days after it leaves (A188)


def _tiers(*sizes: tuple[int, int]) -> tuple[Tier, ...]:
    """Tiers from centimetres and kilograms, as price lists have them."""
    return tuple(Tier(centimetres * 10, kilograms * 1000) for centimetres, kilograms in sizes)


YAMATO_TIERS = _tiers((60, 2), (80, 5), (100, 10), (120, 15), (140, 20), (160, 25), (180, 30), (200, 30))
SAGAWA_TIERS = _tiers((60, 2), (80, 5), (100, 10), (140, 20), (160, 30))
LARGE_TIERS = _tiers((170, 50), (180, 50), (200, 50), (220, 50), (240, 50), (260, 50))
POST_TIERS = _tiers(*((size, 25) for size in (60, 80, 100, 120, 140, 160, 170)))


def _box(tiers: tuple[Tier, ...], slots: frozenset[Slot], *, longest_mm: int = 0) -> Terms:
    """A service to the door, with day and time."""
    return Terms(
        KNOWN_SINCE,
        tiers=tiers,
        longest_mm=longest_mm,
        takes_date=True,
        slots=frozenset(slots),
        latest_days=_LATEST_DAYS,
        compensation_minor=300_000,
    )


def _mail(starts_on: date, least_mm: tuple[int, int], *, compensation_minor: int = 0) -> Terms:
    """A service into the mailbox: three sides of 60 cm, 34 cm long, 3 cm thick, 1 kg."""
    return Terms(
        starts_on,
        tiers=(Tier(600, 1000),),
        longest_mm=340,
        thickest_mm=30,
        least_mm=least_mm,
        is_mailbox=True,
        compensation_minor=compensation_minor,
    )


_OLD_NEKOPOS = Terms(
    KNOWN_SINCE,
    within_mm=(312, 228, 25),
    least_mm=(230, 115),
    most_weight_g=1000,
    is_mailbox=True,
    compensation_minor=3_000,
)
_COMPACT = Terms(
    KNOWN_SINCE,
    within_mm=(250, 200, 50),
    takes_date=True,
    slots=frozenset(YAMATO_SLOTS),
    latest_days=_LATEST_DAYS,
    compensation_minor=30_000,
)

OFFERS = (
    Offer(
        "NEKOPOS",
        YAMATO,
        "ネコポス",
        (_OLD_NEKOPOS, _mail(NEKOPOS_GREW, (230, 115), compensation_minor=3_000)),
    ),
    Offer("KURONEKO-YUPACKET", YAMATO, "クロネコゆうパケット", (_mail(date(2025, 2, 1), (140, 90)),)),
    Offer("COMPACT", YAMATO, "宅急便コンパクト", (_COMPACT,)),
    Offer("TAKKYUBIN", YAMATO, "宅急便", (_box(YAMATO_TIERS, YAMATO_SLOTS, longest_mm=1700),)),
    Offer("HIKYAKU", SAGAWA, "飛脚宅配便", (_box(SAGAWA_TIERS, SAGAWA_SLOTS),)),
    Offer("HIKYAKU-LARGE", SAGAWA, "飛脚ラージサイズ宅配便", (_box(LARGE_TIERS, SAGAWA_SLOTS),)),
    Offer("CLICKPOST", JAPANPOST, "クリックポスト", (_mail(KNOWN_SINCE, (140, 90)),)),
    Offer("YUPACKET", JAPANPOST, "ゆうパケット", (_mail(KNOWN_SINCE, (140, 90)),)),
    Offer("YUPACK", JAPANPOST, "ゆうパック", (_box(POST_TIERS, POST_SLOTS),)),
)
# Abroad: 30 kg, at most 1.5 m long, length and girth at most 3 m; three sides of 180 cm together always keep to that.
EMS = Terms(KNOWN_SINCE, tiers=(Tier(1800, HEAVIEST_G),), longest_mm=1500, compensation_minor=20_000)
OFFERS_ABROAD = (Offer("EMS", BY_FORM, "EMS", (EMS,)),)
BY_CODE = {offer.code: offer for offer in (*OFFERS, *OFFERS_ABROAD)}
