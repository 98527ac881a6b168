"""JSON bodies of the control API, read with one clear message for each mistake."""

import json
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from django.http import HttpRequest

NOTHING = object()


class ControlRefused(Exception):
    """A control request that cannot be carried out; the text says what, where and how to mend it."""

    def __init__(self, message: str, status: int = 400) -> None:
        """Keep the text and the HTTP status to answer with."""
        super().__init__(message)
        self.message = message
        self.status = status


class Body:
    """One JSON object. Each reader takes a field away; :meth:`end` refuses what nobody asked for."""

    def __init__(self, fields: object, place: str = "body") -> None:
        """Take an object apart; ``place`` names it in messages."""
        if not isinstance(fields, dict):
            raise ControlRefused(f"{place} is not a JSON object. Send an object.")
        self._fields = dict(fields)
        self._place = place

    @classmethod
    def of(cls, request: HttpRequest) -> "Body":
        """
        Read a request's body; an empty one is an empty object.

        :raises ControlRefused: it is not JSON, or not declared as JSON
        """
        if not request.body:
            return cls({})
        if request.content_type != "application/json":
            raise ControlRefused("The body is not declared as application/json. Set Content-Type.", 415)
        try:
            return cls(json.loads(request.body))
        except ValueError as mistake:
            raise ControlRefused(f"The body is not JSON: {mistake}. Mend it there.") from mistake

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text field."""
        value = self._take(name, default)
        if not isinstance(value, str):
            raise self._wrong(name, "a text")
        return value

    def integer(self, name: str, default: int | None = None) -> int:
        """Return a whole number."""
        value = self._take(name, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong(name, "a whole number")
        return value

    def integer_or_none(self, name: str) -> int | None:
        """Return a whole number, or None when the field is null or absent."""
        if self._fields.get(name) is None:
            self.drop(name)
            return None
        return self.integer(name)

    def decimal(self, name: str, default: Decimal | None = None) -> Decimal:
        """Return an amount, given as a number or a text."""
        value = self._take(name, default)
        try:
            return Decimal(str(value))
        except InvalidOperation as mistake:
            raise self._wrong(name, "an amount") from mistake

    def decimal_or_none(self, name: str) -> Decimal | None:
        """Return an amount, or None when the field is null or absent."""
        if self._fields.get(name) is None:
            self.drop(name)
            return None
        return self.decimal(name)

    def flag(self, name: str, default: bool | None = None) -> bool:
        """Return true or false."""
        value = self._take(name, default)
        if not isinstance(value, bool):
            raise self._wrong(name, "true or false")
        return value

    def moment(self, name: str, default: datetime | None = None) -> datetime:
        """Return a moment, written as ISO 8601 with an offset."""
        value = self._take(name, default)
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError as mistake:
            raise self._wrong(name, "a moment such as 2026-04-01T10:00:00+09:00") from mistake
        if moment.utcoffset() is None:
            raise self._wrong(name, "a moment with its offset, such as 2026-04-01T10:00:00+09:00")
        return moment

    def record(self, name: str) -> dict[str, object]:
        """Return an object as it is, or an empty one."""
        value = self._take(name, {})
        if not isinstance(value, dict):
            raise self._wrong(name, "an object")
        return value

    def texts(self, name: str) -> dict[str, str]:
        """Return an object whose values are texts, or an empty one."""
        record = self.record(name)
        if not all(isinstance(value, str) for value in record.values()):
            raise self._wrong(name, "an object of texts")
        return {key: str(value) for key, value in record.items()}

    def bodies(self, name: str) -> list["Body"]:
        """Return an array of objects, or an empty one."""
        value = self._take(name, [])
        if not isinstance(value, list):
            raise self._wrong(name, "an array")
        return [Body(part, f"{self._place}.{name}[{index}]") for index, part in enumerate(value)]

    def list_of(self, name: str) -> list[object]:
        """Return an array as it is, or an empty one."""
        value = self._take(name, [])
        if not isinstance(value, list):
            raise self._wrong(name, "an array")
        return value

    def has(self, name: str) -> bool:
        """Tell whether a field was sent, null or not."""
        return name in self._fields

    def is_null(self, name: str) -> bool:
        """Tell whether a field was sent as null."""
        return name in self._fields and self._fields[name] is None

    def after(self, name: str, start: datetime) -> datetime:
        """Return the moment a number of seconds after another; absent means at once."""
        return start + timedelta(seconds=self.integer(name, 0))

    def end(self) -> None:
        """
        Finish reading.

        :raises ControlRefused: fields are left that no reader took
        """
        if self._fields:
            names = ", ".join(sorted(map(str, self._fields)))
            raise ControlRefused(f"{self._place} has unknown fields: {names}. Remove them.")

    def drop(self, name: str) -> None:
        """Take a field away unread."""
        self._fields.pop(name, None)

    def _take(self, name: str, default: object) -> object:
        value = self._fields.pop(name, NOTHING)
        if value is not NOTHING:
            return value
        if default is None:
            raise ControlRefused(f"{self._place} has no {name}. Add it.")
        return default

    def _wrong(self, name: str, wanted: str) -> ControlRefused:
        return ControlRefused(f"{self._place}.{name} is not {wanted}. Change it.")
