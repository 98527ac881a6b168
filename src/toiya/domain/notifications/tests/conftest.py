"""A postman who does as the script says, and somebody to write to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from tests.letters import Postman, a_postman
from toiya.core import clock
from toiya.domain.members.models import User


@pytest.fixture
def postman() -> Iterator[Postman]:
    with a_postman() as made:
        yield made


@pytest.fixture
def now() -> datetime:
    """The jobs read the clock."""
    return clock.now()


@pytest.fixture
def mika(db: None) -> User:
    return User.objects.create_user(email="mika@example.com", name="Mika", language="en")
