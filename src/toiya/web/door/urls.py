"""The addresses before one is a member: signing up, verifying, joining from a sales site, accepting an invitation."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "door"

urlpatterns: list[URLPattern] = []
