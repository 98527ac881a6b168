"""Somebody of a seller at the portal, without a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.world import a_member
from toiya.domain.members.models import Seller

SignIn = Callable[..., Client]


@pytest.fixture
def sign_in() -> SignIn:
    """Makes clients: `sign_in(seller)` or `sign_in(seller, role="clerk")`."""

    def enter(seller: Seller, role: str = "owner") -> Client:
        client = Client()
        client.force_login(a_member(seller, role))
        return client

    return enter
