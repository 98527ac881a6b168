"""
Paper: pages drawn in millimetres with an embedded Japanese font, barcodes for 203 dpi, sheets of stickers.

The same drawing gives the same bytes. Nothing is cut off silently: text without room raises
`TextDoesNotFit`; names on labels (`labels`, drawn by `pdf_labels` and `zpl`) end in … instead. Korean and Chinese
need a Noto Sans CJK of the machine (`glyphs`).
"""

from toiya.core.documents.barcodes import CodeDoesNotFit
from toiya.core.documents.fitting import TextDoesNotFit
from toiya.core.documents.fonts import MISSING, Replaced
from toiya.core.documents.page import Box, Document, Page, Style
from toiya.core.documents.stickers import (
    CARD_A6,
    LAYOUTS,
    ROLL_60_40,
    SHEET_A4_24,
    Layout,
    Sticker,
    sticker_sheet,
)

__all__ = [
    "CARD_A6",
    "LAYOUTS",
    "MISSING",
    "ROLL_60_40",
    "SHEET_A4_24",
    "Box",
    "CodeDoesNotFit",
    "Document",
    "Layout",
    "Page",
    "Replaced",
    "Sticker",
    "Style",
    "TextDoesNotFit",
    "sticker_sheet",
]
