"""Ways into a conversation: invitations, codes and cards. What is kept leads from no code to a person or an hour."""

import hashlib
import hmac
import secrets

from django.db import models
from django.utils import timezone

from massline.core.expiry import NoOwnExpiry
from massline.core.sealed_columns import OpenColumn
from massline.square.conversations.trust_levels import Level

# No two that look alike: of 0 O Q D only D, of 1 I L none, of 2 Z, 5 S and 8 B none, of U V only V.
# 23 is prime, so the last letter finds every single wrong letter and every two that changed places.
LETTERS = "34679ACDEFGHJKMNPRTVWXY"
LENGTH, PART = 12, 4


def fresh_code() -> str:
    """Draw twelve letters, the last of them a check: 49 bits, which nobody guesses at the pace we allow."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(LENGTH - 1))
    return drawn + _check(drawn)


def _check(drawn: str) -> str:
    total = sum(place * LETTERS.index(letter) for place, letter in enumerate(drawn, start=1))
    return LETTERS[total % len(LETTERS)]


def parse_code(typed: str) -> str | None:
    """Return the code somebody typed, whatever the case, spaces and dashes; None where it cannot be one."""
    code = "".join(char for char in typed.upper() if char.isalnum())
    if len(code) != LENGTH or any(letter not in LETTERS for letter in code):
        return None
    return code if hmac.compare_digest(_check(code[:-1]), code[-1]) else None


def format_code(code: str) -> str:
    return "-".join(code[start : start + PART] for start in range(0, LENGTH, PART))


def fresh_claim() -> bytes:
    return secrets.token_bytes(32)


class AccessCodeBatch(models.Model):
    """A way into a conversation: an invitation for so many, or a stack of codes or cards."""

    lives = NoOwnExpiry("a stack of cards or an invitation, without a word about who got them")

    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="ways"
    )
    level = models.CharField(max_length=10, choices=Level.choices)
    name = models.CharField(max_length=60, help_text="the channel it went out by; shown with the results")
    most = models.PositiveIntegerField(help_text="how many can come in by it, at most")
    made_on = models.DateField(default=timezone.localdate)
    set_aside = models.CharField(max_length=160, blank=True, help_text="why its answers are not counted")

    class Meta:
        db_table = "conversations_way"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Code(models.Model):
    """The keyed hash of a code and how often it still opens: once, or for an invitation as often as it may.

    Rows are written in the order of their hashes and changed in place, so that neither their order nor anything beside
    them tells where on a sheet a code stood or when it was used. `claim` is random until a code is used, then a hash of
    a number that only the page knew on which it was typed: by it a double tap is known, and nobody else.
    """

    lives = NoOwnExpiry("a hash that opens a conversation; nothing leads from it to a person or to an answer")
    open_columns = (OpenColumn("claim", "a hash of a number that is kept nowhere"),)

    way = models.ForeignKey(AccessCodeBatch, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)
    left = models.PositiveIntegerField(default=1)
    claim = models.BinaryField(
        null=True, default=fresh_claim, help_text="32 bytes, of the same length always"
    )

    def __str__(self) -> str:
        return self.digest[:8]


def digest_of_code(code: str, key: bytes) -> str:
    """Hash a code under the key of its conversation, which is destroyed a month after the close."""
    return hashlib.blake2b(code.encode(), key=key, digest_size=32, person=b"code").hexdigest()


def digest_of_claim(code: str, nonce: str, key: bytes) -> bytes:
    """Hash a code together with the number of the form it was typed into."""
    return hashlib.blake2b(f"{code} {nonce}".encode(), key=key, digest_size=32, person=b"claim").digest()
