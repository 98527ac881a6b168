"""What lies in a seller's parcels, over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.world import a_seller, a_sku
from toiya.domain.members.models import Seller
from toiya.domain.outbound.models import Insert, SlipMessage

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def test_an_insert_is_chosen_and_ended(seller: Seller, sign_in: SignIn) -> None:
    sku, client = a_sku(seller), sign_in(seller)
    assert "Nothing goes in." in client.get("/settings/parcels/").content.decode()
    client.post("/settings/parcels/inserts/", {"sku": sku.code})
    assert Insert.objects.get().is_active
    assert sku.code in client.get("/settings/parcels/").content.decode()
    client.post("/settings/parcels/inserts/", {"sku": sku.code, "end": "yes"})
    assert not Insert.objects.get().is_active


def test_another_sellers_sku_is_no_insert(seller: Seller, sign_in: SignIn) -> None:
    theirs = a_sku(a_seller("Kumo"))
    answer = sign_in(seller).post("/settings/parcels/inserts/", {"sku": theirs.code})
    assert answer.status_code == 422
    assert not Insert.objects.exists()


def test_words_on_the_slip_are_kept_per_language_and_taken_back(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller)
    client.post("/settings/parcels/slip/", {"language": "ko", "words": "감사합니다"})
    assert SlipMessage.objects.get().words == "감사합니다"
    assert "감사합니다" in client.get("/settings/parcels/?language=ko").content.decode()
    assert client.post("/settings/parcels/slip/", {"language": "xx", "words": "?"}).status_code == 422
    client.post("/settings/parcels/slip/", {"language": "ko", "words": " "})
    assert not SlipMessage.objects.exists()
