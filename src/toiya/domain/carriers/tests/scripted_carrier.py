"""A carrier outside our house that does as the script says: answers, declines, or is silent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from toiya.core.errors import Outside
from toiya.domain.carriers.port import LabelAnswer, LabelRequest


class ScriptedCarrier:
    """
    Keeps what it sold by reference, as a carrier does. Each call takes the next step of `script`: an error to
    raise, something to do before answering, or nothing.
    """

    label = "Scripted Express"
    is_test = True

    def __init__(self, name: str = "scripted", *, needs_number: bool = True) -> None:
        self.name = name
        self.needs_number = needs_number
        self.script: list[Outside | Callable[[], None] | None] = []
        self.sold: dict[str, LabelAnswer] = {}
        self.calls: defaultdict[str, list[LabelRequest]] = defaultdict(list)

    def check_digit(self, body: int) -> str:
        return f"{body}{body % 7}"

    def buy(self, request: LabelRequest) -> LabelAnswer:
        self.calls[request.reference].append(request)
        step = self.script.pop(0) if self.script else None
        if isinstance(step, Outside):
            raise step
        number = request.tracking_number or f"{len(self.sold) + 1:012d}"
        answer = self.sold.setdefault(request.reference, LabelAnswer(number, f"PDF of {number}".encode()))
        if step is not None:
            step()
        return answer
