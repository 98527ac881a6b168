"""Damage to shared stock."""

from __future__ import annotations

from tests.verify.damage import breaks, execute
from tests.verify.whole_house import House
from toiya.domain.lending.models import Handing, Mirror


def _handing(house: House) -> Handing:
    return Handing.objects.get(seller=house.one.seller, taking=None)


@breaks("what_left_one_book_is_in_the_other")
def a_handing_taken_without_its_pieces(house: House) -> str:
    handing = _handing(house)
    execute(
        "INSERT INTO lending_taking (handing_id, seller_id, at) VALUES (%s, %s, now())", handing.pk, handing.taker_id
    )
    return handing.code


@breaks("handings_are_sums_of_their_parts")
def a_place_of_a_handing_changed(house: House) -> str:
    handing = _handing(house)
    execute("UPDATE lending_handingpart SET quantity = quantity + 1 WHERE handing_id = %s", handing.pk)
    return handing.code


@breaks("mirrors_stand_between_partners", "what_left_one_book_is_in_the_other")
def a_mirror_of_another_item(house: House) -> str:
    mirror = Mirror.objects.get(share__seller=house.one.seller)
    other = house.one.seller.sku_set.get(seller_code="PEN")
    execute("UPDATE lending_handing SET sku_id = %s WHERE sku_id = %s", other.pk, mirror.source_id)
    execute("UPDATE lending_mirror SET source_id = %s WHERE id = %s", other.pk, mirror.pk)
    return mirror.sku.code


@breaks("handings_are_between_partners")
def a_handing_back_that_nobody_gave_back(house: House) -> str:
    handing = _handing(house)
    execute("UPDATE lending_handing SET is_back = true WHERE id = %s", handing.pk)
    return handing.code


@breaks("codes_of_lending_handing", "what_left_one_book_is_in_the_other")
def a_handing_with_another_code(house: House) -> str:
    execute("UPDATE lending_handing SET code = 'HND-222222-2' WHERE id = %s", _handing(house).pk)
    return "HND-222222-2"
