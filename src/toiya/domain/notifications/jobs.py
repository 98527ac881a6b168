"""Background doors of notifications, by topic."""

from toiya.domain.notifications import jobs_of_people

__all__ = ["jobs_of_people"]
