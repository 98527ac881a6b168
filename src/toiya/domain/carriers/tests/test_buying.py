"""The job: one label however often it runs, late answers left aside, a killed worker's label found again."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection

from toiya.core import clock
from toiya.core.actor import Actor, system_actor
from toiya.core.errors import NotFound, Rejected, Unreachable
from toiya.core.models import EventRow
from toiya.domain.carriers import jobs, queries, rules
from toiya.domain.carriers.actions import buying
from toiya.domain.carriers.actions.labels import want_label
from toiya.domain.carriers.models import Label, NumberRange, Service
from toiya.domain.carriers.port import LabelAnswer, LabelRequest
from toiya.domain.carriers.tests.scripted_carrier import ScriptedCarrier
from toiya.domain.members.models import Seller

pytestmark = pytest.mark.django_db

NUMBER = "999000000014"
DOCUMENT = b"PDF of 999000000014"


class Killed(BaseException):
    """The worker is gone: nothing after this point runs."""


@pytest.fixture
def label(seller: Seller, service: Service, numbers: NumberRange, wish: LabelRequest, at: datetime) -> Label:
    return want_label(seller_id=seller.pk, service=service, request=wish, at=at)


def fresh(label: Label) -> Label:
    return Label.objects.get(pk=label.pk)


def label_events() -> list[tuple[str, str]]:
    rows = EventRow.objects.filter(name__startswith="label.").order_by("pk")
    return [(row.name, row.subject) for row in rows]


def woken() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (args->>'label_id')::bigint FROM procrastinate_jobs "
            "WHERE task_name = 'carriers.buy_label' AND status = 'todo' ORDER BY id"
        )
        return [row[0] for row in cursor.fetchall()]


def test_the_job_makes_the_label_and_says_so_once(label: Label, carrier: ScriptedCarrier) -> None:
    jobs.buy_label(label.pk)
    made = fresh(label)
    assert (made.status, made.tracking_number, bytes(made.document)) == ("bought", NUMBER, DOCUMENT)
    assert made.next_try_at is None
    assert made.bought_at is not None
    event = EventRow.objects.get(name="label.bought")
    assert (event.subject, event.seller_id) == ("ORD-7K2M4Q-9", label.seller_id)
    assert event.data == {
        "label_id": label.pk,
        "parcel": "PCL-7K2M4Q-9",
        "carrier": "scripted",
        "tracking_number": NUMBER,
    }


def test_the_job_run_twice_makes_one_label(label: Label, carrier: ScriptedCarrier) -> None:
    jobs.buy_label(label.pk)
    first = fresh(label)
    jobs.buy_label(label.pk)
    assert len(carrier.calls["PCL-7K2M4Q-9"]) == 1
    assert fresh(label).bought_at == first.bought_at
    assert label_events() == [("label.bought", "ORD-7K2M4Q-9")]


def test_a_worker_killed_between_call_and_record_leaves_a_wish_that_ends_with_the_same_number(
    label: Label, carrier: ScriptedCarrier
) -> None:
    def die() -> None:
        raise Killed

    carrier.script = [die]
    with pytest.raises(Killed):
        jobs.buy_label(label.pk)
    assert (fresh(label).status, fresh(label).attempt) == ("wanted", 1)

    jobs.buy_label(label.pk)
    assert (fresh(label).status, fresh(label).tracking_number, fresh(label).attempt) == ("bought", NUMBER, 2)
    assert [request.tracking_number for request in carrier.calls["PCL-7K2M4Q-9"]] == [NUMBER, NUMBER]
    assert len(carrier.sold) == 1
    assert label_events() == [("label.bought", "ORD-7K2M4Q-9")]


def test_a_killed_workers_label_is_woken_by_the_sweep_when_its_call_is_over_time(label: Label, at: datetime) -> None:
    buying.claim_label(label_id=label.pk, at=at)
    assert queries.due_labels(at + rules.CALL_LIMIT - timedelta(seconds=1), most=10) == []
    assert queries.due_labels(at + rules.CALL_LIMIT, most=10) == [label.pk]


def test_the_sweep_wakes_what_is_due_once_and_leaves_the_rest(label: Label) -> None:
    jobs.sweep_labels(0)
    jobs.sweep_labels(0)
    assert woken() == [label.pk]
    Label.objects.filter(pk=label.pk).update(next_try_at=clock.now() + timedelta(hours=1))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    jobs.sweep_labels(0)
    assert woken() == []


@pytest.mark.parametrize("kind", ["bought", "rejected", "unreachable"])
def test_the_answer_of_an_older_attempt_is_left_aside(label: Label, actor: Actor, at: datetime, kind: str) -> None:
    buying.claim_label(label_id=label.pk, at=at)
    buying.claim_label(label_id=label.pk, at=at)
    before = Label.objects.filter(pk=label.pk).values().get()
    if kind == "bought":
        answer = LabelAnswer(NUMBER, b"late")
        buying.record_bought(label_id=label.pk, attempt=1, answer=answer, actor=actor, at=at)
    elif kind == "rejected":
        buying.record_rejected(label_id=label.pk, attempt=1, refused=Rejected("late"), actor=actor, at=at)
    else:
        failure = Unreachable("late")
        buying.record_unreachable(label_id=label.pk, attempt=1, failure=failure, actor=actor, at=at)
    assert Label.objects.filter(pk=label.pk).values().get() == before
    assert label_events() == []


def test_a_late_answer_never_touches_a_made_label(label: Label, actor: Actor, at: datetime) -> None:
    claim = buying.claim_label(label_id=label.pk, at=at)
    assert claim is not None
    for document in (b"first", b"second"):
        answer = LabelAnswer(NUMBER, document)
        buying.record_bought(label_id=label.pk, attempt=claim.attempt, answer=answer, actor=actor, at=at)
    assert bytes(fresh(label).document) == b"first"
    assert label_events() == [("label.bought", "ORD-7K2M4Q-9")]


def test_a_zombie_that_answers_while_its_successor_asks_changes_nothing(label: Label, carrier: ScriptedCarrier) -> None:
    carrier.script = [lambda: jobs.buy_label(label.pk)]
    jobs.buy_label(label.pk)
    assert (fresh(label).status, fresh(label).attempt) == ("bought", 2)
    assert len(carrier.sold) == 1
    assert label_events() == [("label.bought", "ORD-7K2M4Q-9")]


def test_another_number_than_ours_is_an_error_and_nothing_is_stored(label: Label, actor: Actor, at: datetime) -> None:
    claim = buying.claim_label(label_id=label.pk, at=at)
    assert claim is not None
    with pytest.raises(ValueError, match="asked for 999000000014, got 444413758703"):
        buying.record_bought(label_id=label.pk, attempt=1, answer=LabelAnswer("444413758703", b""), actor=actor, at=at)
    assert fresh(label).status == "wanted"
    assert label_events() == []


def test_remarks_of_the_carrier_are_kept(label: Label, actor: Actor, at: datetime) -> None:
    buying.claim_label(label_id=label.pk, at=at)
    answer = LabelAnswer(NUMBER, DOCUMENT, remarks=("김 was printed as 〓",))
    buying.record_bought(label_id=label.pk, attempt=1, answer=answer, actor=actor, at=at)
    assert fresh(label).problem == "김 was printed as 〓"


def test_a_rejected_label_waits_for_a_person(label: Label, carrier: ScriptedCarrier) -> None:
    carrier.script = [Rejected("address_unknown", "No such postal code.")]
    jobs.buy_label(label.pk)
    refused = fresh(label)
    assert (refused.status, refused.next_try_at) == ("rejected", None)
    assert refused.problem == "address_unknown: No such postal code."
    event = EventRow.objects.get(name="label.rejected")
    assert event.data["problem"] == "address_unknown: No such postal code."
    jobs.buy_label(label.pk)
    assert len(carrier.calls["PCL-7K2M4Q-9"]) == 1


def test_a_silent_carrier_is_asked_again_later_and_then_it_works(
    label: Label, carrier: ScriptedCarrier, at: datetime
) -> None:
    carrier.script = [Unreachable("timeout")]
    Label.objects.filter(pk=label.pk).update(wanted_at=clock.now(), next_try_at=clock.now())
    jobs.buy_label(label.pk)
    waiting = fresh(label)
    assert (waiting.status, waiting.problem) == ("wanted", "timeout")
    assert waiting.next_try_at is not None
    assert rules.SHORTEST_WAIT <= waiting.next_try_at - waiting.wanted_at <= rules.SHORTEST_WAIT * 2
    assert label_events() == []
    jobs.buy_label(label.pk)
    assert (fresh(label).status, fresh(label).problem) == ("bought", "")


def test_a_carrier_silent_for_half_a_day_leaves_a_label_in_doubt(label: Label, actor: Actor, at: datetime) -> None:
    buying.claim_label(label_id=label.pk, at=at)
    late = at + rules.PATIENCE
    failure = Unreachable("timeout")
    buying.record_unreachable(label_id=label.pk, attempt=1, failure=failure, actor=actor, at=late)
    assert (fresh(label).status, fresh(label).next_try_at) == ("in_doubt", None)
    assert label_events() == [("label.in_doubt", "ORD-7K2M4Q-9")]
    assert [row.pk for row in queries.labels_to_mend(actor)] == [label.pk]


def test_a_plug_with_a_bug_is_logged_and_tried_again_later(label: Label, carrier: ScriptedCarrier) -> None:
    def stumble() -> None:
        raise KeyError("weight")

    Label.objects.filter(pk=label.pk).update(wanted_at=clock.now())
    carrier.script = [stumble]
    with pytest.raises(KeyError):
        jobs.buy_label(label.pk)
    assert (fresh(label).status, fresh(label).problem) == ("wanted", "plug_broken: KeyError")


def test_the_document_is_for_its_seller_and_only_when_made(
    label: Label, carrier: ScriptedCarrier, actor: Actor, seller: Seller
) -> None:
    with pytest.raises(queries.LabelNotMade):
        queries.label_document(actor, label.reference)
    jobs.buy_label(label.pk)
    owner = replace(actor, seller_id=seller.pk)
    assert queries.label_document(owner, label.reference) == DOCUMENT
    assert queries.label_of(owner, label.reference).tracking_number == NUMBER
    stranger = replace(system_actor("stranger"), seller_id=seller.pk + 1)
    for ask in (queries.label_document, queries.label_of):
        with pytest.raises(NotFound):
            ask(stranger, label.reference)


def test_a_service_is_found_by_its_code(service: Service) -> None:
    assert queries.service("swift") == service
    assert queries.services() == [service]
    with pytest.raises(NotFound):
        queries.service("slow")
