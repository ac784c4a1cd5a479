"""Password hashing that a small server survives: Argon2id, one lane, a few at a time."""

from threading import BoundedSemaphore

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

# Two at once: parallel logins must not exhaust the memory of a small machine.
AT_ONCE = BoundedSemaphore(2)


class CalmArgon2(Argon2PasswordHasher):
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
