"""Argon2 with the least work: a thousand tests make a password each, and none of them is worth guessing."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """The same algorithm, so that a web process started by a test reads its hashes."""

    time_cost = 1
    memory_cost = 64
    parallelism = 1
