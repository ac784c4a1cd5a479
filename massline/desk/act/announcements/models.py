"""Announcements to people who asked to be told, and one notice for each of them."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from massline.core.contact_points import ContactMethod
from massline.core.expiry import ExpiresAfter, NoOwnExpiry
from massline.core.sealed_columns import Sealed
from massline.desk.act.events.models import Event
from massline.desk.act.messages.models import DeliveryState, due_to_send
from massline.desk.call.models import Call
from massline.desk.people.models import Account, Contact, Organisation, Section
from massline.desk.people.scope import ScopedManager
from massline.square.envelopes.news_requests import NewsKind
from massline.square.envelopes.news_unsubscribe import KEPT


class Announcement(models.Model):
    """One act of telling: which event, on which consent, in whose words."""

    lives = ExpiresAfter(since="made_on", days=KEPT.days)  # as long as the links in its messages

    uuid = models.UUIDField(unique=True, default=uuid4)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="announcements")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="announcements")
    call = models.ForeignKey(
        Call, null=True, blank=True, on_delete=models.CASCADE, related_name="announcements"
    )
    kind = models.CharField(max_length=10, choices=NewsKind.choices)
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    words = models.TextField(max_length=600, blank=True, help_text="what to say besides what, when and where")
    left_to_call = models.PositiveIntegerField(default=0, help_text="people no message reaches")
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    made_on = models.DateField(default=timezone.localdate)

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["-made_on", "-pk"]

    def __str__(self) -> str:
        return self.event.title

    @property
    def may_ring_at_night(self) -> bool:
        return self.call is not None and self.call.may_ring_at_night


class NoticeQuerySet(models.QuerySet["Notice"]):
    def to_send(self) -> "NoticeQuerySet":
        """Waiting notices whose time has come, and those that a worker claimed and then died."""
        now = timezone.now()
        return self.filter(Q(not_before=None) | Q(not_before__lte=now)).filter(due_to_send(now))


class Notice(models.Model):
    """A message to one person. Their address lies in it sealed to the worker, and is destroyed once it is sent."""

    lives = NoOwnExpiry("goes with its announcement, after 60 days")
    sealed_columns = (Sealed("sealed", by="courier"),)

    uuid = models.UUIDField(unique=True, default=uuid4)
    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="notices")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField(null=True, help_text="libsodium sealed box of a padded JSON object")
    token_hash = models.CharField(
        max_length=64,
        db_index=True,
        help_text="of the link that ends these messages; people who share one message share its link",
    )
    method = models.CharField(
        max_length=10, choices=[(way.value, way.value) for way in ContactMethod], help_text="by which way"
    )
    state = models.CharField(max_length=8, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now, help_text="since when it is in this state")
    not_before = models.DateTimeField(null=True, help_text="they were written to that day already")
    counted_on = models.DateField(null=True, help_text="the day whose one message this is")
    stopped = models.BooleanField(default=False, help_text="they pressed: no more of these")

    objects = ScopedManager.from_queryset(NoticeQuerySet)("announcement__organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["announcement", "contact"], name="one_notice_each")]

    def __str__(self) -> str:
        return f"{self.state} {self.uuid}"

    def claim(self) -> bool:
        """Claim it for this worker; False if another worker was quicker, or its address was changed since it was read."""
        mine = Notice.objects.to_send().filter(pk=self.pk, sealed=self.sealed)
        return mine.update(state=DeliveryState.GOING, at=timezone.now(), tries=F("tries") + 1) == 1

    def set_state(self, state: DeliveryState) -> None:
        """Record how it ended; an address that is not needed any more is destroyed."""
        over = {} if state in (DeliveryState.WAITING, DeliveryState.GOING) else {"sealed": None}
        Notice.objects.filter(pk=self.pk).update(state=state, at=timezone.now(), **over)

    def record_result(self, state: DeliveryState) -> None:
        """Record what became of a message to the address that was read.

        Where the address was changed while a message was on its way that then failed, it waits for the new one; where
        it was let go meanwhile, it stays so.
        """
        if state == DeliveryState.SENT:
            self.set_state(state)
            return
        going = Notice.objects.filter(pk=self.pk, state=DeliveryState.GOING)
        is_changed = going.exclude(sealed=self.sealed).update(
            state=DeliveryState.WAITING, at=timezone.now(), tries=0
        )
        if not is_changed and going.exists():
            self.set_state(state)
