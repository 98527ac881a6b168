"""One QAPI call as it arrives: the three call styles become the same thing (channels.md 1.1)."""

from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpRequest

from toiya.sandbox.site.models import Shop
from toiya.sandbox.site.qapi.refusals import missing_field, missing_parameter

# What the gateway reads itself; it is neither handed to the method nor kept in the call record.
GATEWAY_PARAMETERS = {"key", "v", "method", "returnType"}
SECRET_PARAMETERS = {"pwd"}


@dataclass(frozen=True)
class ArrivedCall:
    """The raw call: which method, in which version, with which key and parameters."""

    method: str
    style: str
    http_method: str
    key: str
    version: str
    return_type: str
    parameters: dict[str, str]

    @property
    def harmless_parameters(self) -> dict[str, str]:
        """The parameters without passwords, for the call record."""
        return {name: "…" if name in SECRET_PARAMETERS else value for name, value in self.parameters.items()}


@dataclass(frozen=True)
class ShopCall:
    """An admitted call: whose shop it works on, and when."""

    shop: Shop
    method: str
    parameters: dict[str, str]
    at: datetime
    row_faults: tuple["RowFault", ...] = field(default=())

    def text(self, name: str) -> str:
        """Return a parameter without surrounding blanks; one that was not sent is empty."""
        return self.parameters.get(name, "").strip()

    def needed(self, name: str, position: int = 1) -> str:
        """
        Return a parameter of a shipping or claim call.

        :raises QapiRefusal: -10101 with [-112] when it is empty or not UTF-8
        """
        value = self.text(name)
        if not value or "\ufffd" in value:
            raise missing_parameter(position, name)
        return value

    def needed_field(self, name: str) -> str:
        """
        Return a parameter of an item call.

        :raises QapiRefusal: -99 when it is empty
        """
        value = self.text(name)
        if not value:
            raise missing_field(name)
        return value


@dataclass(frozen=True)
class RowFault:
    """A fault that hits single order lines of a call; no order numbers means every line."""

    kind: str
    code: int
    message: str
    order_numbers: frozenset[str]

    def hits(self, order_number: str) -> bool:
        """Tell whether a line is meant."""
        return not self.order_numbers or order_number in self.order_numbers


def read(request: HttpRequest, path_method: str | None) -> ArrivedCall:
    """Read a call in style A (POST, method in the path), B (method as a parameter), C (GET, in the path)."""
    sent = {**request.GET.dict(), **request.POST.dict()}
    parameters = {name: str(value) for name, value in sent.items()}
    in_path_style = "C" if request.method == "GET" else "A"
    return ArrivedCall(
        method=path_method or parameters.get("method", ""),
        style="B" if path_method is None else in_path_style,
        http_method=request.method or "",
        key=request.headers.get("GiosisCertificationKey") or parameters.get("key", ""),
        version=request.headers.get("QAPIVersion") or parameters.get("v", "") or "1.0",
        return_type=parameters.get("returnType", "json"),
        parameters={name: value for name, value in parameters.items() if name not in GATEWAY_PARAMETERS},
    )
