"""A site whose console hands sellers over; a merchant who has just joined, their browser, and the letters sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from tests.letters import Postman, a_postman
from tests.world import a_member, a_seller
from toiya.core import clock
from toiya.domain.channels import plugs
from toiya.domain.channels.tests.pretend_console import PretendConsole
from toiya.domain.channels.tests.pretend_site import PretendSite
from toiya.domain.members.models import User


@pytest.fixture
def console() -> Iterator[PretendConsole]:
    """The console; its clock is right."""
    before = dict(plugs.all_channels())
    pretend = PretendConsole(clock.now())
    plugs.install({"qoo10": PretendSite(clock.now(), joins=pretend)})
    yield pretend
    plugs.install(before)


@pytest.fixture
def postman() -> Iterator[Postman]:
    with a_postman() as made:
        yield made


@pytest.fixture
def mika(db: None) -> User:
    """Joined today: 14 days to verify."""
    user = a_member(a_seller(), email="mika@example.com")
    User.objects.filter(pk=user.pk).update(language="en", verify_by=clock.now() + timedelta(days=14))
    return User.objects.get(pk=user.pk)


@pytest.fixture
def browser(mika: User) -> Client:
    """Mika's, signed in."""
    client = Client()
    client.force_login(mika)
    return client
