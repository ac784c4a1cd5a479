"""How often one address may send a form. Addresses are never kept: only a count under a key that is thrown away.

Each window has its own random key, held in memory alone; what is counted is a keyed hash, so nothing that
could name anybody outlives ten minutes or reaches a disk.
"""

import hashlib
import secrets
import threading
import time
from collections import Counter
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

WINDOW_SECONDS = 600
# Everybody behind an onion service or a proxy that names nobody comes from the machine itself.
MANY_BEHIND_ONE = 50


class Limit:
    """At most so many in ten minutes from one address."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._guard = threading.Lock()
        self.reset()

    def reset(self) -> None:
        """Forget everything, the key first."""
        self._key = secrets.token_bytes(32)
        self._since = time.monotonic()
        self._counted: Counter[bytes] = Counter()

    def allows(self, request: HttpRequest) -> bool:
        """Count this request; False where its address has sent too many."""
        address = address_of(request)
        most = self.most * (MANY_BEHIND_ONE if is_this_machine(address) else 1)
        with self._guard:
            if time.monotonic() - self._since > WINDOW_SECONDS:
                self.reset()
            name = hashlib.blake2b(address.encode(), key=self._key, digest_size=16).digest()
            self._counted[name] += 1
            return self._counted[name] <= most


def address_of(request: HttpRequest) -> str:
    """The sender's address, for counting alone; behind our own proxy, the one the proxy saw."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.HTTPS else ""
    return forwarded.rsplit(",", 1)[-1].strip() or str(request.META.get("REMOTE_ADDR", ""))


def is_this_machine(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


sign_ups = Limit(20)
words = Limit(20)
votes = Limit(600)
