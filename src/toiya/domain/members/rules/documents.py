"""What whoever signs up agrees to: the documents and their present versions (A018)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """One document in one version; its text lies with the pages."""

    code: str
    version: str


DOCUMENTS: tuple[Document, ...] = (
    Document("terms", "2026-11"),
    Document("privacy", "2026-11"),
    Document("fees", "2026-11"),
)
