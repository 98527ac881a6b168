"""Damage to files of carriers, to cancelled numbers, and to parcels on their way."""

from __future__ import annotations

from tests.verify.damage import breaks, execute, one
from tests.verify.whole_house import House


@breaks("cancelled_numbers_are_gone")
def a_cancelled_number_that_is_on_a_label_again(house: House) -> str:
    parcel = house.one.parcels["labelled"]
    number = one("SELECT tracking_number FROM carriers_label WHERE reference = %s", parcel.code)
    execute("UPDATE carriers_labelvoid SET tracking_number = %s WHERE label_id = %s", number, parcel.label_id)
    return parcel.code


def _file() -> str:
    return str(one("SELECT code FROM carriers_carrierfile ORDER BY id"))


@breaks("files_are_as_they_were_made")
def a_file_with_other_bytes(house: House) -> str:
    execute("UPDATE carriers_carrierfile SET content = 'other' WHERE code = %s", _file())
    return _file()


@breaks("taken_numbers_are_on_their_labels")
def a_number_that_was_taken_and_is_nowhere(house: House) -> str:
    changed = (
        "UPDATE carriers_answerrow SET outcome = 'taken' WHERE id = ("
        "SELECT min(r.id) FROM carriers_answerrow r JOIN carriers_answer a ON a.id = r.answer_id "
        "WHERE a.kind = 'numbers') RETURNING answer_id"
    )
    return str(one("SELECT code FROM carriers_answer WHERE id = %s", one(changed)))


@breaks("rows_to_be_taken")
def a_row_nobody_took(house: House) -> str:
    execute("UPDATE carriers_answerrow SET outcome = 'open' WHERE id = (SELECT min(id) FROM carriers_answerrow)")
    return str(one("SELECT code FROM carriers_answer ORDER BY id"))


@breaks("journeys_follow_scans")
def a_parcel_that_is_elsewhere_than_scanned(house: House) -> str:
    parcel = house.one.parcels["shipped"]
    execute("UPDATE carriers_journey SET state = 'out' WHERE label_id = %s", parcel.label_id)
    return parcel.code


@breaks("delivered_orders_were_delivered", "status_is_last_event")
def an_order_that_ended_before_it_arrived(house: House) -> str:
    order = house.one.orders["shipped"]
    execute("UPDATE orders_order SET status = 'delivered' WHERE id = %s", order.pk)
    return order.code


def _recoded(table: str, wrong: str) -> str:
    execute(f"UPDATE {table} SET code = %s WHERE id = (SELECT min(id) FROM {table})", wrong)
    return wrong


@breaks("codes_of_carriers_carrierfile")
def a_file_with_a_code_of_its_own(house: House) -> str:
    return _recoded("carriers_carrierfile", "CF-222222-2")


@breaks("codes_of_carriers_answer")
def an_answer_with_a_code_of_its_own(house: House) -> str:
    return _recoded("carriers_answer", "CA-222222-2")
