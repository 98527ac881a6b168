"""Arithmetic of colours for the tests of the tokens: WCAG contrast, CIEDE2000, colour vision after Machado 2009."""

from __future__ import annotations

import math
import re
from pathlib import Path

STYLESHEET = Path(__file__).parents[1] / "static" / "toiya" / "toiya.css"

# Machado, Oliveira and Fernandes 2009, full severity, for linear RGB.
VISIONS: dict[str, tuple[tuple[float, ...], ...] | None] = {
    "normal": None,
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def tokens() -> dict[str, tuple[str, str]]:
    """Every colour token of the stylesheet as (light, dark); fixed ones have the same twice."""
    text = STYLESHEET.read_text()
    found = {
        name: (value, value) for name, value in re.findall(r"--([a-z0-9-]+): (#[0-9A-F]{6})\b", _tokens_layer(text))
    }
    pairs = re.findall(r"--([a-z0-9-]+): light-dark\((#[0-9A-F]{6}), (#[0-9A-F]{6})\)", text)
    return found | {name: (light, dark) for name, light, dark in pairs}


def _tokens_layer(text: str) -> str:
    return text[text.index("@layer tokens") : text.index("@layer base {")]


def linear(colour: str) -> tuple[float, float, float]:
    """sRGB to linear RGB."""
    shares = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return red, green, blue


def contrast(front: str, back: str) -> float:
    """The WCAG 2 ratio of two colours."""
    lights = []
    for colour in (front, back):
        red, green, blue = linear(colour)
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    high, low = max(lights), min(lights)
    return (high + 0.05) / (low + 0.05)


def _lab(colour: str, vision: str) -> tuple[float, float, float]:
    rgb: tuple[float, ...] = linear(colour)
    matrix = VISIONS[vision]
    if matrix is not None:
        rgb = tuple(min(1.0, max(0.0, sum(m * c for m, c in zip(row, rgb, strict=True)))) for row in matrix)
    to_xyz = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
    xyz = [sum(m * c for m, c in zip(row, rgb, strict=True)) for row in to_xyz]
    x, y, z = (
        v ** (1 / 3) if v > 216 / 24389 else (24389 / 27 * v + 16) / 116
        for v in (value / white for value, white in zip(xyz, (0.95047, 1.0, 1.08883), strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: str, other: str, vision: str = "normal") -> float:
    """CIEDE2000 between two colours as that vision sees them."""
    l1, a1, b1 = _lab(one, vision)
    l2, a2, b2 = _lab(other, vision)
    mean_chroma = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    shift = 0.5 * (1 - math.sqrt(mean_chroma**7 / (mean_chroma**7 + 25**7)))
    a1, a2 = a1 * (1 + shift), a2 * (1 + shift)
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = (math.degrees(math.atan2(b, a)) % 360 if a or b else 0.0 for a, b in ((a1, b1), (a2, b2)))
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    hue_step = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    return _weighted((l1, c1, h1), (l2, c2, h2), hue_step)


def _weighted(one: tuple[float, float, float], other: tuple[float, float, float], hue_step: float) -> float:
    (l1, c1, h1), (l2, c2, h2) = one, other
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    if c1 * c2 == 0:
        hue = h1 + h2
    elif abs(h1 - h2) <= 180:
        hue = (h1 + h2) / 2
    else:
        hue = (h1 + h2 + 360) / 2 if h1 + h2 < 360 else (h1 + h2 - 360) / 2
    wave = (
        1
        - 0.17 * math.cos(math.radians(hue - 30))
        + 0.24 * math.cos(math.radians(2 * hue))
        + 0.32 * math.cos(math.radians(3 * hue + 6))
        - 0.20 * math.cos(math.radians(4 * hue - 63))
    )
    scale_l = 1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2)
    scale_c, scale_h = 1 + 0.045 * chroma, 1 + 0.015 * chroma * wave
    bend = 60 * math.exp(-(((hue - 275) / 25) ** 2))
    twist = -math.sin(math.radians(bend)) * 2 * math.sqrt(chroma**7 / (chroma**7 + 25**7))
    step_l, step_c, step_h = (l2 - l1) / scale_l, (c2 - c1) / scale_c, hue_step / scale_h
    return math.sqrt(step_l**2 + step_c**2 + step_h**2 + twist * step_c * step_h)
