"""The addresses before one is a member: signing up, verifying, joining from a sales site, accepting an invitation."""

from __future__ import annotations

from django.urls import URLPattern, path

from toiya.web.door.views import outbox, password, phone, verification

app_name = "door"

urlpatterns: list[URLPattern] = [
    path("verify/", verification.verify, name="verify"),
    path("verify/again/", verification.again, name="verify-again"),
    path("verify/code/", verification.code, name="verify-code"),
    path("verify/address/", verification.address, name="verify-address"),
    path("verify/phone/", phone.phone, name="verify-phone"),
    path("verify/phone/code/", phone.code, name="verify-phone-code"),
    path("verify/<str:token>/", verification.link, name="verify-link"),
    path("password/", password.ask, name="password"),
    path("password/asked/", password.asked, name="password-asked"),
    path("password/<str:token>/", password.new, name="password-new"),
    path("outbox/", outbox.outbox, name="outbox"),
]
