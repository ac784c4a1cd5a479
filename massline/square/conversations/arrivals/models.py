"""Days on which so many came through the open door that organisers leave them out of the count."""

from django.db import models

from massline.core.expiry import NoOwnExpiry


class DaySetAside(models.Model):
    """A day whose newcomers of the open door are not counted, with the reason the results page gives."""

    lives = NoOwnExpiry("a day and a reason, and nobody")

    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="days_aside"
    )
    day = models.DateField()
    reason = models.CharField(max_length=160, help_text="why its newcomers are not counted")

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["conversation", "day"], name="one_reason_per_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.reason}"
