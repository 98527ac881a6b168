"""A parcel as it is asked for in a file, with letters that only cp932 has; parcels that wait for a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from toiya.domain.carriers.port import LabelRequest, Party

KEY = "PCL7K2M4Q9"
A_REQUEST = LabelRequest(
    reference="PCL-7K2M4Q-9",
    order_code="ORD-7K2M4Q-9",
    service_code="",
    service_name="",
    tracking_number="",
    sender=Party("船橋茶舗", "273-0017", "千葉県船橋市西浦3-4-2", "", "047-000-0000"),
    receiver=Party("髙橋 﨑子①", "150-0001", "東京都渋谷区神宮前1-2-3", "1203号室", "090-1234-5678"),
    weight_g=250,
    pieces=2,
    ship_on=date(2026, 11, 25),
    contents="抹茶",
)


def asked(request: LabelRequest, **receiver: str) -> LabelRequest:
    """The request with other words of its receiver."""
    return replace(request, receiver=replace(request.receiver, **receiver))
