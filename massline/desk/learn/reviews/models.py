"""After-action reviews."""

from django.db import models
from django.utils import timezone

from massline.core.expiry import Stays
from massline.core.json_shapes import ShapedField, map_of, nullable, options, whole_number
from massline.desk.act.events.models import Event
from massline.desk.people.models import Account
from massline.desk.people.scope import ScopedManager

COUNTED = ("forecast", "said_yes", "came", "headcount", "new_people", "next_steps")


class AfterActionReview(models.Model):
    """A review of an event, due within 48 hours, by those who took part: expected, happened, why, keep, change."""

    lives = Stays("the organisation's own words, and counts")

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
