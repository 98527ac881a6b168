"""What the office asks about files of carriers and about one label's history."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q

from toiya.core.actor import Actor
from toiya.core.errors import NotFound
from toiya.domain.carriers.models import Answer, AnswerRow, CarrierFile, Contract, Journey, Label, Way
from toiya.domain.carriers.plugs import carriers
from toiya.domain.carriers.port import FileCarrier


@dataclass(frozen=True, slots=True)
class FileDesk:
    """One carrier at the desk: its contract, its layouts, labels to write and those that have no number yet."""

    name: str
    label: str
    contract: Contract
    layouts: tuple[tuple[str, str], ...]
    waiting: int
    without_number: int

    @property
    def is_by_file(self) -> bool:
        return self.contract.way == Way.FILE

    @property
    def layout_label(self) -> str:
        return dict(self.layouts).get(self.contract.layout, "")


def desks() -> list[FileDesk]:
    """Every carrier there is, with what waits for its files (two queries)."""
    contracts = {row.carrier: row for row in Contract.objects.all()}
    waiting = Label.objects.filter(way=Way.FILE, status=Label.Status.WANTED, tracking_number="")
    counts = {
        carrier: (new, every)
        for carrier, new, every in waiting.values("carrier")
        .annotate(new=Count("pk", filter=Q(entries__isnull=True)), every=Count("pk", distinct=True))
        .values_list("carrier", "new", "every")
    }
    return [
        FileDesk(
            name=name,
            label=plug.label,
            contract=contracts.get(name) or Contract(carrier=name),
            layouts=tuple(plug.layouts.items()) if isinstance(plug, FileCarrier) else (),
            waiting=counts.get(name, (0, 0))[0],
            without_number=counts.get(name, (0, 0))[1] - counts.get(name, (0, 0))[0],
        )
        for name, plug in sorted(carriers().items())
    ]


def desk_of(name: str) -> FileDesk:
    """The desk of one carrier. :raises NotFound:"""
    found = next((desk for desk in desks() if desk.name == name), None)
    if found is None:
        raise NotFound(kind="carrier", code=name[:20])
    return found


def newest_files(most: int) -> list[CarrierFile]:
    """The files made last, without their bytes."""
    return list(CarrierFile.objects.defer("content").order_by("-pk")[:most])


def file_of(code: str) -> CarrierFile:
    """A file with its bytes. :raises NotFound:"""
    found: CarrierFile | None = CarrierFile.objects.filter(code=code).first()
    if found is None:
        raise NotFound(kind="file", code=code[:20])
    return found


def newest_answers(most: int) -> list[Answer]:
    """The files that came back last."""
    return list(Answer.objects.order_by("-pk")[:most])


def answer_of(code: str) -> tuple[Answer, Counter[str]]:
    """A file that came back, and how many of its rows became what. :raises NotFound:"""
    answer = Answer.objects.filter(code=code).first()
    if answer is None:
        raise NotFound(kind="file", code=code[:20])
    counted = AnswerRow.objects.filter(answer=answer).values("outcome").annotate(rows=Count("pk"))
    return answer, Counter({each["outcome"]: each["rows"] for each in counted})


def maybe_lost(actor: Actor, most: int) -> list[Journey]:
    """Parcels that their carriers have not scanned for long, the longest first."""
    rows = Journey.objects.visible_to(actor).exclude(suspected_at=None).select_related("label", "seller")
    return list(rows.defer("label__document").order_by("suspected_at", "pk")[:most])


def history_of(actor: Actor, parcel: str) -> Label:
    """A label with its prints, cancelled numbers, files and scans. :raises NotFound: none that this actor may see"""
    labels = Label.objects.visible_to(actor).filter(reference=parcel).defer("document").select_related("service")
    found: Label | None = labels.prefetch_related("prints", "voids", "scans", "entries__file").first()
    if found is None:
        raise NotFound(kind="label", code=parcel[:20])
    return found
