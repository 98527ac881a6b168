"""One seller, one service, one range of three numbers, and a carrier that does as the script says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from toiya.core.actor import Actor, system_actor
from toiya.domain.carriers import plugs
from toiya.domain.carriers.actions.contracts import NewNumberRange, NewService, add_service, open_number_range
from toiya.domain.carriers.models import NumberRange, Service
from toiya.domain.carriers.port import LabelRequest, Party
from toiya.domain.carriers.tests.scripted_carrier import ScriptedCarrier
from toiya.domain.members.actions.joining import register_seller
from toiya.domain.members.models import Seller

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
ACTOR = system_actor("tests")
FIRST, LAST = 99_900_000_001, 99_900_000_003


@pytest.fixture
def at() -> datetime:
    return AT


@pytest.fixture
def actor() -> Actor:
    return ACTOR


@pytest.fixture
def carrier() -> Iterator[ScriptedCarrier]:
    before = dict(plugs._carriers)
    scripted = ScriptedCarrier()
    plugs.install({**before, scripted.name: scripted})
    yield scripted
    plugs.install(before)


@pytest.fixture
def seller(db: None) -> Seller:
    return register_seller(name="Funabashi Tea", currency="JPY", language="ja", actor=ACTOR, at=AT)


@pytest.fixture
def service(db: None, carrier: ScriptedCarrier) -> Service:
    new = NewService("swift", carrier.name, "Swift Letter", "Swift", max_weight_g=1000, price_minor=330)
    return add_service(service=new, actor=ACTOR, at=AT)


@pytest.fixture
def numbers(db: None, carrier: ScriptedCarrier) -> NumberRange:
    new = NewNumberRange(carrier.name, FIRST, LAST, is_test=True)
    return open_number_range(numbers=new, actor=ACTOR, at=AT)


@pytest.fixture
def wish() -> LabelRequest:
    return LabelRequest(
        reference="PCL-7K2M4Q-9",
        order_code="ORD-7K2M4Q-9",
        service_code="",
        service_name="",
        tracking_number="",
        sender=Party("船橋茶舗", "273-0017", "千葉県船橋市西浦3-4-2", "", "047-000-0000"),
        receiver=Party("髙橋 﨑子", "150-0001", "東京都渋谷区神宮前1-2-3", "1203号室", "090-1234-5678"),
        weight_g=250,
        pieces=2,
        ship_on=date(2026, 11, 22),
        contents="抹茶",
    )
