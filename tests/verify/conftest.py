"""One whole house for the folder, in a transaction that is rolled back; each test works in a savepoint of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.verify.whole_house import House, a_whole_house
from tests.world import NOON
from toiya.domain.channels import plugs
from toiya.domain.channels.tests.pretend_site import PretendSite


@pytest.fixture(scope="package")
def built_house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """The house, for tests that only look at it."""
    before = dict(plugs.all_channels())
    site = PretendSite(NOON)
    plugs.install({"qoo10": site})
    around = transaction.atomic()
    around._from_testcase = True  # as Django's own test cases do, so that calls to the site see no open transaction
    with django_db_blocker.unblock(), around:
        yield a_whole_house(site)
        transaction.set_rollback(True)
    plugs.install(before)


@pytest.fixture
def _django_db_helper(built_house: House) -> None:
    """In the place of pytest-django's: the transaction around each test is the savepoint of `house`."""


@pytest.fixture
def house(built_house: House) -> Iterator[House]:
    """The house, for tests that damage it."""
    with transaction.atomic():
        yield built_house
        transaction.set_rollback(True)
