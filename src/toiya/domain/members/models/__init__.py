"""Sellers, the people who work for them or for the operator, and how both came in."""

from toiya.domain.members.models.access import ApiKey, Invitation
from toiya.domain.members.models.approval import Application, GuidanceDone
from toiya.domain.members.models.drafts import SignUpDraft
from toiya.domain.members.models.people import Membership, Staff, User
from toiya.domain.members.models.proof import Challenge, ResetWish
from toiya.domain.members.models.security import Factor, RecoveryCode, SignedIn
from toiya.domain.members.models.sellers import BusinessProfile, Certificate, Consent, Seller
from toiya.domain.members.models.standing import Standstill

__all__ = [
    "ApiKey",
    "Application",
    "BusinessProfile",
    "Certificate",
    "Challenge",
    "Consent",
    "Factor",
    "GuidanceDone",
    "Invitation",
    "Membership",
    "RecoveryCode",
    "ResetWish",
    "Seller",
    "SignUpDraft",
    "SignedIn",
    "Staff",
    "Standstill",
    "User",
]
