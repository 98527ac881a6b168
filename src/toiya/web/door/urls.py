"""The addresses before one is a member: signing up, verifying, joining from a sales site, accepting an invitation."""

from __future__ import annotations

from django.urls import URLPattern, path

from toiya.web.door.views import joining

app_name = "door"

urlpatterns: list[URLPattern] = [
    path("join/", joining.join, name="join"),
    path("join/password/", joining.reset_password, name="join-password"),
    path("join/finish/", joining.finish, name="join-finish"),
    path("join/documents/<slug:code>/", joining.document, name="join-document"),
    path("join/<slug:channel>/", joining.arrive, name="arrive"),
]
