"""Two desks at the same files: each label is written once, each row that came back is taken once."""

from __future__ import annotations

import pytest

from tests.carrier_files_world import by_file, file_of, wanted
from tests.races.together import together
from tests.world import NOON, WORLD, a_seller
from toiya.core.models import EventRow
from toiya.domain.carriers.actions.answers import AnswerDraft, hand_in_answer, take_row
from toiya.domain.carriers.actions.files import NothingForFile
from toiya.domain.carriers.models import AnswerRow, CarrierFile, FileEntry, Label

pytestmark = pytest.mark.django_db(transaction=True)
LABELS, DESKS = 6, 6


def test_desks_that_make_files_at_once_write_each_label_once() -> None:
    seller, service = a_seller(), by_file()
    for number in range(LABELS):
        wanted(seller, service, f"PCL-RACE{number}-2")
    ends = together([lambda: file_of(service)] * DESKS)
    assert ends.troubles == []
    assert [type(refusal) for refusal in ends.refusals] == [NothingForFile] * (DESKS - 1)
    assert FileEntry.objects.count() == LABELS
    assert CarrierFile.objects.get().rows == LABELS


def test_a_row_that_several_jobs_take_at_once_is_taken_once() -> None:
    service = by_file()
    wanted(a_seller(), service)
    file_of(service)
    draft = AnswerDraft("yamato", "numbers", "back.csv", b"PCL7K2M4Q9,0,0,444413758703")
    hand_in_answer(draft=draft, actor=WORLD, at=NOON)
    row = AnswerRow.objects.get()
    ends = together([lambda: take_row(row_id=row.pk, actor=WORLD, at=NOON).outcome] * DESKS)
    assert (ends.troubles, ends.refusals) == ([], [])
    assert ends.answers == ["taken"] * DESKS
    assert EventRow.objects.filter(name="label.numbered").count() == 1
    assert Label.objects.get().tracking_number == "444413758703"
