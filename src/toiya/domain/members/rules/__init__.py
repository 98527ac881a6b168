"""Decisions about members, by topic, all pure."""

from toiya.domain.members.rules.roles import OPERATOR_ROLES, SELLER_ROLES, WHILE_PENDING

__all__ = ["OPERATOR_ROLES", "SELLER_ROLES", "WHILE_PENDING"]
