"""Password hashing for small servers: Argon2id with one lane, and at most two hashes at a time."""

from threading import BoundedSemaphore

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

# Parallel logins must not exhaust the memory of a small server.
AT_ONCE = BoundedSemaphore(2)


class LimitedArgon2(Argon2PasswordHasher):
    time_cost = 3
    parallelism = 1

    @property
    def memory_cost(self) -> int:  # type: ignore[override]
        return int(settings.ARGON2_KIB)

    def encode(self, password: str, salt: str) -> str:
        with AT_ONCE:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with AT_ONCE:
            return super().verify(password, encoded)
