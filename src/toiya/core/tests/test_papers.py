"""Papers are judged by what they are: what is refused, and that what is kept can do nothing."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from toiya.core import papers
from toiya.core.papers import (
    MOST_BYTES,
    PaperLocked,
    PaperOfOtherKind,
    PaperTooLarge,
    PaperTooManyPages,
    PaperTooManyPixels,
    PaperUnreadable,
    judge,
    safe_name,
)


def a_pdf(pages: int = 1, **more: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(300, 300))
        pdf.save(out, **more)  # type: ignore[arg-type]
    return out.getvalue()


def a_picture(form: str, **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, form, **more)
    return out.getvalue()


def a_flood(side: int = 30_000) -> bytes:
    """A PNG whose head promises 900 million pixels; small as a file."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.mark.seed("A015")
@pytest.mark.parametrize(
    ("content", "media_type", "name"),
    [
        (a_picture("JPEG"), "image/jpeg", "paper.jpg"),
        (a_picture("PNG"), "image/png", "paper.png"),
        (a_pdf(), "application/pdf", "paper.pdf"),
    ],
)
def test_pictures_and_pdfs_are_taken_and_named_for_what_they_are(content: bytes, media_type: str, name: str) -> None:
    paper = judge(content, "paper.exe")
    assert (paper.media_type, paper.name) == (media_type, name)
    assert papers.kind_of(paper.content) == media_type


@pytest.mark.seed("A015")
def test_four_megabytes_are_taken_and_one_byte_more_is_not() -> None:
    whole = a_pdf()
    exactly = whole + b"\n" * (MOST_BYTES - len(whole))
    assert judge(exactly, "a.pdf").media_type == "application/pdf"
    with pytest.raises(PaperTooLarge, match="larger than 4 MB"):
        judge(exactly + b"\n", "a.pdf")


@pytest.mark.parametrize(
    "content",
    [
        b"\x7fELF\x02\x01\x01" + b"\0" * 500,
        b"MZ\x90\0" + b"\0" * 500,
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"#!/bin/sh\nrm -rf /\n",
        b"GIF89a" + b"\0" * 50,
        b"<script>alert(1)</script>" + a_pdf(),
        b"MZ" + a_pdf(),
        b"",
    ],
)
def test_a_program_called_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(PaperOfOtherKind):
        judge(content, "certificate.pdf")


def test_of_a_polyglot_only_the_page_is_kept() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("evil.exe", b"MZ" * 100)
    paper = judge(a_pdf() + archive.getvalue(), "a.pdf")
    assert b"PK\x03\x04" not in paper.content
    assert b"evil.exe" not in paper.content
    picture = judge(a_picture("PNG") + archive.getvalue(), "a.png")
    assert b"evil.exe" not in picture.content


def test_a_pdf_loses_scripts_launches_forms_attachments_and_links() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(300, 300))
        script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
        pdf.Root.OpenAction = script
        pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
        pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=String("<xfa/>"))
        pdf.attachments["evil.exe"] = b"MZ"
        page = pdf.pages[0].obj
        page.AA = Dictionary(O=Dictionary(S=Name.Launch, F=String("cmd.exe")))
        link = Dictionary(
            Type=Name.Annot, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("http://evil.example"))
        )
        page.Annots = Array([pdf.make_indirect(link)])
        inner = pdf.make_stream(
            b"", {"/Type": Name.XObject, "/Subtype": Name.Form, "/AA": script, "/F": String("//evil")}
        )
        page.Contents = pdf.make_stream(b"/X Do")
        page.Resources = Dictionary(XObject=Dictionary(X=inner))
        out = io.BytesIO()
        pdf.save(out)
    kept = judge(out.getvalue(), "a.pdf").content
    with pikepdf.open(io.BytesIO(kept)) as pdf:
        told = "".join(repr(each) for each in pdf.objects) + str(pdf.Root.keys())
        assert len(pdf.pages) == 1
        assert "/X" in pdf.pages[0].obj.Resources.XObject
    for word in ("JavaScript", "alert", "Launch", "cmd.exe", "AcroForm", "XFA", "evil", "Annots", "/AA", "OpenAction"):
        assert word not in told, word


@pytest.mark.parametrize("user", ["", "secret"])
def test_a_protected_pdf_is_refused(user: str) -> None:
    with pytest.raises(PaperLocked):
        judge(a_pdf(encryption=pikepdf.Encryption(owner="owner", user=user)), "a.pdf")


def test_a_flood_of_pixels_a_damaged_file_and_a_book_are_refused() -> None:
    with pytest.raises(PaperTooManyPixels):
        judge(a_flood(), "a.png")
    with pytest.raises(PaperTooManyPixels):
        judge(a_flood(7_000), "a.png")  # 49 million
    for broken in (a_picture("PNG")[:60], a_picture("JPEG")[:200], b"%PDF-1.7\nnothing", b"\xff\xd8\xff" + b"\0" * 99):
        with pytest.raises(PaperUnreadable):
            judge(broken, "a")
    with pytest.raises(PaperTooManyPages):
        judge(a_pdf(51), "a.pdf")


def test_a_picture_loses_place_and_comment_and_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "Camera of Mina"
    paper = judge(a_picture("JPEG", exif=exif, comment=b"secret place"), "a.jpg")
    with Image.open(io.BytesIO(paper.content)) as picture:
        assert picture.size == (30, 40)
        assert not picture.getexif()
    assert b"Mina" not in paper.content
    assert b"secret" not in paper.content


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system32\\a.pdf", "a.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie x=1.pdf"),
        ("사업자등록증 \u202efdp.exe", "사업자등록증 fdp.exe"),
        ("登記簿謄本.pdf", "登記簿謄本.pdf"),
        ('"><script>.pdf', "script.pdf"),
        ("...", "paper"),
        ("x" * 300 + ".pdf", "x" * 90 + ".pdf"),
    ],
)
def test_a_name_leads_nowhere(given: str, kept: str) -> None:
    assert safe_name(given) == kept
