"""Damage on the floor, at the carriers, at the sites and among the jobs."""

from __future__ import annotations

from tests.verify.damage import breaks, drop_index, execute, forge, one
from tests.verify.whole_house import NOON, House
from toiya.domain.carriers.models import Label
from toiya.domain.catalog.models import Sku


@breaks("packed_is_picked")
def a_piece_missing_in_a_sealed_parcel(house: House) -> str:
    execute(
        "UPDATE outbound_content SET quantity = 1 WHERE quantity = 2 AND parcel_id = %s", house.one.parcels["sealed"].pk
    )
    return house.one.orders["sealed"].code


@breaks("packed_within_ordered", "packed_is_picked")
def another_sku_in_a_parcel(house: House) -> str:
    pen = Sku.objects.get(seller=house.one.seller, seller_code="PEN")
    parcel = house.one.parcels["sealed"]
    execute("UPDATE outbound_content SET sku_id = %s WHERE quantity = 2 AND parcel_id = %s", pen.pk, parcel.pk)
    return house.one.orders["sealed"].code


@breaks("shipped_is_packed")
def pieces_that_left_for_nothing(house: House) -> str:
    code = house.one.parcels["shipped"].code
    forge("stock_movement", "UPDATE stock_movement SET source = 'PCL-NONE' WHERE kind = 4 AND source = %s", code)
    return code


@breaks("fees_follow_parcels", "parcels_are_charged_their_fee")
def a_parcel_with_the_fee_of_something_else(house: House) -> str:
    parcel = house.one.parcels["sealed"]
    fee = one("SELECT id FROM wallet_reservation WHERE source = 'STORAGE-3' AND seller_id = %s", parcel.seller_id)
    execute("UPDATE outbound_parcel SET reservation_id = %s WHERE id = %s", fee, parcel.pk)
    return parcel.code


@breaks("open_fees_have_a_parcel")
def a_fee_set_aside_for_no_parcel(house: House) -> str:
    seller = house.one.seller.pk
    change = "UPDATE {} SET source = 'PCL-NONE' WHERE source = 'STORAGE-3' AND seller_id = %s"
    execute(change.format("wallet_reservation"), seller)
    forge("wallet_entry", change.format("wallet_entry"), seller)
    return "PCL-NONE"


@breaks("parcels_have_their_label")
def a_label_made_for_another_parcel(house: House) -> str:
    parcel = house.one.parcels["shipped"]
    execute("UPDATE carriers_label SET reference = 'PCL-NONE' WHERE reference = %s", parcel.code)
    return parcel.code


def _a_label(house: House, status: str, number: str) -> Label:
    return Label.objects.create(
        seller=house.one.seller,
        reference="PCL-NONE",
        service=house.one.service,
        carrier="test_carrier",
        status=status,
        tracking_number=number,
        shipment={},
        document=b"%PDF",
        problem="no answer",
        wanted_at=NOON,
        bought_at=NOON,
    )


@breaks("labels_have_their_parcel")
def a_bought_label_of_no_parcel(house: House) -> str:
    body = one("UPDATE carriers_numberrange SET next_body = next_body + 1 RETURNING next_body - 1")
    return _a_label(house, "bought", f"{body}{body % 7}").reference


@breaks("labels_in_doubt")
def a_label_in_doubt(house: House) -> str:
    return _a_label(house, "in_doubt", "").reference


def _renumber(house: House, number: str) -> str:
    code = house.one.parcels["labelled"].code
    execute("UPDATE carriers_label SET tracking_number = %s WHERE reference = %s", number, code)
    return code


@breaks("numbers_used_once", "constraints_in_place")
def one_number_on_two_labels(house: House) -> str:
    shipped = house.one.parcels["shipped"].code
    number = one("SELECT tracking_number FROM carriers_label WHERE reference = %s", shipped)
    drop_index("number_used_once")
    return min(shipped, _renumber(house, number))


@breaks("numbers_of_our_range")
def a_number_that_was_never_drawn(house: House) -> str:
    return _renumber(house, f"99999999999{99_999_999_999 % 7}")


@breaks("check_digits")
def a_number_with_a_wrong_last_digit(house: House) -> str:
    code = house.one.parcels["labelled"].code
    number = str(one("SELECT tracking_number FROM carriers_label WHERE reference = %s", code))
    return _renumber(house, number[:-1] + ("0" if number[-1] != "0" else "1"))


