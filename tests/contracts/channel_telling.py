"""What every channel must do when it confirms lines and writes tracking numbers back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.contracts.channel_site import Buy, PretendSite, Purchase, Trouble, Verb
from toiya.core.errors import Unreachable
from toiya.domain.channels.port import ConfirmLine, LineAnswer, ShipLine, SiteState

CARRIER = "ヤマト宅急便"
NUMBER = "4444-0000-0001"


def bought(site: PretendSite, count: int = 1) -> list[str]:
    """Line numbers of so many single-line carts."""
    return [site.place(Purchase()).line_ids[0] for _ in range(count)]


def to_confirm(site: PretendSite, line_ids: list[str], after_days: int = 3) -> list[ConfirmLine]:
    """A confirmation of each line, to leave in some days."""
    ship_on: datetime = site.now() + timedelta(days=after_days)
    return [ConfirmLine(number, ship_on) for number in line_ids]


def to_ship(line_ids: list[str], number: str = NUMBER) -> list[ShipLine]:
    """A write-back for each line."""
    return [ShipLine(line_id, CARRIER, number) for line_id in line_ids]


class TellingContract:
    """Confirming and shipping; each safe to tell twice."""

    def test_confirming_confirms_each_line_and_answers_in_order(self, site: PretendSite) -> None:
        lines = bought(site, 3)[::-1]
        answers = site.channel.confirm(site.access, to_confirm(site, lines), site.now())
        assert answers == [LineAnswer(line, True) for line in lines]
        assert {site.truth(line).state for line in lines} == {SiteState.CONFIRMED}

    def test_a_ship_date_of_today_becomes_one_the_site_takes(self, site: PretendSite) -> None:
        lines = bought(site)
        (answer,) = site.channel.confirm(site.access, to_confirm(site, lines, after_days=0), site.now())
        assert answer.is_accepted
        assert site.truth(lines[0]).ship_on > ""

    def test_confirming_twice_is_accepted_and_done_once(self, site: PretendSite) -> None:
        lines = bought(site)
        for _ in range(2):
            assert site.channel.confirm(site.access, to_confirm(site, lines), site.now())[0].is_accepted
        assert site.truth(lines[0]).times_confirmed == 1

    def test_a_line_that_another_system_confirmed_is_accepted(self, site: PretendSite) -> None:
        lines = bought(site)
        site.make_trouble(Trouble.OTHER_SYSTEM_CONFIRMS_FIRST, Verb.CONFIRM)
        assert site.channel.confirm(site.access, to_confirm(site, lines), site.now())[0].is_accepted

    def test_a_cancelled_line_is_declined_and_its_neighbours_are_confirmed(self, site: PretendSite) -> None:
        first, cancelled, last = bought(site, 3)
        site.cancel(cancelled)
        answers = site.channel.confirm(site.access, to_confirm(site, [first, cancelled, last]), site.now())
        assert [answer.is_accepted for answer in answers] == [True, False, True]
        assert answers[1].code
        assert not answers[1].may_retry

    def test_a_confirmation_whose_answer_was_lost_is_accepted_when_told_again(self, site: PretendSite) -> None:
        lines = bought(site)
        site.make_trouble(Trouble.CUT_AFTER_COMMIT, Verb.CONFIRM)
        with pytest.raises(Unreachable):
            site.channel.confirm(site.access, to_confirm(site, lines), site.now())
        assert site.truth(lines[0]).state is SiteState.CONFIRMED
        assert site.channel.confirm(site.access, to_confirm(site, lines), site.now())[0].is_accepted
        assert site.truth(lines[0]).times_confirmed == 1

    def test_a_confirmation_that_never_arrived_leaves_the_line_as_it_was(self, site: PretendSite) -> None:
        lines = bought(site)
        site.make_trouble(Trouble.SERVER_ERROR, Verb.CONFIRM)
        with pytest.raises(Unreachable):
            site.channel.confirm(site.access, to_confirm(site, lines), site.now())
        assert site.truth(lines[0]).state is SiteState.PAID

    def test_shipping_writes_carrier_and_number_of_each_line(self, site: PretendSite) -> None:
        placed = site.place(Purchase((Buy(), Buy(quantity=2))))
        lines = list(placed.line_ids)
        site.channel.confirm(site.access, to_confirm(site, lines), site.now())
        assert site.channel.ship(site.access, to_ship(lines)) == [LineAnswer(line, True) for line in lines]
        for line in lines:
            truth = site.truth(line)
            assert (truth.state, truth.carrier_name, truth.tracking_number) == (
                SiteState.SHIPPED,
                CARRIER,
                NUMBER,
            )
        assert {line.tracking_number for line in site.channel.lines(site.access, lines)} == {NUMBER}

    def test_shipping_twice_is_accepted_and_done_once(self, site: PretendSite) -> None:
        lines = bought(site)
        for _ in range(2):
            assert site.channel.ship(site.access, to_ship(lines))[0].is_accepted
        assert site.truth(lines[0]).times_shipped == 1

    def test_a_site_that_declines_what_it_knows_already_is_looked_at_again(self, site: PretendSite) -> None:
        lines = bought(site)
        site.channel.ship(site.access, to_ship(lines))
        site.make_trouble(Trouble.DECLINED, Verb.SHIP)
        assert site.channel.ship(site.access, to_ship(lines)) == [LineAnswer(lines[0], True)]

    def test_a_site_that_declines_a_line_not_shipped_yet_is_believed(self, site: PretendSite) -> None:
        lines = bought(site)
        site.make_trouble(Trouble.DECLINED, Verb.SHIP)
        (answer,) = site.channel.ship(site.access, to_ship(lines))
        assert (answer.is_accepted, bool(answer.code)) == (False, True)

    def test_another_number_for_a_shipped_line_is_declined(self, site: PretendSite) -> None:
        lines = bought(site)
        site.channel.ship(site.access, to_ship(lines))
        (answer,) = site.channel.ship(site.access, to_ship(lines, "4444-9999-9999"))
        assert (answer.is_accepted, answer.code, answer.may_retry) == (False, "shipped_otherwise", False)
        assert site.truth(lines[0]).tracking_number == NUMBER

    def test_a_write_back_whose_answer_was_lost_is_accepted_when_told_again(self, site: PretendSite) -> None:
        lines = bought(site, 2)
        site.make_trouble(Trouble.CUT_AFTER_COMMIT, Verb.SHIP)
        with pytest.raises(Unreachable):
            site.channel.ship(site.access, to_ship(lines))
        assert all(answer.is_accepted for answer in site.channel.ship(site.access, to_ship(lines)))
        assert [site.truth(line).times_shipped for line in lines] == [1, 1]

    def test_a_line_that_the_buyer_cancels_first_is_declined_as_cancelled(self, site: PretendSite) -> None:
        lines = bought(site)
        site.make_trouble(Trouble.BUYER_CANCELS_FIRST, Verb.SHIP)
        (answer,) = site.channel.ship(site.access, to_ship(lines))
        assert (answer.is_accepted, answer.code, answer.may_retry) == (False, "cancelled", False)
        assert site.truth(lines[0]).tracking_number == ""

    def test_a_declined_line_does_not_stop_its_neighbours(self, site: PretendSite) -> None:
        first, cancelled, last = bought(site, 3)
        site.cancel(cancelled)
        answers = site.channel.ship(site.access, to_ship([first, cancelled, last]))
        assert [(answer.key, answer.is_accepted) for answer in answers] == [
            (first, True),
            (cancelled, False),
            (last, True),
        ]

    def test_a_shipped_line_is_not_pulled_again(self, site: PretendSite) -> None:
        site.channel.ship(site.access, to_ship(bought(site)))
        now = site.now()
        assert site.channel.orders(site.access, now - timedelta(days=1), now + timedelta(minutes=1)) == []

    def test_nothing_to_tell_is_answered_with_nothing(self, site: PretendSite) -> None:
        assert site.channel.confirm(site.access, [], site.now()) == []
        assert site.channel.ship(site.access, []) == []
        assert site.channel.show_stock(site.access, []) == []
