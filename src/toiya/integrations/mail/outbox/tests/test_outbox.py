"""The outbox keeps what is not sent: for its owner only, in the order of time, whatever the reference looks like."""

from __future__ import annotations

import json
from pathlib import Path

from toiya.domain.notifications.port import Mail, Sms
from toiya.integrations.mail.outbox.plug import Outbox


def test_letters_and_sms_are_files_for_the_owner_only(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox")
    outbox.send(Mail("<toiya.1.abc@x>", "mika@example.com", "Mika", "ja", "件名", "本文", "<p>本文</p>"))
    outbox.send_sms(Sms("toiya.2.abc", "+819012345678", "Toiya: 493021"))
    first, second = sorted((tmp_path / "outbox").iterdir())
    assert (tmp_path / "outbox").stat().st_mode & 0o777 == 0o700
    assert first.stat().st_mode & 0o777 == 0o600
    assert json.loads(first.read_text())["subject"] == "件名"
    assert json.loads(second.read_text())["text"] == "Toiya: 493021"


def test_a_reference_names_no_other_folder(tmp_path: Path) -> None:
    Outbox(tmp_path / "outbox").send_sms(Sms("../../etc/passwd\x00", "+81", "x"))
    (kept,) = list((tmp_path / "outbox").iterdir())
    assert kept.parent == tmp_path / "outbox"
    assert [path.name for path in tmp_path.iterdir()] == ["outbox"]
