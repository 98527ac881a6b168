"""Who took what of shared stock, as page and file, and how many may be taken."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.lending_world import shared
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, stock_of
from toiya.domain.lending.actions.handing import Wanted, hand_over, take_over
from toiya.domain.lending.models import LendLimit, Mirror
from toiya.domain.members.models import Seller

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def mirror() -> Mirror:
    owner, partner = a_seller(), a_seller("Kaede")
    tote = a_sku(owner)
    stock_of(tote, a_warehouse(), 9)
    return shared(tote, partner)


def taken(mirror: Mirror, quantity: int, seen: int = 0) -> int:
    house = mirror.source.balances.get().warehouse_id
    handing = hand_over(wanted=Wanted(mirror, house, quantity, seen), actor=WORLD, at=NOON)
    take_over(handing_id=handing.pk, actor=WORLD, at=NOON)
    return handing.pk


def owner_of(mirror: Mirror) -> Seller:
    return mirror.source.seller


@pytest.mark.seed("A079")
def test_both_sides_see_the_month_and_download_it_each_from_its_own_side(mirror: Mirror, sign_in: SignIn) -> None:
    taken(mirror, 3)
    given, got = sign_in(owner_of(mirror)), sign_in(mirror.seller)
    place, file = reverse("portal:handings") + "?month=2026-11", reverse("portal:handings-file") + "?month=2026-11"

    assert ["The partner took them" in client.get(place).content.decode() for client in (given, got)] == [True, False]
    lines = [client.get(file).content.decode("utf-8-sig").splitlines() for client in (given, got)]
    assert [len(each) for each in lines] == [2, 2]
    assert [f"{owner_of(mirror).code},Hanataba,{mirror.sku.code},{mirror.source.code},FNB,3," in lines[1][1]] == [True]
    assert [f"{mirror.seller.code},Kaede,{mirror.source.code},{mirror.sku.code},FNB,-3," in lines[0][1]] == [True]
    assert len(given.get(reverse("portal:handings-file") + "?month=2026-10").content.splitlines()) == 1
    assert b"HND-" not in sign_in(a_seller("Kumo")).get(file).content


def test_the_owner_sets_and_lifts_a_limit_and_nobody_else(mirror: Mirror, sign_in: SignIn) -> None:
    place = reverse("portal:share-limit", args=[mirror.share.code])
    assert sign_in(mirror.seller).post(place, {"most": "99"}).status_code == 404
    owner = sign_in(owner_of(mirror))
    owner.post(place, {"most": "４"})
    owner.post(place, {"most": "many"})
    assert LendLimit.objects.get().most_pieces == 4
    assert [left for _share, _limit, left in owner.get(reverse("portal:handings")).context["shares"]] == [4]
    owner.post(place, {"most": ""})
    assert LendLimit.objects.count() == 0


def test_a_longer_list_costs_no_more_statements(mirror: Mirror, sign_in: SignIn) -> None:
    owner, place, asked, seen = sign_in(owner_of(mirror)), reverse("portal:handings") + "?month=2026-11", [], 0
    for _ in range(3):
        seen = taken(mirror, 1, seen)
        with CaptureQueriesContext(connection) as statements:
            owner.get(place)
        asked.append(len(statements))
    assert asked[0] == asked[2]
