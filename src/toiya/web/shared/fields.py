"""The anatomy of a form field (ux.md 5.8) and the words beside it, from Django's bound fields."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.forms.boundfield import BoundWidget

from toiya.core.errors import Refusal


def anatomy(bound: BoundField) -> dict[str, Any]:
    """What `components/field.html` draws: control with its descriptions, and which of three shapes it has."""
    identity = bound.id_for_label or bound.auto_id or bound.html_name
    described = [f"{identity}-h"] if bound.help_text else []
    described += [f"{identity}-e"] if bound.errors else []
    widget = bound.field.widget
    shape = "line"
    if isinstance(widget, CheckboxInput):
        shape = "check"
    elif isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        shape = "group"
    return {
        "bound": bound,
        "identity": identity,
        "shape": shape,
        "control": _control(bound, described) if shape != "group" else "",
        "choices": _choices(bound) if shape == "group" else (),
        "described": " ".join(described),
        "is_marked": _is_marked(bound),
        "is_valid": _is_valid(bound),
    }


def _is_marked(bound: BoundField) -> bool:
    """Whether the form shows a bullet for what must be filled, which becomes a tick (A006)."""
    asked = bound.field.required or getattr(bound.field, "is_marked", False)
    return bool(getattr(bound.form, "is_marked", False) and asked)


def _is_valid(bound: BoundField) -> bool:
    """Whether a value is there that was not found wanting."""
    return bool(bound.value()) and not bound.errors


def _control(bound: BoundField, described: list[str]) -> str:
    attrs: dict[str, Any] = {"aria-describedby": " ".join(described) or None}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    bound.form.use_required_attribute = False  # the messages are ours; required is the normal case
    rendered: str = bound.as_widget(attrs={name: value for name, value in attrs.items() if value is not None})
    return rendered


def _choices(bound: BoundField) -> list[BoundWidget]:
    return list(bound.subwidgets)


def errors_of(form: BaseForm) -> list[tuple[str, str]]:
    """(id of the control or empty, message) of every error, in the order of the fields."""
    found = [("", str(message)) for message in form.non_field_errors()]
    for bound in form:
        found += [(bound.id_for_label or bound.auto_id, str(message)) for message in bound.errors]
    return found


def put_refusal(form: BaseForm, refusal: Refusal, places: dict[str, str] | None = None) -> None:
    """
    Show a refusal at the field it is about, else at the head of the form.

    :param places: field name by refusal code, such as `{"code_taken": "code"}`; else `details["field"]` is used
    """
    place = (places or {}).get(refusal.code) or refusal.details.get("field")
    form.add_error(place if place in form.fields else None, str(refusal))
