"""A whole, true sign-up for the tests, step by step, and papers as people hand them in."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

PASSWORD = "Blaue-Kiste 7 im Hof"
ACCOUNT = {
    "email": "mina@hanataba.jp",
    "password": PASSWORD,
    "password_again": PASSWORD,
    "name": "田中 みな",
    "phone": "+81 90-1234-5678",
    "proof": "link",
}
FIRM = {
    "country": "JP",
    "company_name": "花束株式会社",
    "company_name_en": "Hanataba Inc.",
    "address": "千葉県船橋市浜町2-1-1",
    "address_en": "2-1-1 Hamacho, Funabashi, Chiba",
    "phone": "047-431-2121",
    "industry": "fashion",
    "business_type": "online_shop",
    "registration_number": "T7000012050002",
}
QUESTIONS = {
    "sites": ["qoo10", "own_site"],
    "goods": "Bags",
    "deliveries_a_month": "３００",
    "service": "both",
    "business_model": "own_brand",
    "online_experience": "1_to_3_years",
    "real_name": "田中 みな",
    "payment": "wallet",
}


def agreed(client: Client, review: str = "/sign-up/review/") -> dict[str, str]:
    """The boxes ticked, with the versions the page carries."""
    form = client.get(review).context["form"]
    return {"terms": "on", "privacy": "on", "fees": "on", "seen": form.current()}


def a_pdf(**more: Any) -> bytes:
    """One empty page."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(300, 300))
        pdf.save(out, **more)
    return out.getvalue()


def a_picture(form: str = "PNG", size: tuple[int, int] = (40, 30), **more: Any) -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, form, **more)
    return out.getvalue()


def a_file(content: bytes | None = None, name: str = "certificate.pdf") -> SimpleUploadedFile:
    """What the browser sends."""
    return SimpleUploadedFile(name, a_pdf() if content is None else content)


def begin(client: Client, kind: str = "business") -> Client:
    """A membership chosen."""
    client.post("/sign-up/", {"kind": kind})
    return client


def until_review(client: Client, **firm: Any) -> Client:
    """A business, filled in as far as the review."""
    begin(client)
    client.post("/sign-up/account/", ACCOUNT)
    client.post("/sign-up/business/", {**FIRM, **firm, "certificates": a_file()})
    client.post("/sign-up/questions/", QUESTIONS)
    return client
