"""Damage to what was counted at the dock."""

from __future__ import annotations

from tests.verify.damage import breaks, execute, forge
from tests.verify.receiving_of_house import completed
from tests.verify.whole_house import House
from toiya.domain.inbound.models import TakenBack


@breaks("lines_are_counted_by_receipts")
def a_line_that_says_more_than_was_counted(house: House) -> str:
    bundle = completed(house.one.seller)
    execute("UPDATE inbound_bundleline SET received = received + 1 WHERE bundle_id = %s", bundle.pk)
    return bundle.code


@breaks("counts_are_booked")
def a_booking_for_another_delivery(house: House) -> str:
    bundle = completed(house.one.seller)
    forge("stock_movement", "UPDATE stock_movement SET source = 'X' WHERE kind = 1 AND source = %s", bundle.code)
    return bundle.code


@breaks("counts_are_booked", "lines_are_counted_by_receipts")
def a_count_taken_back_that_stands_again(house: House) -> str:
    back = TakenBack.objects.select_related("receipt__bundle").get(seller=house.one.seller)
    execute("DELETE FROM inbound_takenback WHERE id = %s", back.pk)
    code: str = back.receipt.bundle.code
    return code


@breaks("differences_belong_to_ended_counts")
def a_count_that_ended_at_no_time(house: House) -> str:
    bundle = completed(house.one.seller)
    execute("UPDATE inbound_cargobundle SET ended_at = NULL WHERE id = %s", bundle.pk)
    return bundle.code
