"""Freight marks: the eight frames a seller's mark is drawn in (ux.md 2)."""

from __future__ import annotations

from dataclasses import dataclass

# name, drawing on 48 x 48 as presentation attributes, baseline and size of the character
FRAMES: dict[str, tuple[str, int, int]] = {
    "maru": ('<circle cx="24" cy="24" r="20"/>', 32, 22),
    "kaku": ('<path d="M5 5h38v38H5z"/>', 33, 25),
    "hishi": ('<path d="M24 2 46 24 24 46 2 24z"/>', 31, 19),
    "yama": ('<path d="M3 20 24 4l21 16"/>', 42, 26),
    "uroko": ('<path d="M24 4 46 43H2z"/>', 38, 18),
    "igeta": ('<path d="M13 3v42M35 3v42M3 13h42M3 35h42"/>', 30, 18),
    "kikko": ('<path d="M14 4h20l11 20-11 20H14L3 24z"/>', 32, 23),
    "kane": ('<path d="M6 4v38h38"/>', 33, 26),
}


@dataclass(frozen=True, slots=True)
class FreightMark:
    """A seller's mark: frame and character are stored at approval, never recomputed."""

    frame: str
    character: str
    name: str

    @property
    def drawing(self) -> str:
        return FRAMES[self.frame][0]

    @property
    def baseline(self) -> int:
        return FRAMES[self.frame][1]

    @property
    def size(self) -> int:
        return FRAMES[self.frame][2]
