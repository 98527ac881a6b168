"""What we say when something was understood and declined, and when an outside system fails."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from toiya.core.money import Money


class Refusal(Exception):
    """
    Understood and declined; nothing was changed.

    A subclass stands beside the action that raises it and fills `code` (stable, for programs) and
    `message` (lazy, whole sentences with named placeholders filled from `details`). An amount among them is a
    `Money`, never a bare number: in the sentence people read it as an amount.
    """

    code = "refused"
    message: Any = gettext_lazy("This cannot be done now.")

    def __init__(self, **details: Any) -> None:
        super().__init__(self.code)
        self.details = details

    def __str__(self) -> str:
        return str(self.message) % self.details if self.details else str(self.message)

    @property
    def facts(self) -> dict[str, Any]:
        """The details for programs and to be kept: of an amount its minor units, and beside it its `currency`."""
        told = dict(self.details)
        for name, value in self.details.items():
            if isinstance(value, Money):
                told |= {name: value.minor, "currency": value.currency}
        return told


class NotFound(Refusal):
    """No such object for this reader; says the same whether it exists for others or not."""

    code = "not_found"
    message = gettext_lazy("There is no %(kind)s %(code)s. Check the code and try once more.")


class Outside(Exception):
    """Base of what an outside system's plug may raise."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(f"{code}: {message}" if message else code)
        self.code = code
        self.message = message


class Unreachable(Outside):
    """No answer, or an answer that says later: the outcome is unknown and the call may be tried again."""


class Rejected(Outside):
    """Understood and declined by the outside system: trying the same again is of no use."""
