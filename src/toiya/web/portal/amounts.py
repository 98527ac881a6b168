"""Amounts as people type them: the office reads them too, so they stand in the shared part."""

from toiya.web.shared.amounts import shown_amount, typed_minor

__all__ = ["shown_amount", "typed_minor"]
