"""Damage to files that were handed in."""

from __future__ import annotations

from tests.verify.damage import breaks, execute, forge
from tests.verify.whole_house import LATER, House
from tests.world import WORLD
from toiya.core import events
from toiya.domain.imports.models import ImportSession
from toiya.domain.outbound.events import BuyerForgotten


@breaks("applied_rows_are_counted")
def a_row_applied_that_nobody_counted(house: House) -> str:
    session = ImportSession.objects.get(seller=house.one.seller, status="done", forgotten_at=None)
    execute("UPDATE imports_importsession SET rows_applied = rows_applied + 1 WHERE id = %s", session.pk)
    return session.code


@breaks("codes_of_imports_importsession")
def a_file_under_another_code(house: House) -> str:
    session = ImportSession.objects.get(seller=house.one.seller, status="done", forgotten_at=None)
    execute("UPDATE imports_importsession SET code = %s WHERE id = %s", "IMP-222222-2", session.pk)
    forge("core_event", "UPDATE core_event SET subject = %s WHERE subject = %s", "IMP-222222-2", session.code)
    return "IMP-222222-2"


@breaks("forgotten_rows_are_empty")
def a_row_that_still_says_what_stood_in_it(house: House) -> str:
    session = ImportSession.objects.exclude(forgotten_at=None).get(seller=house.one.seller)
    execute("UPDATE imports_importrow SET cells = %s WHERE session_id = %s", '{"receiver": "Tanaka"}', session.pk)
    return session.code


@breaks("files_forget_before_their_orders")
def a_row_that_says_who_bought_what_is_forgotten(house: House) -> str:
    session = ImportSession.objects.get(seller=house.one.seller, status="done", forgotten_at=None)
    order = house.one.orders["waiting"]
    execute("UPDATE imports_importrow SET subject = %s WHERE session_id = %s", order.code, session.pk)
    events.record(BuyerForgotten(seller_id=order.seller_id, subject=order.code), actor=WORLD, at=LATER)
    return order.code
