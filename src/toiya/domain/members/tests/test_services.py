"""A seller has one of our services, or both."""

from __future__ import annotations

import pytest

from tests.books import fingerprint
from tests.world import NOON, WORLD, a_seller
from toiya.core.models import EventRow
from toiya.domain.members.actions.choosing import NoServiceChosen, choose_services

pytestmark = pytest.mark.django_db


@pytest.mark.seed("A025")
def test_services_are_chosen_once_and_told() -> None:
    seller = a_seller()
    for _ in range(2):
        choose_services(seller_id=seller.pk, fulfilment=False, smart_delivery=True, actor=WORLD, at=NOON)
    seller.refresh_from_db()
    assert (seller.uses_fulfilment, seller.uses_smart_delivery) == (False, True)
    assert EventRow.objects.filter(name="seller.services_chosen", subject=seller.code).count() == 1


def test_a_seller_is_not_left_without_any() -> None:
    seller = a_seller()
    before = fingerprint()
    with pytest.raises(NoServiceChosen):
        choose_services(seller_id=seller.pk, fulfilment=False, smart_delivery=False, actor=WORLD, at=NOON)
    assert fingerprint() == before
