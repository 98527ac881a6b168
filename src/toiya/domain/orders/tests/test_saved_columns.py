"""Columns kept under a name: the next file of that platform is read by them, whatever other files call things."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.books import fingerprint
from tests.centres_world import applied as applied_for
from tests.imports_world import applied, checked, csv_file, owner_of, worked
from tests.orders_in_world import an_entry
from tests.world import NOON, a_member, a_seller, a_sku, a_warehouse, acting_for
from toiya.core.errors import NotFound
from toiya.domain.imports.actions.handing_in import name_columns
from toiya.domain.imports.actions.saving_columns import NameNotUsable, NothingToSave, save_columns
from toiya.domain.imports.models import ImportSession, SavedColumns
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order

pytestmark = pytest.mark.django_db
AMAZON = ["order-id", "what", "who", "where", "call", "zip", "sku", "house"]
MEANINGS = {0: "reference", 1: "title", 2: "receiver", 3: "address", 4: "phone", 5: "postal_code", 6: "seller_sku"}


def row(number: str, name: str = "田中", address: str = "千葉県船橋市西浦1-2-3") -> list[str]:
    entry = an_entry()
    return [number, "Tote", name, address, entry.phone, entry.postal_code, "LT-NVM", "FNB"]


@pytest.fixture
def session(db: None) -> ImportSession:
    """A file of a platform, whose headings had to be said."""
    seller = a_seller()
    applied_for(seller, a_warehouse())
    a_sku(seller)
    asked = checked(seller, "managed-orders", csv_file(AMAZON, row("1")))
    name_columns(session_code=asked.code, meanings={**MEANINGS, 7: "branch"}, actor=owner_of(seller), at=NOON)
    return worked(asked)


def save(session: ImportSession, name: str, seller: Seller | None = None) -> None:
    save_columns(session_code=session.code, name=name, actor=acting_for(seller or session.seller), at=NOON)


def test_the_next_file_of_the_platform_is_read_by_the_name_that_was_chosen(session: ImportSession) -> None:
    save(session, "  Amazon  JP file ")
    saved = SavedColumns.objects.get()
    assert (saved.name, saved.meanings["who"], saved.meanings["where"]) == ("Amazon JP file", "receiver", "address")
    # Another platform means other things by the same words.
    SavedColumns.objects.create(
        seller=session.seller,
        kind="managed-orders",
        name="Swapped",
        meanings={**saved.meanings, "who": "address", "where": "receiver"},
        saved_at=NOON,
    )
    swapped = row("2", name="千葉県船橋市西浦1-2-3", address="佐藤")
    for number, options, content in (
        ("1", {"columns": "Amazon JP file"}, row("1")),
        ("2", {"columns": "Swapped"}, swapped),
    ):
        applied(checked(session.seller, "managed-orders", csv_file(AMAZON, content), options=options))
        order = Order.objects.get(external_id=number)
        assert order.address.first_line == "千葉県船橋市西浦1-2-3"


def test_what_cannot_be_kept_is_refused(session: ImportSession) -> None:
    asked = checked(session.seller, "managed-orders", csv_file(["a", "b"], ["1", "2"]))
    neighbour = a_seller("Kumo")
    before = fingerprint()
    with pytest.raises(NothingToSave):
        save(asked, "x")
    for name in ("", " ", "x" * 61, "a\x07b"):
        with pytest.raises(NameNotUsable):
            save(session, name)
    with pytest.raises(NotFound):
        save(session, "theirs", neighbour)
    assert fingerprint() == before


def test_the_page_keeps_a_name_and_the_form_offers_it(session: ImportSession) -> None:
    client = Client()
    client.force_login(a_member(session.seller))
    assert "More files like this?" in client.get(f"/imports/{session.code}/").content.decode()
    client.post(f"/imports/{session.code}/columns/name/", {"name": "Amazon JP file"})
    form = client.get("/imports/new/managed-orders/").context["form"]
    assert [value for value, _word in form.fields["columns"].choices] == ["", "Amazon JP file"]
    assert "columns" not in client.get("/imports/new/items/").context["form"].fields
