"""The addresses before one is a member: signing up, verifying, joining from a sales site, accepting an invitation."""

from __future__ import annotations

from django.urls import URLPattern, path

from toiya.web.door.views import invited, proving_again, signing_in

app_name = "door"

urlpatterns: list[URLPattern] = [
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-in/passkey/", signing_in.passkey, name="passkey"),
    path("sign-in/passkey/options/", signing_in.passkey_options, name="passkey-options"),
    path("sign-in/second-step/", signing_in.second_step, name="second-step"),
    path("sign-in/again/", proving_again.again, name="again"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("invitation/<str:token>/", invited.invitation, name="invitation"),
]
