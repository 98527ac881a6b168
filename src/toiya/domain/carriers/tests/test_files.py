"""Labels by file: written once, numbers taken once, and nothing that comes back does harm."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.carrier_files_world import by_file, came_back, file_of, wanted
from tests.world import NOON, WORLD, a_seller
from toiya.core.models import EventRow
from toiya.domain.carriers.actions.answers import AnswerDraft, AnswerNotRead, hand_in_answer, take_row
from toiya.domain.carriers.actions.files import NoRowCarried, NothingForFile
from toiya.domain.carriers.actions.labels import FieldsNotCarried
from toiya.domain.carriers.actions.terms import ContractDraft, NoFilesThere, set_contract
from toiya.domain.carriers.actions.voiding import void_label
from toiya.domain.carriers.jobs import buy_label, sweep_labels
from toiya.domain.carriers.models import AnswerRow, CarrierFile, FileEntry, Label, Way
from toiya.domain.carriers.queries import label_document

pytestmark = pytest.mark.django_db
ONE, TWO, BAD = "PCL-7K2M4Q-9", "PCL-8K2M4Q-8", "PCL-9K2M4Q-7"
KEY, OTHER = "PCL7K2M4Q9", "PCL8K2M4Q8"
NUMBER, NEXT = "444413758703", "512547514334"


def test_a_label_by_file_waits_without_a_number_and_is_asked_for_by_nobody() -> None:
    label = wanted(a_seller(), by_file())
    assert (label.status, label.way, label.tracking_number, label.next_try_at) == ("wanted", "file", "", None)
    buy_label(label.pk)
    sweep_labels(0)
    label.refresh_from_db()
    assert (label.status, label.attempt) == ("wanted", 0)


def test_a_file_holds_each_waiting_label_once_and_stays_the_same_bytes() -> None:
    seller, service = a_seller(), by_file()
    wanted(seller, service)
    made = file_of(service)
    assert (made.rows, made.carrier, made.layout, made.name) == (1, "yamato", "b2-95", f"b2-95-{made.code}.csv")
    assert bytes(made.content).startswith(f"{KEY},0,0,,2026/11/25,".encode())
    with pytest.raises(NothingForFile):
        file_of(service)
    wanted(seller, service, TWO)
    assert [entry.key for entry in file_of(service).entries.all()] == [OTHER]
    again = file_of(service, ONE)
    assert bytes(again.content) == bytes(CarrierFile.objects.get(pk=made.pk).content)
    assert again.sha256 == made.sha256
    assert Label.objects.filter(status="wanted", tracking_number="").count() == 2


def test_a_row_that_cannot_be_written_is_refused_when_the_label_is_wanted() -> None:
    seller, service = a_seller(), by_file()
    with pytest.raises(FieldsNotCarried) as refused:
        wanted(seller, service, name="김영희")
    assert str(refused.value) == (
        "The files of ヤマト運輸 cannot carry this: お届け先名 has letters that cannot be written: 김; "
        "お届け先名 has letters that cannot be written: 영; お届け先名 has letters that cannot be written: 희. "
        "Mend the address, or choose another carrier."
    )
    assert Label.objects.count() == 0


def test_a_row_that_went_bad_since_is_left_out_and_told() -> None:
    seller, service = a_seller(), by_file()
    label = wanted(seller, service, BAD)
    label.shipment["receiver"]["name"] = "김"
    label.save()
    with pytest.raises(NoRowCarried, match="PCL9K2M4Q7 お届け先名 김"):
        file_of(service)
    wanted(seller, service)
    made = file_of(service)
    assert (made.rows, made.left_out) == (1, [["PCL9K2M4Q7", "お届け先名", "unprintable", "김"]])


def test_numbers_that_come_back_make_the_labels() -> None:
    seller, service = a_seller(), by_file()
    label = wanted(seller, service)
    file_of(service)
    assert came_back(f"{KEY},0,0,{NUMBER}") == {KEY: "taken"}
    buy_label(label.pk)
    label.refresh_from_db()
    assert (label.status, label.tracking_number) == ("bought", NUMBER)
    assert label_document(WORLD, ONE).startswith(b"%PDF")
    names = EventRow.objects.filter(subject="ORD-7K2M4Q-9").order_by("pk").values_list("name", flat=True)
    assert list(names) == ["label.numbered", "label.bought"]


def test_partial_repeated_reordered_and_damaged_files_do_no_harm() -> None:
    seller, service = a_seller(), by_file()
    one, two = wanted(seller, service), wanted(seller, service, TWO)
    file_of(service)
    assert came_back(f"{OTHER},0,0,UMN123456789", f"{KEY},0,0,{NUMBER}") == {OTHER: "not_printed", KEY: "taken"}
    assert came_back(f"{KEY},0,0,{NUMBER}", f"{OTHER},0,0,4.44E+11") == {KEY: "same", OTHER: "bad_number"}
    found = came_back(f"{OTHER},0,0,{NUMBER}", f"{KEY},0,0,{NEXT}", "PCLNOBODY1,0,0,405548424886")
    assert found == {OTHER: "used", KEY: "other_number", "PCLNOBODY1": "unknown"}
    for label in (one, two):
        label.refresh_from_db()
    assert (one.tracking_number, two.tracking_number) == (NUMBER, "")
    assert came_back(f"{OTHER},0,0,{NEXT}") == {OTHER: "taken"}


def test_a_row_is_taken_once_however_often_its_job_runs() -> None:
    label = wanted(a_seller(), by_file())
    file_of(label.service)
    came_back(f"{KEY},0,0,{NUMBER}")
    row = AnswerRow.objects.get()
    assert take_row(row_id=row.pk, actor=WORLD, at=NOON).outcome == "taken"
    assert EventRow.objects.filter(name="label.numbered").count() == 1


def test_a_cancelled_number_is_never_used_again_and_another_is_taken() -> None:
    label = wanted(a_seller(), by_file())
    file_of(label.service)
    came_back(f"{KEY},0,0,{NUMBER}")
    buy_label(label.pk)
    label.refresh_from_db()
    assert void_label(label=label, reason="Wet", actor=WORLD, at=NOON) == NUMBER
    again = wanted(label.seller, label.service)
    assert (again.pk, again.tracking_number, again.next_try_at) == (label.pk, "", None)
    assert came_back(f"{KEY},0,0,{NUMBER}") == {KEY: "voided"}
    assert came_back(f"{KEY},0,0,{NEXT}") == {KEY: "taken"}


def test_a_label_nobody_wants_any_more_takes_no_number() -> None:
    label = wanted(a_seller(), by_file())
    file_of(label.service)
    Label.objects.filter(pk=label.pk).update(status="dropped")
    assert came_back(f"{KEY},0,0,{NUMBER}") == {KEY: "not_wanted"}


def test_a_file_of_another_kind_is_refused_and_nothing_kept() -> None:
    by_file()
    with pytest.raises(AnswerNotRead, match="ヤマト運輸"):
        hand_in_answer(draft=AnswerDraft("yamato", "numbers", "x.csv", b"hello"), actor=WORLD, at=NOON)
    with pytest.raises(AnswerNotRead):
        hand_in_answer(draft=AnswerDraft("yamato", "scans", "x.csv", b"hello"), actor=WORLD, at=NOON)
    assert AnswerRow.objects.count() == FileEntry.objects.count() == 0


def test_a_contract_by_file_needs_a_layout_of_the_carrier() -> None:
    with pytest.raises(NoFilesThere, match="ヤマト運輸 takes no files of layout ehiden3"):
        set_contract(contract=ContractDraft("yamato", Way.FILE, "ehiden3"), actor=WORLD, at=NOON)
    with pytest.raises(NoFilesThere):
        set_contract(contract=ContractDraft("test_carrier", Way.FILE, "b2-95"), actor=WORLD, at=NOON)


def test_scans_are_noted_once_and_the_newest_says_where_the_parcel_is() -> None:
    label = wanted(a_seller(), by_file())
    file_of(label.service)
    came_back(f"{KEY},0,0,{NUMBER}")
    later = NOON + timedelta(days=3)
    rows = (
        f"{NUMBER},配達完了,2026/11/22 14:05",
        f"{NUMBER},out,2026/11/22 09:00",
    )
    assert came_back(*rows, kind="scans", at=later) == {NUMBER: "taken"}
    assert list(AnswerRow.objects.filter(state__gt="").values_list("outcome", flat=True)) == ["taken", "taken"]
    label.refresh_from_db()
    assert label.journey.state == "delivered"
    assert came_back(*rows, kind="scans", at=later) == {NUMBER: "same"}
    assert label.scans.count() == 2
    assert came_back(f"{NUMBER},eaten,2026/11/22", kind="scans", at=later) == {NUMBER: "bad_scan"}
    assert came_back(f"{NUMBER},out,2026/12/24", kind="scans", at=later) == {NUMBER: "bad_scan"}
    assert came_back(f"{NEXT},out,2026/11/22", kind="scans", at=later) == {NEXT: "unknown"}
    names = EventRow.objects.filter(name__startswith="carrier.", subject="ORD-7K2M4Q-9").order_by("pk")
    assert list(names.values_list("name", flat=True)) == ["carrier.delivered", "carrier.scanned"]
