"""Sign-ups for the organisers, sealed before they reach the disk."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import models
from django.utils import timezone

from massline.core.expiry import ExpiresAfter, NoOwnExpiry
from massline.core.sealed_columns import OpenColumn, Sealed
from massline.square.envelopes import check_in_codes
from massline.square.envelopes.sealing import envelope_binding
from massline.square.organisations.models import PublicOrganisation

KEPT_AFTER_EVENT = timedelta(days=14)
COURIER_AFTER_EVENT = timedelta(days=2)


class EnvelopeState(models.TextChoices):
    WAITING = "waiting"
    COLLECTED = "collected"
    CANCELLED = "cancelled"


class EnvelopeQuerySet(models.QuerySet["Envelope"]):
    def about(self, subject: UUID) -> "EnvelopeQuerySet":
        return self.filter(about=subject)

    def standing(self) -> "EnvelopeQuerySet":
        """Sign-ups that were not cancelled. A link on paper is none."""
        return self.exclude(state=EnvelopeState.CANCELLED).filter(on_paper=False)

    def to_collect(self) -> "EnvelopeQuerySet":
        """New and changed envelopes, and cancellations the desk has not seen."""
        return self.filter(seen=False)

    def expired(self, today: date) -> "EnvelopeQuerySet":
        return self.filter(expires_on__lt=today)


class Envelope(models.Model):
    """A sealed sign-up. The manage link's token is kept only as a hash; the square cannot read the rest."""

    lives = ExpiresAfter(since="expires_on")
    sealed_columns = (Sealed("sealed", by="envelope"), Sealed("sealed_link", by="link"))
    open_columns = (
        OpenColumn("join_key", "the public half of a pair that follows from the manage link's secret"),
    )

    uuid = models.UUIDField(unique=True, default=uuid4)
    organisation = models.ForeignKey(PublicOrganisation, on_delete=models.CASCADE, related_name="envelopes")
    about = models.UUIDField(db_index=True, help_text="the public event")
    sealed = models.BinaryField(null=True, help_text="libsodium sealed box of a padded JSON object")
    epoch = models.PositiveIntegerField()
    token_hash = models.CharField(max_length=64, unique=True)
    form_id = models.CharField(
        max_length=64, unique=True, help_text="the same form sent twice is one envelope"
    )
    state = models.CharField(max_length=10, choices=EnvelopeState.choices, default=EnvelopeState.WAITING)
    slot = models.ForeignKey(
        "envelopes.Slot", null=True, blank=True, on_delete=models.SET_NULL, related_name="envelopes"
    )
    same_as = models.UUIDField(
        null=True,
        blank=True,
        help_text="the same person's first sign-up for it, as the desk found; they count once",
    )
    people = models.PositiveSmallIntegerField(default=1, help_text="how many come with this sign-up")
    awaits_place = models.BooleanField(default=False, help_text="the event is full; on its waiting list")
    waits = models.BooleanField(default=False, help_text="on the waiting list of the slot")
    moved_up = models.BooleanField(default=False, help_text="waited, and has the slot now")
    lost_slot = models.CharField(
        max_length=80, blank=True, help_text="the slot they had, which is not needed any more"
    )
    confirmed = models.BooleanField(
        default=False, help_text="said once more, after a reminder, that they come"
    )
    on_paper = models.BooleanField(
        default=False,
        help_text="no sign-up: a link for somebody who came without one, handed to them on paper",
    )
    join_key = models.BinaryField(null=True, help_text="the link to join online is sealed to it; X25519")
    sealed_link = models.BinaryField(null=True, help_text="the link to join online, for this sign-up alone")
    link_version = models.PositiveIntegerField(default=0, help_text="which link `sealed_link` holds")
    seen = models.BooleanField(default=False, help_text="collected by the desk since the last change")
    made_on = models.DateField(default=timezone.localdate)
    expires_on = models.DateField(db_index=True)

    objects = EnvelopeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.state} {self.uuid}"

    @property
    def binding(self) -> str:
        return envelope_binding(self.about, self.uuid)

    @property
    def is_cancelled(self) -> bool:
        return self.state == EnvelopeState.CANCELLED

    @property
    def door_code(self) -> str:
        """The code that a participant says at the door instead of a name."""
        return check_in_codes.spell_code(check_in_codes.check_in_code(self.token_hash))


class CourierKey(models.Model):
    """The public half of one event's courier key; the private half lies in a file that the worker alone can read.

    The worker keeps a few spare ones ready, and the first sign-up for an event takes one for it.
    """

    lives = ExpiresAfter(since="expires_on")
    open_columns = (OpenColumn("public_key", "the public half of the pair"),)

    uuid = models.UUIDField(unique=True, default=uuid4)
    about = models.UUIDField(unique=True, null=True, help_text="the public event; null while it is spare")
    organisation = models.ForeignKey(
        PublicOrganisation, null=True, on_delete=models.CASCADE, related_name="courier_keys"
    )
    public_key = models.BinaryField(help_text="X25519, 32 bytes")
    expires_on = models.DateField(null=True, db_index=True)

    def __str__(self) -> str:
        return f"courier key {self.uuid}"


class CourierCopy(models.Model):
    """The address alone of one sign-up, sealed to the event's courier key, so that the worker can write to it."""

    lives = NoOwnExpiry("goes with its courier key, two days after the event")
    sealed_columns = (Sealed("sealed", by="courier"),)

    uuid = models.UUIDField(unique=True, default=uuid4)
    envelope = models.OneToOneField(Envelope, on_delete=models.CASCADE, related_name="courier_copy")
    key = models.ForeignKey(CourierKey, on_delete=models.CASCADE, related_name="copies")
    sealed = models.BinaryField(help_text="libsodium sealed box of a padded JSON object")

    def __str__(self) -> str:
        return f"courier copy {self.uuid}"


# Models of this app that need the ones above.
from massline.square.envelopes.event_capacity import EventLimit  # noqa: E402, F401
from massline.square.envelopes.news_unsubscribe import StopLink  # noqa: E402, F401
from massline.square.envelopes.timeslots import Slot  # noqa: E402, F401
