"""Status with arrows: the only way a row's status moves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from toiya.core.errors import Refusal


class NoSuchStep(Refusal):
    """The row's status does not allow this step."""

    code = "no_such_step"
    message = gettext_lazy(
        '%(code)s is "%(status)s", so it cannot become "%(wanted)s". Reload the page to see its state.'
    )


class WithStates(models.Model):
    """A row whose `status` follows ARROWS: status -> the statuses it may become."""

    ARROWS: ClassVar[Mapping[Any, frozenset[Any]]] = {}
    status: Any

    class Meta:
        abstract = True

    def move_to(self, status: str) -> None:
        """Set `status` if an arrow leads there. The row must be locked; the caller saves. :raises NoSuchStep:"""
        current = self.status
        if status not in self.ARROWS.get(current, frozenset()):
            code = getattr(self, "code", str(self.pk))
            raise NoSuchStep(code=code, status=self._word(current), wanted=self._word(status))
        self.status = status

    def _word(self, status: str) -> str:
        """A status in the reader's language."""
        field: Any = self._meta.get_field("status")
        words = dict(field.flatchoices)
        return str(words.get(status, status))
