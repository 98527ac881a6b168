"""Addresses every face shares. Signing in and out are names only: the door, which stands first, answers them."""

from django.urls import path

from toiya.web.shared import views

app_name = "shared"

urlpatterns = [
    path("sign-in/", views.at_the_door, name="sign-in"),
    path("sign-out/", views.at_the_door, name="sign-out"),
    path("language/", views.language, name="language"),
    path("appearance/", views.appearance, name="appearance"),
    path("design/", views.design, name="design"),
    path("design/floor/<slug:screen>/", views.design_floor, name="design-floor"),
]
