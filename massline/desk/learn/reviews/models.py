"""After-action reviews and what was agreed in them."""

from django.db import models
from django.utils import timezone

from massline.core.expiry import NoOwnExpiry
from massline.core.json_shapes import ShapedField, map_of, nullable, options, whole_number
from massline.desk.act.events.models import Event
from massline.desk.people.models import Account
from massline.desk.people.scope import ScopedManager

COUNTED = ("forecast", "said_yes", "came", "headcount", "new_people", "next_steps")


class AfterActionReview(models.Model):
    """A review of an event, due within 48 hours, by those who took part: expected, happened, why, keep, change."""

    lives = NoOwnExpiry("the organisation's own words, and counts")

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="review")
    numbers = ShapedField(
        options(
            **dict.fromkeys(COUNTED, nullable(whole_number)),
            room=map_of(whole_number),
        ),
        default=dict,
        help_text="forecast, signed up, came, new people; filled in by us",
    )
    expected = models.TextField()
    happened = models.TextField()
    because = models.TextField(help_text="why it was so")
    keep = models.TextField(blank=True)
    change = models.TextField(blank=True)
    held_on = models.DateField(default=timezone.localdate)
    held_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager("event__organisation")

    class Meta:
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return f"Review of {self.event}"

    @property
    def turnout(self) -> int | None:
        """The heads counted, or else the people marked as come; None where neither is known."""
        turnout: int | None = self.numbers.get("headcount") or self.numbers.get("came")
        return turnout


class Agreement(models.Model):
    """A task that a review agreed on, with an organiser and a day."""

    lives = NoOwnExpiry("what an organiser took on, with the review")

    review = models.ForeignKey("learn.AfterActionReview", on_delete=models.CASCADE, related_name="agreements")
    what = models.CharField(max_length=160)
    who = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="agreements")
    due_on = models.DateField()
    done_on = models.DateField(null=True)

    objects = ScopedManager("review__event__organisation")

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.what

    @property
    def is_late(self) -> bool:
        return self.done_on is None and self.due_on < timezone.localdate()
