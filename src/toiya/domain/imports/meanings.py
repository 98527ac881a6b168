"""What headings mean to a seller: those said once, and those kept under a name for one platform's files."""

from __future__ import annotations

from toiya.domain.imports.models import ImportSession, KnownHeading, SavedColumns

OPTION = "columns"  # the question of the form: whose file it is


def meanings_for(session: ImportSession) -> dict[str, str]:
    """Column by folded heading for this file; the mapping that was chosen for it counts most."""
    known = KnownHeading.objects.filter(seller_id=session.seller_id, kind=session.kind)
    meanings = dict(known.values_list("heading", "column"))
    if name := session.options.get(OPTION, ""):
        saved = SavedColumns.objects.filter(seller_id=session.seller_id, kind=session.kind, name=name).first()
        meanings |= saved.meanings if saved else {}
    return meanings


def saved_names(seller_id: int, kind: str) -> list[str]:
    """The names a seller may choose from."""
    rows = SavedColumns.objects.filter(seller_id=seller_id, kind=kind)
    return list(rows.order_by("name").values_list("name", flat=True))
