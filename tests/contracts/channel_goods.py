"""What every channel must do with keys, listings and stock."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.contracts.channel_site import (
    FIRST_OPTION,
    OPTIONS,
    PLAIN,
    SECOND_OPTION,
    STOCK,
    PretendSite,
    Purchase,
    Trouble,
    Verb,
    whole_day,
)
from toiya.core.errors import Rejected, Unreachable
from toiya.domain.channels.port import ConfirmLine, ShipLine, ShopAccess, ShowStock, SiteListing


def listing_of(site: PretendSite, item_code: str, option_code: str = "") -> SiteListing:
    """The listing with these codes."""
    (found,) = [
        listing
        for listing in site.channel.listings(site.access)
        if (listing.item_code, listing.option_code) == (item_code, option_code)
    ]
    return found


def wish(listing: SiteListing, quantity: int) -> ShowStock:
    """Show so many of a listing, its fields having been through the database."""
    fields = json.loads(json.dumps(listing.site_fields))
    return ShowStock(listing.external_id, listing.fingerprint, quantity, fields)


class KeysContract:
    """Proving a key, getting one, and what happens when it ends."""

    def test_the_channel_says_what_it_is(self, site: PretendSite) -> None:
        abilities = site.channel.abilities
        assert abilities.name == abilities.name.lower()
        assert abilities.label
        assert abilities.longest_window_days > 0
        assert abilities.rows_per_call > 0

    def test_a_good_key_passes_the_test(self, site: PretendSite) -> None:
        site.channel.test(site.access, site.now())

    def test_an_expired_key_is_rejected_by_every_call(self, site: PretendSite) -> None:
        placed = site.place(Purchase())
        option = listing_of(site, OPTIONS, FIRST_OPTION)
        site.let_keys_expire()
        line, now, access, channel = placed.line_ids[0], site.now(), site.access, site.channel
        calls: list[Callable[[], object]] = [
            lambda: channel.test(access, now),
            lambda: channel.orders(access, *whole_day(site)),
            lambda: channel.claims(access, *whole_day(site)),
            lambda: channel.lines(access, [line]),
            lambda: channel.confirm(access, [ConfirmLine(line, now)], now),
            lambda: channel.ship(access, [ShipLine(line, "ヤマト宅急便", "1")]),
            lambda: channel.listings(access),
            lambda: channel.show_stock(access, [wish(option, 1)]),
        ]
        for call in calls:
            with pytest.raises(Rejected) as caught:
                call()
            assert caught.value.code == "key_expired"

    def test_what_the_console_grants_becomes_a_working_key(self, site: PretendSite) -> None:
        issued = site.channel.issue_key(site.access.shop_id, site.grant(), site.now())
        assert issued.expires_at > site.now()
        site.channel.test(ShopAccess(site.access.shop_id, issued.key), site.now())

    def test_a_grant_is_good_once(self, site: PretendSite) -> None:
        grant = site.grant()
        site.channel.issue_key(site.access.shop_id, grant, site.now())
        for refused in (grant, "nonsense"):
            with pytest.raises(Rejected) as caught:
                site.channel.issue_key(site.access.shop_id, refused, site.now())
            assert caught.value.code == "grant_refused"

    def test_a_grant_of_another_shop_is_refused(self, site: PretendSite, other_site: PretendSite) -> None:
        with pytest.raises(Rejected) as caught:
            site.channel.issue_key(site.access.shop_id, other_site.grant(), site.now())
        assert caught.value.code == "other_shop"

    def test_the_key_is_never_shown(self, site: PretendSite) -> None:
        issued = site.channel.issue_key(site.access.shop_id, site.grant(), site.now())
        assert issued.key not in repr(issued)
        assert site.access.key not in repr(site.access)


class GoodsContract:
    """Listings and the numbers they show."""

    def test_every_option_on_sale_is_a_listing_with_its_codes(self, site: PretendSite) -> None:
        found = site.channel.listings(site.access)
        assert [(each.item_code, each.option_code, each.quantity) for each in found] == [
            (PLAIN, "", STOCK),
            (OPTIONS, FIRST_OPTION, STOCK),
            (OPTIONS, SECOND_OPTION, STOCK),
        ]
        assert len({(each.external_id, each.fingerprint) for each in found}) == 3
        assert all(each.title for each in found)
        assert all(len(each.fingerprint) <= 300 for each in found)

    def test_listings_read_twice_are_the_same(self, site: PretendSite) -> None:
        assert site.channel.listings(site.access) == site.channel.listings(site.access)

    def test_listings_without_an_answer_are_unreachable(self, site: PretendSite) -> None:
        site.make_trouble(Trouble.SERVER_ERROR, Verb.LISTINGS)
        with pytest.raises(Unreachable):
            site.channel.listings(site.access)

    @pytest.mark.parametrize("quantity", [7, 0])
    def test_stock_is_shown_as_an_absolute_number(self, site: PretendSite, quantity: int) -> None:
        plain, first = listing_of(site, PLAIN), listing_of(site, OPTIONS, FIRST_OPTION)
        for _ in range(2):
            answers = site.channel.show_stock(site.access, [wish(first, quantity), wish(plain, quantity)])
            assert [(answer.key, answer.is_accepted) for answer in answers] == [
                (f"{first.external_id}/{first.fingerprint}", True),
                (f"{plain.external_id}/", True),
            ]
        assert (site.shown_stock(plain), site.shown_stock(first)) == (quantity, quantity)

    def test_the_other_option_keeps_its_number(self, site: PretendSite) -> None:
        first, second = (listing_of(site, OPTIONS, code) for code in (FIRST_OPTION, SECOND_OPTION))
        site.channel.show_stock(site.access, [wish(first, 3)])
        assert site.shown_stock(second) == STOCK

    def test_a_price_changed_meanwhile_is_not_set_back(self, site: PretendSite) -> None:
        plain = listing_of(site, PLAIN)
        site.set_price_minor(plain, 2400)
        site.channel.show_stock(site.access, [wish(plain, 5)])
        assert (site.shown_price_minor(plain), site.shown_stock(plain)) == (2400, 5)

    def test_a_listing_that_is_gone_is_declined_and_its_neighbour_is_told(self, site: PretendSite) -> None:
        plain, first = listing_of(site, PLAIN), listing_of(site, OPTIONS, FIRST_OPTION)
        gone = [
            ShowStock("1", "", 1, plain.site_fields),
            ShowStock("1", first.fingerprint, 1, first.site_fields),
        ]
        answers = site.channel.show_stock(site.access, [*gone, wish(plain, 4)])
        assert [(answer.is_accepted, answer.may_retry) for answer in answers] == [
            (False, False),
            (False, False),
            (True, False),
        ]
        assert site.shown_stock(plain) == 4
