"""The demo's carriers: two services with test numbers, one by file, all with their terms."""

from __future__ import annotations

import pytest

from tests.world import NOON, WORLD
from toiya.cli.demo.carriers import open_carriers
from toiya.domain.carriers.models import Contract, NumberRange
from toiya.domain.carriers.offers import offer, offers

pytestmark = pytest.mark.django_db


def test_the_demos_services_have_terms_and_numbers_of_a_test_range() -> None:
    open_carriers(WORLD, NOON)
    assert [each.code for each in offers()] == ["NEKOPOS", "HIKYAKU", "TAKKYUBIN"]
    assert [terms.starts_on.isoformat() for terms in offer("NEKOPOS").terms] == ["2024-01-01", "2025-11-10"]
    assert NumberRange.objects.get().is_test
    assert (Contract.objects.get().carrier, Contract.objects.get().way) == ("sagawa", "file")
