"""Pseudonyms, one for each browser that answered in a conversation."""

from django.db import models
from django.utils import timezone

from massline.core.expiry import NoOwnExpiry
from massline.core.random_primary_keys import random_primary_key
from massline.square.conversations.access_codes.models import AccessCodeBatch
from massline.square.conversations.trust_levels import Level


class Participant(models.Model):
    """A pseudonym in one conversation. It is written with an answer, never where a code or card is used up."""

    lives = NoOwnExpiry("a pseudonym that means nothing once the conversation's key is destroyed")

    id = models.BigIntegerField(primary_key=True, default=random_primary_key, editable=False)
    # The unique constraint finds participants of a conversation, and below votes of a participant, as an index of their own would.
    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="participants", db_index=False
    )
    key = models.CharField(max_length=64)
    section = models.CharField(max_length=60, blank=True, help_text="self-declared, or empty")
    asked_section = models.BooleanField(default=False, help_text="they said it, or would rather not")
    joined_on = models.DateField(default=timezone.localdate)
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.OPEN)
    way = models.ForeignKey(
        AccessCodeBatch,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="participants",
        help_text="the invitation; never a stack of codes or cards",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "key"], name="one_participant_per_key")
        ]

    def __str__(self) -> str:
        return self.key[:8]
