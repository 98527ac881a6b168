"""The colours in the stylesheet hold what the UX reference promises; recomputed from the file itself."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from toiya.web.shared.tests.colour import STYLESHEET, VISIONS, contrast, distance, tokens

GROUNDS = ("bg", "surface", "sunken", "raised", "accent-soft", "kraft-soft")
# front: the ratio on each ground, light then dark, as section 3.1 states them
STATED = {
    "ink": ((15.3, 16.6, 14.1, 16.6, 13.8, 13.7), (15.1, 13.6, 15.8, 11.8, 10.7, 11.2)),
    "ink-2": ((6.3, 6.9, 5.8, 6.9, 5.7), (8.4, 7.6, 8.8, 6.6, 5.9)),
    "edge": ((3.8, 4.2, 3.5, 4.2, 3.4), (4.5, 4.0, 4.7, 3.5, 3.2)),
    "focus": ((5.0, 5.4, 4.6, 5.4, 4.5), (9.9, 8.9, 10.3, 7.7, 7.0)),
}
PAIRS = {
    ("accent", "bg"): (8.5, 8.6),
    ("accent", "surface"): (9.3, 7.7),
    ("accent", "sunken"): (7.8, 9.0),
    ("accent", "accent-soft"): (7.7, 6.1),
    ("on-accent", "accent"): (9.3, 8.5),
    ("on-accent", "accent-hover"): (12.2, 10.9),
    ("on-accent", "danger"): (7.8, 7.0),
    ("on-accent", "danger-hover"): (10.7, 9.3),
    ("danger", "bg"): (7.2, 7.1),
    ("danger", "surface"): (7.8, 6.4),
    ("kraft", "bg"): (5.4, 8.5),
    ("kraft", "surface"): (5.9, 7.7),
    ("kraft", "kraft-soft"): (4.8, 6.4),
    ("rail-ink", "rail"): (12.4, 15.0),
    ("rail-ink", "rail-hover"): (9.8, 12.2),
    ("rail-ink-2", "rail"): (7.6, 8.1),
    ("rail-mark", "rail"): (7.2, 8.7),
    ("rail-focus", "rail"): (8.3, 10.1),
}
MARKS = ("idle", "move", "done", "wait", "hold", "stop")
THEMES = pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])


@THEMES
def test_text_and_borders_have_the_stated_contrast_on_every_ground(theme: int) -> None:
    colours = tokens()
    for front, stated in STATED.items():
        for ground, ratio in zip(GROUNDS, stated[theme], strict=False):
            assert contrast(colours[front][theme], colours[ground][theme]) == pytest.approx(ratio, abs=0.06)


@THEMES
def test_pairs_have_the_stated_contrast(theme: int) -> None:
    colours = tokens()
    for (front, ground), stated in PAIRS.items():
        assert contrast(colours[front][theme], colours[ground][theme]) == pytest.approx(stated[theme], abs=0.06)


@THEMES
def test_chips_are_readable_and_their_marks_are_seen(theme: int) -> None:
    colours = tokens()
    for kind in MARKS:
        mark = colours[f"{kind}-mark"][theme]
        grounds = [colours[name][theme] for name in ("surface", "bg", "sunken")]
        tint = colours.get(f"{kind}-tint")
        assert min(contrast(mark, ground) for ground in [*grounds, *([tint[theme]] if tint else [])]) >= 3.2
        back = tint[theme] if tint else colours["surface"][theme]
        assert contrast(colours[f"{kind}-text"][theme], back) >= (6.8, 8.1)[theme]
    filled = contrast(colours["on-stop"][theme], colours["stop-mark"][theme])
    assert filled == pytest.approx((7.8, 5.8)[theme], abs=0.06)


@pytest.mark.parametrize(
    ("vision", "stated"),
    [("normal", (20.1, 19.8)), ("protan", (18.2, 17.8)), ("deutan", (15.5, 15.1)), ("tritan", (17.3, 14.4))],
)
def test_status_marks_stay_apart_in_every_vision(vision: str, stated: tuple[float, float]) -> None:
    colours = tokens()
    for theme in (0, 1):
        marks = [colours[f"{kind}-mark"][theme] for kind in MARKS]
        nearest = min(distance(one, other, vision) for one, other in combinations(marks, 2))
        assert nearest == pytest.approx(stated[theme], abs=0.6)
        assert nearest >= 14


@THEMES
def test_chart_colours_stay_apart_in_every_vision_and_show_on_a_card(theme: int) -> None:
    colours = tokens()
    series = [colours[f"chart-{number}"][theme] for number in (1, 2, 3, 4)]
    assert min(distance(a, b, vision) for a, b in combinations(series, 2) for vision in VISIONS) >= 20
    assert min(contrast(colour, colours["surface"][theme]) for colour in series) >= 3.2


def test_floor_screens_have_the_stated_contrast_and_stay_apart() -> None:
    colours = tokens()
    screens = {"floor-ok": 7.9, "floor-stop": 7.8, "floor-ask": 15.5}
    for back, stated in screens.items():
        assert contrast(colours["floor-on"][0], colours[back][0]) == pytest.approx(stated, abs=0.06)
    assert contrast(colours["floor-warn-ink"][0], colours["floor-warn"][0]) == pytest.approx(11.1, abs=0.06)
    assert contrast(colours["floor-ink"][0], colours["floor-next"][0]) == pytest.approx(17.9, abs=0.06)
    assert contrast(colours["floor-ink"][1], colours["floor-next"][1]) == pytest.approx(19.3, abs=0.06)
    assert contrast(colours["floor-offline-ink"][0], colours["floor-offline"][0]) == pytest.approx(11.0, abs=0.06)
    backs = [colours[name][0] for name in ("floor-ok", "floor-warn", "floor-stop", "floor-ask")]
    assert min(distance(a, b, vision) for a, b in combinations(backs, 2) for vision in VISIONS) >= 15.5


def test_every_token_has_its_light_value_as_fallback() -> None:
    text = STYLESHEET.read_text()
    fallback = dict(re.findall(r"--([a-z0-9-]+): (#[0-9A-F]{6});", text[: text.index("@supports")]))
    for name, (light, _) in tokens().items():
        assert fallback[name] == light


def test_colours_stand_only_in_the_tokens_and_in_print() -> None:
    text = STYLESHEET.read_text()
    rest = text[text.index("@layer base {") : text.index("@layer print {")]
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b(?=[;, )])", rest.replace("(color: light-dark(#000, #fff))", "")) == []


def test_no_text_is_smaller_than_14_px_and_none_is_slanted() -> None:
    text = STYLESHEET.read_text()
    sizes = [float(size) for size in re.findall(r"font-size: (\.?\d[\d.]*)rem", text)]
    assert min(sizes) >= 0.875
    assert "italic" not in text
    assert "font-style: normal" in text
