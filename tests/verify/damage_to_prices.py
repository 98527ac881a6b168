"""Damage to charges and rate cards."""

from __future__ import annotations

from tests.verify.damage import breaks, execute, forge
from tests.verify.whole_house import House
from toiya.domain.assembly.models import WorkOrder
from toiya.domain.inbound.models import CargoBundle
from toiya.domain.pricing.models import Charge, RateCard


def _stored(house: House) -> Charge:
    """The charge of the first seller's storage, which no wallet knows of."""
    return Charge.objects.get(source=f"STORAGE-{house.one.seller.code}")


def _change(charge: Charge, what: str) -> str:
    forge("pricing_charge", f"UPDATE pricing_charge SET {what} WHERE id = %s", charge.pk)
    return charge.source


def _lose(house: House, source: str) -> str:
    forge(
        "pricing_charge",
        "DELETE FROM pricing_charge WHERE seller_id = %s AND source = %s AND amount_minor > 0",
        house.one.seller.pk,
        source,
    )
    return source


@breaks("charges_are_their_formula")
def a_yen_more_than_the_formula(house: House) -> str:
    return _change(_stored(house), "amount_minor = amount_minor + 1")


@breaks("charges_name_a_card_in_force")
def a_charge_by_a_version_that_never_was(house: House) -> str:
    return _change(_stored(house), "card_version = 99")


@breaks("charges_keep_their_fact")
def a_charge_for_another_sku(house: House) -> str:
    return _change(_stored(house), "subject = '300000000009-00001'")


@breaks("cards_approved_by_a_second_person")
def a_version_approved_by_its_writer(house: House) -> str:
    card = RateCard.objects.get(name=f"Prices of {house.one.seller.name}")
    forge("pricing_cardapproval", "UPDATE pricing_cardapproval SET approved_by = '501' WHERE version_id IN "
          "(SELECT id FROM pricing_cardversion WHERE card_id = %s)", card.pk)  # fmt: skip
    return card.code


@breaks("codes_of_pricing_ratecard")
def a_card_with_another_code(house: House) -> str:
    card = RateCard.objects.get(name=f"Prices of {house.one.seller.name} next year")
    execute("UPDATE pricing_ratecard SET code = 'RC-222222-2' WHERE id = %s", card.pk)
    return "RC-222222-2"


@breaks("parcels_are_charged_their_fee")
def a_parcels_charges_lost(house: House) -> str:
    return _lose(house, house.one.parcels["labelled"].code)


@breaks("bundles_are_charged_their_fee")
def a_deliverys_charges_lost(house: House) -> str:
    charged = Charge.objects.filter(seller=house.one.seller, source__startswith="CB-").order_by("pk")
    return _lose(house, charged[0].source)


@breaks("counted_fees_are_charged_and_taken")
def a_counted_delivery_that_costs_another_sum(house: House) -> str:
    bundle = CargoBundle.objects.get(seller=house.one.seller, fee_source__endswith="/counted")
    execute("UPDATE inbound_cargobundle SET fee_minor = fee_minor + 1 WHERE id = %s", bundle.pk)
    return bundle.code


@breaks("made_pieces_are_charged")
def the_charges_of_made_bundles_lost(house: House) -> str:
    order = WorkOrder.objects.get(seller=house.one.seller, status="cancelled")
    _lose(house, Charge.objects.filter(source__startswith=f"{order.code}/")[0].source)
    return order.code
