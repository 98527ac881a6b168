"""Weights as the UX reference counts them: kB after gzip."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

STATIC = Path(__file__).parents[1] / "static" / "toiya"
TEMPLATES = Path(__file__).parents[1] / "templates"


def packed(*paths: Path) -> int:
    return len(gzip.compress(b"".join(path.read_bytes() for path in paths), 9, mtime=0))


def test_the_stylesheet_weighs_at_most_12_kb() -> None:
    assert packed(STATIC / "toiya.css") <= 12 * 1024


def test_our_scripts_weigh_at_most_8_kb_together() -> None:
    assert packed(*sorted(STATIC.glob("*.js"))) <= 8 * 1024


def test_no_template_carries_a_style_a_script_or_a_handler() -> None:
    forbidden = re.compile(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=|hx-on|js:|hx-trigger=\"[^\"]*\[")
    for path in sorted(TEMPLATES.parents[1].rglob("*.html")):
        assert not forbidden.search(path.read_text()), path


def test_scripts_never_evaluate_text() -> None:
    for path in sorted(STATIC.glob("*.js")):
        assert not re.search(r"\beval\(|new Function|setTimeout\([\"'`]|document\.write", path.read_text()), path


def test_every_key_handler_lets_the_input_method_finish() -> None:
    for path in sorted(STATIC.glob("*.js")):
        text = path.read_text()
        if 'addEventListener("keydown"' in text and path.name != "tone.js":  # tone.js reads no key
            assert "isComposing" in text or "isTyping" in text, path
