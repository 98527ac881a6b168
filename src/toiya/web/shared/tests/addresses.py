"""The shared addresses and the door's alone, so that these tests stand or fall by this package."""

from django.urls import include, path

urlpatterns = [path("", include("toiya.web.door.urls")), path("", include("toiya.web.shared.urls"))]

handler403 = "toiya.web.shared.errors.forbidden"
handler404 = "toiya.web.shared.errors.not_found"
handler500 = "toiya.web.shared.errors.broken"
