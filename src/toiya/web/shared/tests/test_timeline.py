"""Every event of the domain has a sentence, every reason a card; stretches of time add up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from toiya.core.events import Event
from toiya.domain.allocation.queries import OWNERS
from toiya.domain.allocation.rules import Why
from toiya.domain.channels.rules import DEPARTURES
from toiya.domain.outbound.actions.labelling import CARRIER_HOLD, WALLET_HOLD
from toiya.domain.outbound.clock_rules import Stretch
from toiya.web.shared import timeline
from toiya.web.shared.icons import icon
from toiya.web.shared.sentences import SENTENCES
from toiya.web.shared.waiting import HOLD_REASONS, LINE_REASONS, filled

T0 = datetime(2026, 11, 20, 3, tzinfo=UTC)


@dataclass
class Row:
    name: str
    at: datetime = T0
    data: dict[str, Any] = field(default_factory=dict)
    actor_kind: str = "system"
    actor_name: str = "allocation"


def all_events() -> list[type[Event]]:
    found, new = [], [Event]
    while new:
        new = [below for each in new for below in each.__subclasses__()]
        found += new
    return [each for each in found if each.NAME and each.__module__.startswith("toiya.domain.")]


def test_every_event_of_the_domain_is_told() -> None:
    names = {each.NAME for each in all_events()}
    assert len(names) > 30
    assert names - set(SENTENCES) == set()


def test_every_sentence_uses_only_what_its_event_carries() -> None:
    more = {"fact", "warehouse"}
    for each in all_events():
        sentence = str(SENTENCES[each.NAME].sentence)
        known = dict.fromkeys({*each.__dataclass_fields__, *more}, "x")
        assert "–" not in filled(sentence, known), each.NAME


def test_every_icon_of_a_sentence_exists() -> None:
    for telling in SENTENCES.values():
        assert icon(telling.icon).startswith("<svg")


def test_every_reason_to_wait_and_every_hold_has_its_words_and_owner() -> None:
    assert set(Why) <= set(LINE_REASONS)
    assert {code: reason.owner for code, reason in LINE_REASONS.items() if code in OWNERS} == dict(OWNERS)
    holds = {departure.hold for departure in DEPARTURES.values() if departure.hold}
    assert holds | {WALLET_HOLD, CARRIER_HOLD} <= set(HOLD_REASONS)


def test_a_wait_is_told_with_its_numbers() -> None:
    details = {"sku_id": 1, "needed": 3, "available": 1}
    (entry,) = timeline.entries([Row("order.waits", data={"reason": "not_enough_stock", "details": details})])
    assert entry.sentence == "Waiting: 3 needed, 1 available"
    assert str(entry.actor) == "rule"


def test_an_event_of_tomorrow_is_told_without_breaking_the_page() -> None:
    (entry,) = timeline.entries([Row("order.teleported")])
    assert entry.sentence == "Something else happened"


def test_who_had_it_joins_neighbours_of_one_party_and_keeps_waits_apart() -> None:
    hour = timedelta(hours=1)
    ledger = [
        Stretch("site", "not_told", T0, T0 + hour, is_hindered=False),
        Stretch("seller", "no_sku", T0 + hour, T0 + 3 * hour, is_hindered=True),
        Stretch("seller", "not_enough_stock", T0 + 3 * hour, T0 + 6 * hour, is_hindered=True),
        Stretch("warehouse", "not_released", T0 + 6 * hour, T0 + 7 * hour, is_hindered=False),
        Stretch("warehouse", "not_packed", T0 + 7 * hour, T0 + 8 * hour, is_hindered=False),
        Stretch("buyer", "nobody_at_home", T0 + 8 * hour, T0 + 20 * hour, is_hindered=False),
    ]
    segments = timeline.who_had_it(ledger)
    assert [(each.owner, str(each.word), each.is_waiting, each.span) for each in segments] == [
        ("site", "Sales site", False, hour),
        ("seller", "Seller, waiting", True, 5 * hour),
        ("warehouse", "Warehouse", False, 2 * hour),
        ("buyer", "Buyer", False, 12 * hour),
    ]
