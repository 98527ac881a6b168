"""How cells of entered orders are read, and what the post's table says of an address; no database."""

from __future__ import annotations

from datetime import date

import pytest

from toiya.domain.orders import entry_rules, places


@pytest.mark.parametrize(
    ("typed", "slot"),
    [
        ("", ""),
        ("指定なし", ""),
        ("午前中", "AM"),
        ("am", "AM"),
        ("14-16", "14-16"),
        ("１４時～１６時", "14-16"),
        ("14:00〜16:00", "14-16"),
        ("18時から21時まで", "18-21"),
        ("13-15", None),
        ("evening", None),
    ],
)
def test_hours_are_understood_as_people_write_them(typed: str, slot: str | None) -> None:
    assert entry_rules.slot_of(typed) == slot


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-28", date(2026, 11, 28)),
        ("２０２６年１１月２８日", date(2026, 11, 28)),
        ("2026/11/28 00:00:00", date(2026, 11, 28)),
        ("2026-02-30", None),
        ("28 Nov", None),
    ],
)
def test_days_are_understood_or_are_none(typed: str, day: date | None) -> None:
    assert entry_rules.day_of(typed) == day


@pytest.mark.parametrize(
    ("typed", "code"), [("", "JP"), ("日本", "JP"), ("South Korea", "KR"), ("de", "DE"), ("x", ""), ("Narnia", "")]
)
def test_countries_are_codes_or_names(typed: str, code: str) -> None:
    assert entry_rules.country_of(typed) == code


@pytest.mark.parametrize(
    ("postal_code", "address", "found"),
    [
        ("273-0017", "千葉県船橋市西浦1-2-3", None),
        ("〒２７３００１７", "千葉県 船橋市 西浦１", None),
        ("273-0017", "3-4-2 Nishiura, Funabashi", None),
        ("190-1200", "東京都瑞穂町1", None),
        ("9071801", "沖縄県与那国町与那国1", None),
        ("100-8111", "東京都千代田区千代田1-1", None),
        ("273-0017", "船橋市西浦1", ("address", "address_elsewhere", "千葉県船橋市西浦1")),
        ("273-0017", "東京都港区1", ("address", "address_elsewhere", "")),
        ("000-0000", "千葉県船橋市西浦1", ("postal_code", "postal_code_unknown", "")),
        ("12", "千葉県船橋市西浦1", ("postal_code", "postal_code_form", "")),
    ],
)
def test_an_address_is_compared_with_its_postal_code(
    postal_code: str, address: str, found: tuple[str, str, str] | None
) -> None:
    flaw = places.flaw_of(postal_code, address)
    assert (flaw and (flaw.field, flaw.code, flaw.mend)) == found
