"""All addresses: the doors and the seller's portal at the root, the floor and the office under their names."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("toiya.web.door.urls")),
    path("", include("toiya.web.shared.urls")),
    path("", include("toiya.web.portal.urls")),
    path("floor/", include("toiya.web.floor.urls")),
    path("office/", include("toiya.web.office.urls")),
    path("api/", include("toiya.web.api.urls")),
]

handler403 = "toiya.web.shared.errors.forbidden"
handler404 = "toiya.web.shared.errors.not_found"
handler500 = "toiya.web.shared.errors.broken"
