"""
A label printer for the tests: understands the part of ZPL II that we send, and gives what it would print.

Codes are drawn by another library than the one that made ours, graphics are unpacked as the printer's manual says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import zxingcpp
from PIL import Image, ImageDraw

_COMMAND = re.compile(r"\^([A-Z][A-Z0-9])([^^]*)")
_LINEAR = {"BC": zxingcpp.BarcodeFormat.Code128, "BE": zxingcpp.BarcodeFormat.EAN13, "B8": zxingcpp.BarcodeFormat.EAN8}


class NotUnderstood(Exception):
    """A command this printer does not know."""


@dataclass(frozen=True)
class Printed:
    """One label and how many of it came out."""

    picture: Image.Image
    copies: int

    def codes(self) -> list[tuple[str, str]]:
        """What a scanner reads from it: (kind, text)."""
        return sorted((str(found.format), found.text) for found in zxingcpp.read_barcodes(self.picture))


def print_zpl(zpl: str) -> list[Printed]:
    """Every label of a file. :raises NotUnderstood: a command outside our part of the language"""
    printed = []
    for label in zpl.split("^XA")[1:]:
        assert label.rstrip().endswith("^XZ")
        printed.append(_Printer().run(label))
    return printed


class _Printer:
    """The state between two commands: where, how wide, what code comes."""

    def __init__(self) -> None:
        self.size = (0, 0)
        self.picture = Image.new("L", (1, 1), 255)
        self.at = (0, 0)
        self.module = 2
        self.pending: tuple[str, list[str]] = ("", [])
        self.escape = ""
        self.copies = 1

    def run(self, label: str) -> Printed:
        for name, rest in _COMMAND.findall(label):
            self.obey(name, rest.strip("\n"))
        return Printed(self.picture, self.copies)

    def obey(self, name: str, rest: str) -> None:
        values = rest.split(",")
        if name in {*_LINEAR, "BQ"}:
            self.pending = (name, values)
        elif name == "FD":
            self.code(self.told(rest))
        elif name == "GF":
            self.graphic(values)
        elif name == "GB":
            self.box(*(int(value) for value in values))
        elif name == "FH":
            self.escape = rest
        elif name in {"PW", "LL", "FO", "BY", "PQ"}:
            self.set_up(name, [int(value) for value in values])
        elif name not in {"CI", "LH", "FS", "XZ"}:
            raise NotUnderstood(name)

    def set_up(self, name: str, values: list[int]) -> None:
        if name == "PW":
            self.size = (values[0], self.size[1])
        elif name == "LL":
            self.picture = Image.new("L", (self.size[0], values[0]), 255)
        elif name == "FO":
            self.at = (values[0], values[1])
        elif name == "BY":
            self.module = values[0]
        else:
            self.copies = values[0]

    def told(self, text: str) -> str:
        if not self.escape:
            return text
        mark, self.escape = re.escape(self.escape), ""
        return re.sub(mark + "([0-9A-F]{2})", lambda found: chr(int(found[1], 16)), text)

    def code(self, text: str) -> None:
        name, values = self.pending
        if name == "BQ":
            assert text.startswith("MA,")
            made = zxingcpp.create_barcode(text[3:], zxingcpp.BarcodeFormat.QRCode, ec_level="M")
            self.paste(_picture(made, int(values[2])))
            return
        made = zxingcpp.create_barcode(text.replace(">0", ">"), _LINEAR[name])
        bars = _picture(made, 1)
        size = (bars.width * self.module, int(values[1]))
        self.paste(bars.crop((0, 0, bars.width, 1)).resize(size, Image.Resampling.NEAREST))

    def graphic(self, values: list[str]) -> None:
        kind, total, _, row = values[0], int(values[1]), values[2], int(values[3])
        assert kind == "A"
        rows = unpacked(",".join(values[4:]), row * 2)
        assert len(rows) * row == total
        black = Image.frombytes("1", (row * 8, len(rows)), bytes.fromhex("".join(rows)))
        self.picture.paste(0, self.at, black)

    def box(self, wide: int, high: int, line: int) -> None:
        left, top = self.at
        corners = (left, top, left + wide - 1, top + high - 1)
        ImageDraw.Draw(self.picture).rectangle(corners, outline=0, width=line)

    def paste(self, symbol: Image.Image) -> None:
        assert self.at[0] + symbol.width <= self.picture.width, "off the label"
        assert self.at[1] + symbol.height <= self.picture.height, "off the label"
        self.picture.paste(symbol, self.at)


def unpacked(packed: str, digits: int) -> list[str]:
    """The rows of a compressed graphic as hexadecimal digits."""
    rows: list[str] = []
    row, count = "", 0
    for sign in packed:
        if sign == ":":
            rows.append(rows[-1])
        elif sign in ",!":
            rows.append(row.ljust(digits, "0" if sign == "," else "F"))
            row = ""
        elif "G" <= sign <= "Y":
            count += ord(sign) - ord("F")
        elif "g" <= sign <= "z":
            count += (ord(sign) - ord("f")) * 20
        else:
            row += sign * (count or 1)
            count = 0
        if len(row) == digits:
            rows.append(row)
            row = ""
    assert not row
    return rows


def _picture(made: zxingcpp.Barcode, scale: int) -> Image.Image:
    plain = memoryview(made.to_image(scale=scale, add_quiet_zones=False))
    height, width = plain.shape[:2]
    return Image.frombytes("L", (width, height), plain.tobytes())
