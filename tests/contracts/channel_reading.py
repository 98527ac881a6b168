"""What every channel must do when it reads orders, lines and claims."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.contracts.channel_site import (
    FIRST_OPTION,
    OPTIONS,
    PLAIN,
    UNIT_PRICE_MINOR,
    Buy,
    PretendSite,
    Purchase,
    Trouble,
    Verb,
    whole_day,
)
from toiya.core.errors import Rejected, Unreachable
from toiya.domain.channels.port import ShopAccess, SiteState

TWO_LINES = Purchase((Buy(PLAIN, quantity=2), Buy(OPTIONS, FIRST_OPTION)))


class ReadingContract:
    """Orders, lines, claims."""

    def test_a_paid_order_comes_with_its_lines_receiver_and_money(self, site: PretendSite) -> None:
        placed = site.place(TWO_LINES)
        (order,) = site.channel.orders(site.access, *whole_day(site))
        assert order.external_id == placed.order_id
        assert [line.external_id for line in order.lines] == list(placed.line_ids)
        assert [(line.item_code, line.option_code, line.quantity) for line in order.lines] == [
            (PLAIN, "", 2),
            (OPTIONS, FIRST_OPTION, 1),
        ]
        assert [line.unit_price_minor for line in order.lines] == [UNIT_PRICE_MINOR, UNIT_PRICE_MINOR]
        assert {line.state for line in order.lines} == {SiteState.PAID}
        assert (order.currency, order.total_minor) == ("JPY", 3 * UNIT_PRICE_MINOR)
        assert (order.receiver.name, order.receiver.phone) == ("試験 太郎", "+81-90-0000-0000")
        assert order.receiver.first_line.startswith("東京都")

    def test_times_are_instants_in_utc(self, site: PretendSite) -> None:
        site.place(Purchase(paid_ago=timedelta(hours=3)))
        (order,) = site.channel.orders(site.access, *whole_day(site))
        assert order.paid_at is not None
        assert order.paid_at.utcoffset() == timedelta(0)
        assert abs(site.now() - timedelta(hours=3) - order.paid_at) < timedelta(minutes=2)
        assert order.ordered_at <= order.paid_at

    def test_an_unpaid_order_does_not_come(self, site: PretendSite) -> None:
        site.place(Purchase(is_paid=False))
        assert site.channel.orders(site.access, *whole_day(site)) == []

    def test_an_order_confirmed_by_another_system_comes_as_confirmed(self, site: PretendSite) -> None:
        placed = site.place(Purchase())
        site.confirm_elsewhere(placed.line_ids[0])
        (order,) = site.channel.orders(site.access, *whole_day(site))
        assert order.lines[0].state is SiteState.CONFIRMED

    def test_a_cart_half_confirmed_is_one_order(self, site: PretendSite) -> None:
        placed = site.place(TWO_LINES)
        site.confirm_elsewhere(placed.line_ids[0])
        (order,) = site.channel.orders(site.access, *whole_day(site))
        assert [line.state for line in order.lines] == [SiteState.CONFIRMED, SiteState.PAID]

    def test_the_same_pull_gives_the_same_orders(self, site: PretendSite) -> None:
        for _ in range(3):
            site.place(TWO_LINES)
        window = whole_day(site)
        first = site.channel.orders(site.access, *window)
        assert len(first) == 3
        assert all(site.channel.orders(site.access, *window) == first for _ in range(3))

    def test_doubled_rows_are_one_line(self, site: PretendSite) -> None:
        placed = site.place(TWO_LINES)
        site.make_trouble(Trouble.DOUBLED_ROWS, Verb.ORDERS)
        (order,) = site.channel.orders(site.access, *whole_day(site))
        assert [line.external_id for line in order.lines] == list(placed.line_ids)

    def test_a_null_list_is_an_empty_one(self, site: PretendSite) -> None:
        site.make_trouble(Trouble.NULL_FOR_EMPTY, Verb.ORDERS)
        assert site.channel.orders(site.access, *whole_day(site)) == []

    def test_both_ends_of_a_window_belong_to_it(self, site: PretendSite) -> None:
        placed = site.place(Purchase(paid_ago=timedelta(hours=2)))
        (order,) = site.channel.orders(site.access, *whole_day(site))
        paid_at = order.paid_at
        assert paid_at is not None
        hour, moment = timedelta(hours=1), timedelta(milliseconds=400)
        for since, until in ((paid_at - hour, paid_at), (paid_at + moment, paid_at + hour)):
            found = site.channel.orders(site.access, since, until)
            assert [order.external_id for order in found] == [placed.order_id]
        assert site.channel.orders(site.access, paid_at + timedelta(seconds=1), paid_at + hour) == []

    def test_a_window_longer_than_the_site_allows_is_cut(self, site: PretendSite) -> None:
        days = site.channel.abilities.longest_window_days + 20
        old = site.place(Purchase(paid_ago=timedelta(days=days - 1)))
        new = site.place(Purchase())
        now = site.now()
        found = site.channel.orders(site.access, now - timedelta(days=days), now + timedelta(minutes=1))
        assert [order.external_id for order in found] == [old.order_id, new.order_id]

    def test_an_order_shown_late_comes_with_the_overlap(self, site: PretendSite) -> None:
        overlap = timedelta(minutes=2 * site.channel.abilities.settles_after_minutes)
        placed = site.place(Purchase(paid_ago=overlap - timedelta(minutes=5)))
        now = site.now()
        found = site.channel.orders(site.access, now - overlap, now)
        assert [order.external_id for order in found] == [placed.order_id]

    def test_an_order_not_shown_yet_does_not_come(self, site: PretendSite) -> None:
        site.place(Purchase(shown_after=timedelta(hours=1)))
        assert site.channel.orders(site.access, *whole_day(site)) == []

    def test_a_wrong_charset_in_the_header_spoils_no_name(self, site: PretendSite) -> None:
        site.place(Purchase())
        site.make_trouble(Trouble.WRONG_CHARSET_NAMED, Verb.ORDERS)
        (order,) = site.channel.orders(site.access, *whole_day(site))
        assert order.receiver.name == "試験 太郎"

    @pytest.mark.parametrize("trouble", [Trouble.SERVER_ERROR, Trouble.SLOW, Trouble.CUT_AFTER_COMMIT])
    def test_no_answer_is_unreachable_and_the_next_call_works(self, site: PretendSite, trouble: Trouble) -> None:
        site.place(Purchase())
        site.make_trouble(trouble, Verb.ORDERS)
        with pytest.raises(Unreachable) as caught:
            site.hasty.orders(site.access, *whole_day(site))
        assert caught.value.code
        assert len(site.channel.orders(site.access, *whole_day(site))) == 1

    def test_lines_tell_the_present_truth(self, site: PretendSite) -> None:
        fresh, confirmed, cancelled = (site.place(Purchase()).line_ids[0] for _ in range(3))
        site.confirm_elsewhere(confirmed)
        site.cancel(cancelled)
        found = site.channel.lines(site.access, [fresh, confirmed, cancelled])
        assert {line.external_id: line.state for line in found} == {
            fresh: SiteState.PAID,
            confirmed: SiteState.CONFIRMED,
            cancelled: SiteState.CANCELLED,
        }

    def test_unknown_lines_are_left_out(self, site: PretendSite) -> None:
        known = site.place(Purchase()).line_ids[0]
        unknown = ["1", "no number", "9" * 40]
        assert [line.external_id for line in site.channel.lines(site.access, [*unknown, known])] == [known]

    def test_a_cancelled_line_leaves_the_order_and_is_claimed(self, site: PretendSite) -> None:
        placed = site.place(TWO_LINES)
        site.cancel(placed.line_ids[0])
        (order,) = site.channel.orders(site.access, *whole_day(site))
        assert [line.external_id for line in order.lines] == [placed.line_ids[1]]
        (claim,) = site.channel.claims(site.access, *whole_day(site))
        assert (claim.order_external_id, claim.line_external_id, claim.state) == (
            placed.order_id,
            placed.line_ids[0],
            SiteState.CANCELLED,
        )

    def test_a_cancellation_asked_for_is_claimed_as_asked(self, site: PretendSite) -> None:
        placed = site.place(Purchase())
        site.ask_to_cancel(placed.line_ids[0])
        (claim,) = site.channel.claims(site.access, *whole_day(site))
        assert (claim.line_external_id, claim.state) == (placed.line_ids[0], SiteState.CANCEL_ASKED)
        (line,) = site.channel.lines(site.access, placed.line_ids)
        assert line.state is SiteState.CANCEL_ASKED

    def test_doubled_claims_are_one(self, site: PretendSite) -> None:
        site.cancel(site.place(Purchase()).line_ids[0])
        site.make_trouble(Trouble.DOUBLED_ROWS, Verb.CLAIMS)
        assert len(site.channel.claims(site.access, *whole_day(site))) == 1

    def test_a_shop_without_claims_has_none(self, site: PretendSite) -> None:
        site.place(Purchase())
        assert site.channel.claims(site.access, *whole_day(site)) == []

    def test_another_shops_orders_never_come(self, site: PretendSite, other_site: PretendSite) -> None:
        placed = other_site.place(Purchase())
        assert site.channel.orders(site.access, *whole_day(site)) == []
        assert site.channel.lines(site.access, placed.line_ids) == []

    def test_a_key_that_nobody_has_is_rejected(self, site: PretendSite) -> None:
        nobody = ShopAccess(site.access.shop_id, "nobody")
        with pytest.raises(Rejected) as caught:
            site.channel.orders(nobody, *whole_day(site))
        assert caught.value.code == "key_refused"
