"""Every icon we name exists in the installed wheel, whose names move between versions."""

from __future__ import annotations

import re
from pathlib import Path

from toiya.web.shared import icons, statuses

WEB = Path(__file__).parents[2]


def names_in_templates() -> set[str]:
    text = "".join(path.read_text() for path in WEB.rglob("*.html"))
    named = re.findall(r"""{% icon ["']([a-z0-9-]+)["']""", text)
    handed_on = re.findall(r"""(?:icon|drawing)=["']([a-z0-9-]+)["']""", text)
    defaults = re.findall(r"""icon\|default:["']([a-z0-9-]+)["']""", text)
    return {*named, *handed_on, *defaults}


def names_in_code() -> set[str]:
    text = "".join(path.read_text() for path in WEB.rglob("*.py") if "tests" not in path.parts)
    rails = re.findall(
        r"""RailItem\([^"']*(?:_\(["'][^"']*["']\)),[^"']*["'][^"']*["'](?:\))?,\s*["']([a-z0-9-]+)["']""", text
    )
    return {*rails, *re.findall(r"""["']icon["']: ["']([a-z0-9-]+)["']""", text)}


def test_every_icon_we_use_exists() -> None:
    used = names_in_templates() | names_in_code() | set(statuses.CHIP_ICONS) | set(statuses.KIND_ICONS.values())
    assert len(used) > 50
    for name in sorted(used):
        assert icons.icon(name).startswith("<svg"), name


def test_the_six_kinds_have_six_drawings_on_the_sheet() -> None:
    sheet = icons.symbols()
    for kind in statuses.Kind:
        assert f'<symbol id="k-{kind}"' in sheet
    assert len({statuses.KIND_ICONS[kind] for kind in statuses.Kind}) == 6


def test_a_status_icon_points_at_the_sheet_and_a_strange_one_is_drawn_in_place() -> None:
    assert icons.symbol_id("wait", "hourglass") == "k-wait"
    assert icons.symbol_id("move", "truck") == "i-truck"
    assert icons.symbol_id("move", "anchor") == ""


def test_icons_carry_no_style_and_no_name_of_their_own() -> None:
    drawn = icons.icon("truck", "s")
    assert 'class="icon s"' in drawn
    assert 'aria-hidden="true"' in drawn
    assert "style" not in drawn
