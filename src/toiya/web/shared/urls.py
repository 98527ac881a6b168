"""Addresses every face shares."""

from django.urls import path

from toiya.web.shared import views

app_name = "shared"

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("language/", views.language, name="language"),
    path("appearance/", views.appearance, name="appearance"),
    path("design/", views.design, name="design"),
    path("design/floor/<slug:screen>/", views.design_floor, name="design-floor"),
]
