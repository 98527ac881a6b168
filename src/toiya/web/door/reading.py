"""From judged forms to what the actions take."""

from __future__ import annotations

from toiya.domain.members.actions.applying import Answers
from toiya.domain.members.actions.signing_up import Business, SignUp
from toiya.domain.members.rules import documents
from toiya.domain.members.rules.signing_up import Account
from toiya.web.door.road import Road
from toiya.web.shared.firm import firm_of


def form_of(road: Road, language: str) -> SignUp:
    """Everything a road of sign-up says; all its steps are done."""
    told = road.judged("account")
    told.full_clean()
    account = Account(
        email=told.cleaned_data["email"],
        password_hash=road.draft.answers["password"],
        name=told.cleaned_data["name"],
        phone=told.cleaned_data["phone"],
        language=language,
        proof=told.cleaned_data["proof"],
    )
    if "business" not in road.steps:
        return SignUp(account, told.cleaned_data["country"], documents.VERSIONS)
    firm = road.judged("business")
    firm.full_clean()
    return SignUp(account, firm.land, documents.VERSIONS, business_of(road))


def business_of(road: Road) -> Business:
    """What the steps of a business say."""
    firm, questions = road.judged("business"), road.judged("questions")
    firm.full_clean()
    questions.full_clean()
    told = questions.cleaned_data
    del firm.cleaned_data["certificates"]
    answers = Answers(
        sites=told["sites"],
        goods=told["goods"],
        deliveries_a_month=told["deliveries_a_month"],
        service=told["service"],
    )
    return Business(firm_of(firm, questions), answers)
