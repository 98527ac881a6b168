"""A parcel as it is asked for in a file, with letters that only cp932 has; parcels that wait for a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from tests.world import NOON, WORLD
from toiya.domain.carriers.actions.answers import AnswerDraft, hand_in_answer
from toiya.domain.carriers.actions.contracts import NewService, add_service
from toiya.domain.carriers.actions.files import FileWish, make_file
from toiya.domain.carriers.actions.labels import want_label
from toiya.domain.carriers.actions.terms import ContractDraft, set_contract
from toiya.domain.carriers.catalogue import BY_CODE
from toiya.domain.carriers.jobs import take_answer
from toiya.domain.carriers.models import CarrierFile, Contract, Label, Service, Way
from toiya.domain.carriers.port import LabelRequest, Party
from toiya.domain.members.models import Seller

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


def by_file(carrier: str = "yamato", code: str = "TAKKYUBIN", layout: str = "b2-95") -> Service:
    """A service of a carrier whose labels get their numbers by file."""
    contract = ContractDraft(carrier, Way.FILE, layout, customer_code="0471234567", lost_after_days=5)
    set_contract(contract=contract, actor=WORLD, at=NOON)
    new = NewService(code, carrier, BY_CODE[code].name, code, max_weight_g=30_000, price_minor=940)
    return add_service(service=new, actor=WORLD, at=NOON)


def wanted(seller: Seller, service: Service, reference: str = "PCL-7K2M4Q-9", **receiver: str) -> Label:
    """The wish for a label of a parcel, that of the sealed parcel's job."""
    request = asked(replace(A_REQUEST, reference=reference), **receiver)
    return want_label(seller_id=seller.pk, service=service, request=request, at=NOON)


def file_of(service: Service, *parcels: str) -> CarrierFile:
    """The file of all labels that wait, or of those named."""
    layout = Contract.objects.get(carrier=service.carrier).layout
    return make_file(wish=FileWish(service.carrier, layout, parcels), actor=WORLD, at=NOON)


def came_back(*rows: str, carrier: str = "yamato", kind: str = "numbers", at: datetime = NOON) -> dict[str, str]:
    """A carrier's file handed in and taken by its job: what became of each row, by its first cell."""
    draft = AnswerDraft(carrier, kind, "back.csv", "\r\n".join(rows).encode("cp932"))
    answer = hand_in_answer(draft=draft, actor=WORLD, at=at)
    take_answer(answer.pk)
    return {row.key or row.tracking_number: row.outcome for row in answer.rows.order_by("place")}
