"""Ways into a conversation: invitations, codes and cards. What is kept leads from no code to a person or an hour."""

import hashlib
import hmac
import secrets

from django.db import models
from django.utils import timezone

from massline.core.expiry import Stays
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


def read_code(typed: str) -> str | None:
    """Return the code somebody typed, whatever the case, spaces and dashes; None where it cannot be one."""
    code = "".join(char for char in typed.upper() if char.isalnum())
    if len(code) != LENGTH or any(letter not in LETTERS for letter in code):
        return None
    return code if hmac.compare_digest(_check(code[:-1]), code[-1]) else None


def as_printed(code: str) -> str:
    return "-".join(code[start : start + PART] for start in range(0, LENGTH, PART))


class AccessCodeBatch(models.Model):
    """An invitation for a number of people, or a stack of codes or cards, that lets people into a conversation."""

    lives = Stays("a stack of cards or an invitation, without a word about who got them")

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

    Rows are written in the order of their hashes, so that neither their order nor anything beside them tells
    where on a sheet a code stood or when it was used.
    """

    lives = Stays("a hash that opens a conversation; nothing leads from it to a person or to an answer")

    way = models.ForeignKey(AccessCodeBatch, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)
    left = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.digest[:8]


def digest_of_code(code: str, key: bytes) -> str:
    """Hash a code under the key of its conversation, which is destroyed a month after the close."""
    return hashlib.blake2b(code.encode(), key=key, digest_size=32, person=b"code").hexdigest()
