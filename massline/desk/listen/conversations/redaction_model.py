"""What was said where words of a statement were hidden; only organisers see it, and only for a month."""

from django.db import models
from django.utils import timezone

from massline.core.expiry import ExpiresAfter
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.scope import ScopedManager


class HiddenWords(models.Model):
    """A statement as it was written, beside the one on the public page that lacks a few of its words."""

    lives = ExpiresAfter(since="hidden_on", days=30)

    round = models.ForeignKey(ListeningRound, on_delete=models.CASCADE, related_name="hidden_words")
    statement = models.UUIDField(unique=True, help_text="of the public statement")
    said = models.TextField(help_text="as it was written")
    hidden_on = models.DateField(default=timezone.localdate)

    objects = ScopedManager("round__organisation")

    def __str__(self) -> str:
        return self.said[:60]
