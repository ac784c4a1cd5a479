"""Rate limits by address or name. Addresses are never stored: only a hash under a key that is thrown away.

    door = Limiter("login from one address", per=20, seconds=600)
    if wait := door.take(sender_network(request)):
        return wait.answer(request)        # 429, Retry-After, and a sentence that says how long

A limiter is a bucket for each key: `per` tries at once, filled again over `seconds`. It lives in this process's
memory alone; the hashes are keyed with random bytes that are replaced every ten minutes and never written down, so
nothing outlives twenty minutes of silence. Each process keeps its own count: the desk, which counts wrong
passphrases, is served by one; the processes of the square share what docs/run.md states in equal parts.
"""

import hashlib
import math
import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from time import monotonic
from typing import Any
from weakref import WeakSet

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

KEY_LIVES_SECONDS = 600
MOST_BUCKETS = 50_000
# Everybody behind an onion service, or a proxy that names nobody, comes from the machine itself.
MANY_BEHIND_ONE = 50
_HARDLY = 1e-6

_every: "WeakSet[Limiter]" = WeakSet()
_processes = 1


def divide_allowances_among(processes: int) -> None:
    """Give this process its part of every allowance, so that all processes of a door together allow what is stated."""
    global _processes
    _processes = max(1, processes)


@dataclass(frozen=True)
class RetryAfter:
    """Not now: whole seconds until the next try is heard, at least one."""

    seconds: int

    @property
    def minutes(self) -> int:
        return math.ceil(self.seconds / 60)

    def answer(
        self,
        request: HttpRequest,
        template: str = "web/too_often.html",
        context: Mapping[str, Any] | None = None,
    ) -> HttpResponse:
        """Return the page that says how long to wait, as 429 with Retry-After."""
        response = render(request, template, {"wait": self, **(context or {})}, status=429)
        response["Retry-After"] = str(self.seconds)
        return response


class TooManyTries(Exception):
    """Too many wrong tries; whichever page they were sent to answers 429 (massline.web.middleware.Trouble)."""

    def __init__(self, wait: RetryAfter) -> None:
        super().__init__(f"wait {wait.seconds} seconds")
        self.wait = wait


class Limiter:
    """At most `per` tries at once from one key, and `per` more over every `seconds`.

    `take(key, many=…)` allows that many times as much, for a key that stands for many people. Safe across threads.
    At most 50,000 keys are held; the one not seen for longest is forgotten first.
    """

    def __init__(self, name: str, *, per: int, seconds: float) -> None:
        self.name, self.per, self.seconds = name, per, seconds
        self._guard = threading.Lock()
        self.forget()
        _every.add(self)

    def forget(self) -> None:
        """Forget everybody, the keys first."""
        with self._guard:
            self._keys = (secrets.token_bytes(32), secrets.token_bytes(32))
            self._since = monotonic()
            self._buckets: OrderedDict[bytes, float] = OrderedDict()

    def take(self, key: str, *, many: int = 1) -> RetryAfter | None:
        """Count one try; None where it may go on, else how long to wait. A refused try costs nothing."""
        return self._take(key, many, cost=1)

    def peek(self, key: str, *, many: int = 1) -> RetryAfter | None:
        """Return what `take` would, and count nothing."""
        return self._take(key, many, cost=0)

    def give_back(self, key: str) -> None:
        """Undo one try: it was right, and only wrong ones should count."""
        with self._guard:
            now = monotonic()
            name, full_at = self._find(key, now)
            self._buckets[name] = full_at - self.seconds / self._part()

    def _take(self, key: str, many: int, *, cost: int) -> RetryAfter | None:
        with self._guard:
            now = monotonic()
            interval = self.seconds / (self._part() * many)
            name, full_at = self._find(key, now)
            wait = full_at + interval - self.seconds - now
            allowed = wait < _HARDLY
            self._buckets[name] = full_at + interval * cost if allowed else full_at
            while len(self._buckets) > MOST_BUCKETS:
                self._buckets.popitem(last=False)
            return None if allowed else RetryAfter(max(1, math.ceil(wait - _HARDLY)))

    def _part(self) -> int:
        return max(1, self.per // _processes)

    def _find(self, key: str, now: float) -> tuple[bytes, float]:
        """Take a bucket out: when it will be full again, now at the earliest.

        One that was filed under the key before moves to the new key.
        """
        self._renew(now)
        name, before = (self._hash(key, secret) for secret in self._keys)
        kept = self._buckets.pop(name, None) or self._buckets.pop(before, None)
        return name, max(now, kept or now)

    def _renew(self, now: float) -> None:
        """Replace a hash key after ten minutes, and forget senders who need not wait any more."""
        age = now - self._since
        if 0 <= age <= KEY_LIVES_SECONDS:
            return
        newest = (
            self._keys[0] if KEY_LIVES_SECONDS < age <= 2 * KEY_LIVES_SECONDS else secrets.token_bytes(32)
        )
        self._keys, self._since = (secrets.token_bytes(32), newest), now
        for name in [name for name, full_at in self._buckets.items() if full_at <= now]:
            del self._buckets[name]

    def _hash(self, key: str, secret: bytes) -> bytes:
        return hashlib.blake2b(f"{self.name}|{key}".encode(), key=secret, digest_size=16).digest()


def all_limiters() -> list[Limiter]:
    """Every limiter of this process, by name."""
    return sorted(_every, key=lambda limiter: limiter.name)


def empty_limiters() -> None:
    """Empty every limiter of this process."""
    for limiter in list(_every):
        limiter.forget()


def sender_address(request: HttpRequest) -> str:
    """The sender's address, for counting alone; behind our own proxy, the one the proxy saw."""
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", "")) if settings.HTTPS else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


def sender_network(request: HttpRequest) -> str:
    """The network that counts as one sender: an IPv4 address, or the /56 an IPv6 household is given."""
    try:
        address = ip_address(sender_address(request))
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ip_network((address, 56), strict=False).network_address)
    return str(address)


def people_behind(request: HttpRequest) -> int:
    """The number of people behind one sender: many, if all come through one machine of ours."""
    try:
        return MANY_BEHIND_ONE if ip_address(sender_address(request)).is_loopback else 1
    except ValueError:
        return MANY_BEHIND_ONE


def count_attempt(limiter: Limiter, request: HttpRequest) -> RetryAfter | None:
    """Count this request against its sender."""
    return limiter.take(sender_network(request), many=people_behind(request))
