"""Receivers are forgotten at the deadline (R25): in the wish for a label, its PDF, and files for carriers."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from toiya.core.documents import Box, Style
from toiya.core.documents.pdf_labels import LabelPage
from toiya.domain.carriers.destination_rules import prefecture_of
from toiya.domain.carriers.models import CarrierFile, FileEntry, Label
from toiya.domain.carriers.redaction_rules import without_receivers

POSTAL_LETTERS = 3  # of a postal code: enough for statistics, too few to find anybody


def forget_receivers(*, seller_id: int, references: Sequence[str]) -> None:
    """
    A step for higher actions: empty what names the receivers of these parcels. Numbers, weights, days and prefectures
    stay; a label's PDF becomes a page that says so, and the parcel's row in a carrier's file keeps its control number.
    """
    labels = list(Label.objects.filter(seller_id=seller_id, reference__in=references).lock())
    for label in labels:
        receiver = label.shipment["receiver"]
        kept = {"postal_code": receiver["postal_code"][:POSTAL_LETTERS]}
        kept["first_line"] = prefecture_of(receiver["first_line"])
        label.shipment["receiver"] = dict.fromkeys(receiver, "") | kept
        label.problem = ""  # may quote what had no room on the label
        if label.document:
            label.document = erased_page(label.reference, label.tracking_number)
        label.save(update_fields=["shipment", "problem", "document"])
    entries = FileEntry.objects.filter(label__in=labels)
    _empty_rows(set(entries.values_list("file_id", flat=True)), set(entries.values_list("key", flat=True)))


def _empty_rows(file_ids: Collection[int], keys: Collection[str]) -> None:
    """What was left out of the files names the letters that stopped it: those go too."""
    for file in CarrierFile.objects.filter(pk__in=file_ids).lock():
        file.content = without_receivers(bytes(file.content), keys)
        file.sha256 = hashlib.sha256(file.content).hexdigest()
        file.left_out = [[key, field, problem, ""] for key, field, problem, _letters in file.left_out]
        file.save(update_fields=["content", "sha256", "left_out"])


def erased_page(reference: str, number: str) -> bytes:
    """What stands in the place of a document that named a receiver."""
    page = LabelPage(100, 150, title=reference)
    page.words(_("Erased with the receiver's address"), Box(8, 20, 84, 20), Style(14, 8, bold=True))
    page.words(f"{reference} {number}".strip(), Box(8, 45, 84, 8), Style(11, 6))
    return page.finish().pdf
