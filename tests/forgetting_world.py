"""Where a name can still be read: every table and every kept file, in PDFs and cp932 files too (R25)."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from django.apps import apps
from django.conf import settings
from django.db import connection


def where_named(*names: str) -> list[str]:
    """Every table and kept file in which one of these names stands."""
    found = set()
    for model in apps.get_models():
        if not model.__module__.startswith("toiya."):
            continue
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT t::text FROM {table} t")
            texts = [row[0] for row in cursor.fetchall()]
        for field in model._meta.concrete_fields:
            if field.get_internal_type() == "BinaryField":
                texts += [words_of(bytes(value)) for value in model._default_manager.values_list(field.name, flat=True)]
        if any(name in text for name in names for text in texts):
            found.add(table)
    kept = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    return sorted(found) + [path.name for path in kept if any(name in words_of(path.read_bytes()) for name in names)]


def words_of(document: bytes) -> str:
    """What can be read in it."""
    if document.startswith(b"%PDF"):
        return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(document))
    return document.decode("cp932", errors="replace")
