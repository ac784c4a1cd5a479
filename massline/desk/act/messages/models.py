"""Mailings and their deliveries: one mailing per occasion, one delivery per address."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import ExpiresAfter, NoOwnExpiry
from massline.core.json_shapes import ShapedField, moment, record, string
from massline.desk.people.scope import ScopedManager

IN_DOUBT_AFTER = timedelta(minutes=10)
# After each failure a message waits longer, so that it delays no other.
RETRY_WAITS = [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 15, 30)]


class Occasion(models.TextChoices):
    WELCOME = "welcome", _("straight away: you are on the list")
    DAY_BEFORE = "day_before", _("the day before: are you coming?")
    SAME_DAY = "same_day", _("on the morning")
    CHANGED = "changed", _("what changed")
    CANCELLED = "cancelled", _("cancelled")
    MOVED_UP = "moved_up", _("a place is free")
    LINK = "link", _("the link to join online")
    SLOT_LOST = "slot_lost", _("an hour or role is not needed any more")
    AFTER = "after", _("thank you, and what is next")
    WORDS = "words", _("your own words")


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("waiting to be read")
    GOING = "going", _("sending")
    SENT = "sent", _("sent")
    REFUSED = "refused", _("failed")
    NO_WAY = "no_way", _("no way to message them")
    LET_GO = "let_go", _("not needed any more")


class DeliveryProblem(models.TextChoices):
    """Reasons a message cannot reach somebody, as the desk shows them."""

    ADDRESS = "address", _("no message can be sent to this address")
    NO_CHANNEL = "channel", _("this installation cannot send to such an address")
    SEALED = "sealed", _("their sign-up does not open for the program that sends messages")
    REFUSED = "refused", _("the service does not accept their address")
    GIVEN_UP = "given_up", _("the service did not accept the message, though we tried many times")


class Mailing(models.Model):
    """An occasion of an event to write about, at one sequence number of its calendar entry."""

    lives = ExpiresAfter(since="event__ends_at", days=2)

    event = models.ForeignKey("act.Event", on_delete=models.CASCADE, related_name="mailings")
    occasion = models.CharField(max_length=12, choices=Occasion.choices)
    sequence = models.PositiveIntegerField(default=0)
    was = ShapedField(
        record(starts_at=moment, ends_at=moment, place=string, title=string, optional={"joining": string}),
        default=dict,
        blank=True,
        help_text="what people had been told before the change",
    )
    reason = models.CharField(max_length=240, blank=True, help_text="why it was called off, or our own words")
    known = models.CharField(max_length=60, blank=True, help_text="which sign-ups it has looked at")
    made_at = models.DateTimeField(default=timezone.now)

    objects = ScopedManager("event__organisation")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "occasion", "sequence"], name="one_mailing_per_occasion")
        ]

    def __str__(self) -> str:
        return f"{self.occasion} {self.sequence}"


def due_to_send(now: datetime) -> models.Q:
    """Messages, by their state and tries, whose time has come, and those that a worker claimed and then died."""
    due = models.Q(tries=0) | models.Q(tries__gt=len(RETRY_WAITS), at__lte=now - RETRY_WAITS[-1])
    for tries, wait in enumerate(RETRY_WAITS, start=1):
        due |= models.Q(tries=tries, at__lte=now - wait)
    lost = models.Q(state=DeliveryState.GOING, at__lt=now - IN_DOUBT_AFTER)
    return models.Q(due, state=DeliveryState.WAITING) | lost


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def to_send(self) -> "DeliveryQuerySet":
        """Waiting deliveries whose time has come, and those that a worker claimed and then died."""
        return self.filter(due_to_send(timezone.now()))

    def claim(self, deliveries: Iterable["Delivery"]) -> set[int]:
        """Claim them for this worker, inside its transaction; return the keys of those that nobody changed since they were read."""
        read = {delivery.pk: (delivery.state, delivery.tries, delivery.at) for delivery in deliveries}
        rows = self.filter(pk__in=read).select_for_update()
        now = {
            pk: (state, tries, at) for pk, state, tries, at in rows.values_list("pk", "state", "tries", "at")
        }
        claimed = {pk for pk, was in read.items() if now.get(pk) == was}
        if claimed:
            self.filter(pk__in=claimed).update(
                state=DeliveryState.GOING, at=timezone.now(), tries=models.F("tries") + 1
            )
        return claimed

    def unreached(self) -> "DeliveryQuerySet":
        """Deliveries that no message reached, and that will not be tried again."""
        return self.filter(state__in=[DeliveryState.REFUSED, DeliveryState.NO_WAY])


class Delivery(models.Model):
    """A message to one address, stored only as a digest under the event's own key."""

    lives = NoOwnExpiry("goes with its mailing, two days after the event")

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="deliveries")
    digest = models.CharField(max_length=32)
    state = models.CharField(max_length=8, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now, help_text="since when it is in this state")
    problem = models.CharField(max_length=8, choices=DeliveryProblem.choices, blank=True)
    envelope = models.UUIDField(
        null=True, help_text="the sign-up, only where no message reaches it, so that key-holders can name it"
    )

    objects = ScopedManager.from_queryset(DeliveryQuerySet)("mailing__event__organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mailing", "digest"], name="one_delivery_per_address")]

    def __str__(self) -> str:
        return f"{self.state} {self.digest[:8]}"

    def set_state(self, state: DeliveryState) -> None:
        Delivery.objects.filter(pk=self.pk).update(state=state, at=timezone.now())

    def set_aside(self, problem: DeliveryProblem, envelope: UUID | None) -> None:
        """End it without a message; the desk says why, and for whom."""
        Delivery.objects.filter(pk=self.pk).update(
            state=DeliveryState.REFUSED, problem=problem, envelope=envelope, at=timezone.now()
        )


class DayReached(models.Model):
    """An address an organisation wrote to unasked on a day, as a digest under the day's own key."""

    lives = ExpiresAfter(since="day", days=1)

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    day = models.DateField(default=timezone.localdate)
    digest = models.CharField(max_length=32)

    objects = ScopedManager("organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "day", "digest"], name="once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.digest[:8]}"
