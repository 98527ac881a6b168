"""The addresses before one is a member: signing up, verifying, joining from a sales site, accepting an invitation."""

from __future__ import annotations

from django.urls import URLPattern, path

from toiya.web.door.views import (
    card_callback,
    invited,
    joining,
    looks,
    outbox,
    password,
    phone,
    proving_again,
    sign_up,
    signing_in,
    upgrade,
    verification,
)

app_name = "door"

urlpatterns: list[URLPattern] = [
    path("sign-up/", sign_up.choose, name="sign-up"),
    path("sign-up/account/", sign_up.account, name="sign-up-account"),
    path("sign-up/business/", sign_up.business, name="sign-up-business"),
    path("sign-up/questions/", sign_up.questions, name="sign-up-questions"),
    path("sign-up/review/", sign_up.review, name="sign-up-review"),
    path("sign-up/kept/", sign_up.kept, name="sign-up-kept"),
    path("sign-up/looks/", looks.looks, name="looks"),
    path("terms/<slug:name>/", looks.document, name="document"),
    path("settings/company/upgrade/", upgrade.business, name="upgrade-business"),
    path("settings/company/upgrade/questions/", upgrade.questions, name="upgrade-questions"),
    path("settings/company/upgrade/review/", upgrade.review, name="upgrade-review"),
    path("settings/company/upgrade/kept/", upgrade.kept, name="upgrade-kept"),
    path("join/", joining.join, name="join"),
    path("join/password/", joining.reset_password, name="join-password"),
    path("join/finish/", joining.finish, name="join-finish"),
    path("join/<slug:channel>/", joining.arrive, name="arrive"),
    path("payments/cards/", card_callback.card_callback, name="card-callback"),
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
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-in/passkey/", signing_in.passkey, name="passkey"),
    path("sign-in/passkey/options/", signing_in.passkey_options, name="passkey-options"),
    path("sign-in/second-step/", signing_in.second_step, name="second-step"),
    path("sign-in/again/", proving_again.again, name="again"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("invitation/<str:token>/", invited.invitation, name="invitation"),
]
