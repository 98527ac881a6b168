"""One file, many hands: it is one session, its rows are applied once, whatever is pressed or run beside it."""

from __future__ import annotations

import pytest

from tests.books import findings
from tests.imports_world import checked, csv_file, handed_in, owner_of
from tests.races.together import together
from tests.world import NOON, a_seller
from toiya.core.models import EventRow
from toiya.domain.catalog.models import InventoryItem, Sku
from toiya.domain.imports.actions.applying import want_applying
from toiya.domain.imports.actions.rereading import Choice, choose_reading
from toiya.domain.imports.jobs import go_on
from toiya.domain.imports.models import ImportRow, ImportSession
from toiya.domain.members.models import Seller

pytestmark = pytest.mark.django_db(transaction=True)
THREADS, ROWS = 6, 1500
CONTENT = csv_file(["ItemName", "Qty"], *[[f"Item {number // 3}", str(number)] for number in range(0, ROWS * 3, 3)])


@pytest.fixture
def seller(transactional_db: None) -> Seller:
    seller = a_seller()
    owner_of(seller)
    return seller


def test_one_file_handed_in_by_six_at_once_is_one_session(seller: Seller) -> None:
    ends = together([lambda: handed_in(seller, "items", CONTENT)] * THREADS)
    assert (ends.troubles, ends.refusals) == ([], [])
    assert ImportSession.objects.count() == 1
    assert sum(not answer.is_known for answer in ends.answers) == 1  # type: ignore[attr-defined]


def test_six_jobs_that_read_one_file_leave_each_row_once(seller: Seller) -> None:
    session = handed_in(seller, "items", CONTENT).session
    together([lambda: go_on(session.pk, NOON)] * THREADS)
    go_on(session.pk, NOON)  # as a job that was revived would
    session.refresh_from_db()
    assert (session.status, session.rows_read) == ("checked", ROWS)
    assert ImportRow.objects.count() == ROWS


def test_six_presses_and_six_jobs_apply_each_row_once(seller: Seller) -> None:
    session = checked(seller, "items", CONTENT)
    owner = owner_of(seller)

    def press() -> None:
        want_applying(session_code=session.code, is_all_or_nothing=False, actor=owner, at=NOON)
        go_on(session.pk, NOON)

    ends = together([press] * THREADS)
    assert (ends.troubles, ends.refusals) == ([], [])
    session.refresh_from_db()
    assert (session.status, session.rows_applied) == ("done", ROWS)
    assert (Sku.objects.count(), InventoryItem.objects.count()) == (ROWS, ROWS)
    assert EventRow.objects.filter(name="import.applying_wanted").count() == 1
    assert EventRow.objects.filter(name="import.applied").count() == 1
    assert findings() == []


def test_one_applies_what_another_reads_anew_and_only_one_of_them_gets_it(seller: Seller) -> None:
    session = checked(seller, "items", csv_file(["ItemName", "Qty"], ["Vase", "3"], ["Bowl", "4"]))
    owner = owner_of(seller)

    def apply() -> None:
        want_applying(session_code=session.code, is_all_or_nothing=False, actor=owner, at=NOON)
        go_on(session.pk, NOON)

    def read_anew() -> None:
        choose_reading(session_code=session.code, choice=Choice(encoding="cp932"), actor=owner, at=NOON)
        go_on(session.pk, NOON)

    ends = together([apply, read_anew] * 3)
    assert ends.troubles == []
    go_on(session.pk, NOON)  # as a job that was revived would
    session.refresh_from_db()
    names = list(EventRow.objects.filter(subject=session.code).order_by("id").values_list("name", flat=True))
    if session.status == "done":
        assert Sku.objects.count() == 2
        assert "import.reading_chosen" not in names[names.index("import.applying_wanted") :]
    else:
        assert (session.status, session.encoding, Sku.objects.count()) == ("checked", "cp932", 0)
    assert ImportRow.objects.count() == 2
    assert findings() == []
