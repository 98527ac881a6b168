"""Damage to transfers."""

from __future__ import annotations

from tests.verify.damage import breaks, execute
from tests.verify.whole_house import House
from toiya.domain.transfers.models import Transfer


def _transfer(house: House, status: str) -> Transfer:
    return Transfer.objects.get(seller=house.one.seller, status=status)


@breaks("transfers_are_sums_of_movements", "transfers_are_sums_of_scans")
def a_piece_forgotten_on_the_way(house: House) -> str:
    transfer = _transfer(house, "arriving")
    execute("UPDATE transfers_transfer SET received = received + 1 WHERE id = %s", transfer.pk)
    return transfer.code


@breaks("transfers_are_sums_of_scans")
def a_scan_of_a_transfer_lost(house: House) -> str:
    transfer = _transfer(house, "arriving")
    execute("DELETE FROM transfers_transferscan WHERE transfer_id = %s AND step = 'put_away'", transfer.pk)
    return transfer.code


@breaks("transfers_follow_their_state")
def a_transfer_that_arrived_before_it_left(house: House) -> str:
    transfer = _transfer(house, "arrived")
    execute("UPDATE transfers_transfer SET sent_at = NULL WHERE id = %s", transfer.pk)
    return transfer.code


@breaks("codes_of_transfers_transfer")
def a_transfer_with_another_code(house: House) -> str:
    transfer = _transfer(house, "requested")
    execute("UPDATE transfers_transfer SET code = 'TRF-222222-2' WHERE id = %s", transfer.pk)
    return "TRF-222222-2"
