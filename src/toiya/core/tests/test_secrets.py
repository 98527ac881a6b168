"""Secrets at rest: only the row they belong to can open them, and nobody can change them unseen."""

from __future__ import annotations

import base64

import pytest
from cryptography.exceptions import InvalidTag
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from toiya.core.secrets import seal, unseal

HERE = "channels_connection/1/key"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_sealed_secret_opens_to_what_it_was(secret: str) -> None:
    assert unseal(seal(secret, bound_to=HERE), bound_to=HERE) == secret


def test_another_row_cannot_open_it() -> None:
    sealed = seal("the key", bound_to=HERE)
    with pytest.raises(InvalidTag):
        unseal(sealed, bound_to="channels_connection/2/key")


def test_another_column_cannot_open_it() -> None:
    sealed = seal("the key", bound_to=HERE)
    with pytest.raises(InvalidTag):
        unseal(sealed, bound_to="channels_connection/1/other")


@given(st.data())
def test_every_changed_bit_is_noticed(data: st.DataObject) -> None:
    name, encoded = seal("the key", bound_to=HERE).split(":")
    raw = bytearray(base64.b64decode(encoded))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(InvalidTag):
        unseal(f"{name}:{base64.b64encode(bytes(raw)).decode()}", bound_to=HERE)


def test_the_same_secret_never_looks_the_same_and_is_not_to_be_read() -> None:
    one, other = seal("the key", bound_to=HERE), seal("the key", bound_to=HERE)
    assert one != other
    assert "the key" not in one


def test_an_older_key_of_the_ring_still_opens_and_the_first_one_seals() -> None:
    old, new = "old:" + "11" * 32, "new:" + "22" * 32
    with override_settings(FIELD_KEYS=old):
        sealed = seal("the key", bound_to=HERE)
    with override_settings(FIELD_KEYS=f"{new},{old}"):
        assert unseal(sealed, bound_to=HERE) == "the key"
        assert seal("the key", bound_to=HERE).startswith("new:")