@breaks("bought_labels_are_whole")
def a_label_without_its_document(house: House) -> str:
    code = house.one.parcels["labelled"].code
    execute("UPDATE carriers_label SET document = '' WHERE reference = %s", code)
    return code


@breaks("parcels_go_with_their_order")
def a_ready_order_whose_parcel_is_not(house: House) -> str:
    execute("UPDATE outbound_parcel SET status = 'sealed' WHERE id = %s", house.one.parcels["labelled"].pk)
    return house.one.orders["labelled"].code


def _forget_write_back(house: House) -> str:
    parcel = house.one.parcels["shipped"]
    execute("DELETE FROM channels_writeback WHERE parcel_id = %s", parcel.pk)
    return parcel.code


@breaks("shipped_parcels_have_a_write_back")
def a_write_back_that_was_lost(house: House) -> str:
    execute("DELETE FROM procrastinate_jobs WHERE task_name = 'channels.want'")
    return _forget_write_back(house)


@breaks("write_backs_to_be_stored")
def a_write_back_whose_job_is_still_to_run(house: House) -> str:
    return _forget_write_back(house)


def _retold(house: House, status: str) -> str:
    parcel = house.one.parcels["shipped"]
    execute("UPDATE channels_writeback SET status = %s WHERE parcel_id = %s", status, parcel.pk)
    forge(
        "core_event",
        "DELETE FROM core_event WHERE name = 'order.tracking_accepted' AND data ->> 'parcel' = %s",
        parcel.code,
    )
    return parcel.code


@breaks("write_backs_not_ended")
def a_write_back_given_up(house: House) -> str:
    return _retold(house, "given_up")


@breaks("write_backs_waiting")
def a_write_back_still_to_be_told(house: House) -> str:
    return _retold(house, "waiting")


@breaks("write_backs_of_shipped_parcels", "write_backs_waiting")
def a_write_back_of_a_parcel_that_is_here(house: House) -> str:
    parcel = house.one.parcels["labelled"]
    execute(
        "INSERT INTO channels_writeback (seller_id, connection_id, parcel_id, order_id, status, attempt, failures, "
        "due_since, next_try_at, problem, site_message) "
        "SELECT seller_id, %s, id, order_id, 'waiting', 0, 0, now(), now(), '', '' FROM outbound_parcel WHERE id = %s",
        house.one.shop.pk,
        parcel.pk,
    )
    return parcel.code


@breaks("write_backs_in_effect_once")
def a_number_accepted_twice(house: House) -> str:
    execute(
        "INSERT INTO core_event (name, seller_id, subject, at, actor_kind, actor_id, actor_name, data) "
        "SELECT name, seller_id, subject, at, actor_kind, actor_id, actor_name, data FROM core_event "
        "WHERE name = 'order.tracking_accepted' AND subject = %s",
        house.one.orders["shipped"].code,
    )
    return house.one.parcels["shipped"].code


@breaks("sites_show_what_was_told")
def a_shop_that_was_told_another_number(house: House) -> str:
    execute("UPDATE channels_stockpush SET told_quantity = 99 WHERE connection_id = %s", house.one.shop.pk)
    return house.one.shop.code


@breaks("other_tellings_ended")
def a_confirmation_given_up(house: House) -> str:
    execute("UPDATE channels_confirmation SET status = 'given_up' WHERE order_id = %s", house.one.orders["waiting"].pk)
    return house.one.shop.code


@breaks("orders_of_own_shops")
def an_order_from_a_strangers_shop(house: House) -> str:
    order = house.one.orders["received"]
    execute("UPDATE orders_order SET shop_code = %s WHERE id = %s", house.other.shop.code, order.pk)
    return order.code


def _a_job(status: str) -> str:
    job = one(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status) "
        "VALUES ('default', 'allocation.allocate_waiting', '{}', %s) RETURNING id",
        status,
    )
    execute("INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'started', %s)", job, NOON)
    return str(job)


@breaks("jobs_have_a_worker")
def a_job_whose_worker_died(house: House) -> str:
    return _a_job("doing")


@breaks("failed_jobs")
def a_job_that_ended_badly(house: House) -> str:
    return _a_job("failed")
