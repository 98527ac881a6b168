"""Wishes at entry: who can keep them says so, and letters that no label carries are named with what may stand there."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from toiya.domain.carriers.catalogue import OFFERS
from toiya.domain.orders.delivery import Asked
from toiya.domain.orders.entry_words import sentence_of
from toiya.domain.orders.rules import AddressDraft
from toiya.domain.outbound.wishes import OfferedByCarriers

FRIDAY = date(2026, 11, 20)


def flaws(service: str = "", day: date | None = None, slot: str = "", **to: Any) -> list[tuple[str, str, str]]:
    address = AddressDraft("田中 みなみ", "090-1234-5678", "273-0017", "千葉県船橋市西浦1-2-3")
    address = AddressDraft(**{name: to.get(name, getattr(address, name)) for name in AddressDraft.__slots__})
    asked = Asked(service, day, slot, FRIDAY, address, to.get("prefecture", "千葉県"))
    return [(flaw.field, flaw.code, flaw.mend) for flaw in OfferedByCarriers(OFFERS).flaws(asked)]


@pytest.mark.seed("A159", "A188", "L25")
@pytest.mark.parametrize(
    ("service", "day", "slot", "found"),
    [
        ("", None, "", []),
        ("HIKYAKU", date(2026, 11, 21), "18-21", []),
        ("HIKYAKU", date(2026, 11, 22), "AM", []),
        ("HIKYAKU", date(2026, 11, 23), "", [("deliver_on", "date_too_late", "2026-11-22")]),
        ("HIKYAKU", date(2026, 11, 20), "", [("deliver_on", "date_too_early", "2026-11-21")]),
        ("NEKOPOS", None, "18-20", [("slot", "service_takes_no_slot_others_can", "")]),
        ("NEKOPOS", date(2026, 11, 21), "", [("deliver_on", "service_takes_no_date_others_can", "")]),
        ("TAKKYUBIN", None, "12-14", [("slot", "service_has_no_such_slot_others_can", "")]),
        ("", None, "12-14", []),
        ("", date(2026, 12, 24), "", [("deliver_on", "date_too_late", "2026-11-22")]),
    ],
)
def test_a_wish_is_judged_by_its_service_and_without_one_by_all(
    service: str, day: date | None, slot: str, found: list[tuple[str, str, str]]
) -> None:
    assert flaws(service, day, slot) == found


def test_the_sentence_says_which_services_can() -> None:
    to = AddressDraft("田中", "090-1234-5678", "273-0017", "千葉県船橋市西浦1-2-3")
    (flaw,) = OfferedByCarriers(OFFERS).flaws(Asked("NEKOPOS", None, "12-14", FRIDAY, to, "千葉県"))
    assert str(sentence_of(flaw)).startswith("ネコポス takes no delivery time.")
    assert str(sentence_of(flaw)).endswith("These can: 飛脚宅配便, 飛脚ラージサイズ宅配便, ゆうパック.")


@pytest.mark.parametrize(
    ("to", "found"),
    [
        ({"name": "髙橋 ①"}, []),
        ({"first_line": "千葉県船橋市西浦1–2–3"}, []),
        ({"name": "𠮷野"}, [("receiver", "unprintable", "吉野")]),
        ({"name": "김민수"}, [("receiver", "unprintable", "")]),
        ({"second_line": "ハイツ🏠"}, [("address_detail", "unprintable", "")]),
        ({"second_line": "長" * 51}, [("address_detail", "no_room", "")]),
        ({"name": "長" * 40}, []),
    ],
)
def test_what_no_label_carries_is_named_before_anything_is_promised(
    to: dict[str, str], found: list[tuple[str, str, str]]
) -> None:
    assert flaws(**to) == found


def test_the_room_is_that_of_the_wished_carrier() -> None:
    assert flaws("TAKKYUBIN", name="長" * 40) == [("receiver", "no_room", "")]
    assert flaws("YUPACK", name="長" * 40) == []
