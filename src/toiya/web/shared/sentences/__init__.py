"""How every event of the domain reads in a timeline: a sentence in the past tense, an icon, a colour, a group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from toiya.web.shared.sentences.claims import CLAIMS
from toiya.web.shared.sentences.deliveries import DELIVERIES
from toiya.web.shared.sentences.dues import DUES
from toiya.web.shared.sentences.goods import GOODS
from toiya.web.shared.sentences.handing import HANDING
from toiya.web.shared.sentences.money import MONEY
from toiya.web.shared.sentences.orders import ORDERS
from toiya.web.shared.sentences.parcels import PARCELS
from toiya.web.shared.sentences.people import PEOPLE
from toiya.web.shared.sentences.returning import RETURNING
from toiya.web.shared.sentences.shops import SHOPS
from toiya.web.shared.sentences.telling import UNTOLD, Telling
from toiya.web.shared.sentences.trucks import TRUCKS

__all__ = ["FIELD_WORDS", "SENTENCES", "UNTOLD", "Telling"]

SENTENCES: Mapping[str, Telling] = {
    **ORDERS,
    **PARCELS,
    **GOODS,
    **HANDING,
    **RETURNING,
    **DELIVERIES,
    **SHOPS,
    **MONEY,
    **DUES,
    **CLAIMS,
    **PEOPLE,
    **TRUCKS,
}

# What the folded details call the data; keys that are not here are ids and stay inside.
FIELD_WORDS: Mapping[str, Any] = {
    "channel": _("Channel"),
    "external_id": _("Number at the site"),
    "pieces": _("Pieces"),
    "quantity": _("Quantity"),
    "missing": _("Missing"),
    "sku": _("SKU"),
    "title": _("Title"),
    "bin": _("Bin"),
    "tote": _("Tote"),
    "wave": _("Wave"),
    "pick_list": _("Pick list"),
    "parcel": _("Parcel"),
    "weight_g": _("Weight"),
    "service": _("Service"),
    "fee_minor": _("Fee"),
    "amount_minor": _("Amount"),
    "reference": _("Reference"),
    "tracking_number": _("Tracking number"),
    "carrier": _("Carrier"),
    "problem": _("Problem"),
}
