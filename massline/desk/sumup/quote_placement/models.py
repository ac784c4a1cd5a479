"""Slips that an organiser left out of a sum-up: words read, and quoted by none of its findings on purpose."""

from django.db import models

from massline.core.expiry import NoOwnExpiry
from massline.desk.listen.rounds.models import Voice
from massline.desk.people.scope import ScopedManager
from massline.desk.sumup.claims.models import SumUp


class LeftOut(models.Model):
    """A voice, or a statement of the square by its uuid, that this sum-up does not quote."""

    lives = NoOwnExpiry("goes with its sum-up")

    sum_up = models.ForeignKey(SumUp, on_delete=models.CASCADE, related_name="left_out")
    voice = models.ForeignKey(Voice, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    statement = models.UUIDField(null=True, blank=True)

    objects = ScopedManager("sum_up__round__organisation")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(voice__isnull=False, statement__isnull=True)
                | models.Q(voice__isnull=True, statement__isnull=False),
                name="left_out_names_one_source",
            ),
            models.UniqueConstraint(
                fields=["sum_up", "voice"],
                condition=models.Q(voice__isnull=False),
                name="voice_left_out_once",
            ),
            models.UniqueConstraint(
                fields=["sum_up", "statement"],
                condition=models.Q(statement__isnull=False),
                name="statement_left_out_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voice_id or self.statement}"
