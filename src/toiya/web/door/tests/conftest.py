"""A merchant who has just joined, a browser of theirs, and the letters that are sent meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from tests.letters import Postman, a_postman
from tests.world import a_member, a_seller
from toiya.core import clock
from toiya.domain.members.models import User


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
