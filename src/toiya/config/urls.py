"""All addresses: the seller's portal at the root, the floor and the office under their names."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("toiya.web.portal.urls")),
    path("floor/", include("toiya.web.floor.urls")),
    path("office/", include("toiya.web.office.urls")),
]
