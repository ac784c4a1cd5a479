"""Devices on which organisers asked to be told, and what became of each notice."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import ExpiresAfter
from massline.core.json_shapes import ShapedField, list_of, one_of
from massline.core.sealed_columns import Sealed
from massline.desk.act.messages.models import DeliveryState
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import ScopedManager

KEPT = timedelta(days=365)
COUNTED = timedelta(days=14)


class PushKind(models.TextChoices):
    """What somebody may ask to be told of on a device. The notice says no more than this."""

    ALARM = "alarm", _("Something you watch moves: an issue breaks out, or a mood turns")
    URGENT = "urgent", _("An urgent call waits for a second person")


class PushDevice(models.Model):
    """A browser in which an organiser asked to be told. Its address and keys are sealed; no name of a device is kept."""

    lives = ExpiresAfter(since="made_on", days=KEPT.days)
    sealed_columns = (Sealed("sealed", by="server"),)

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="push_devices")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, help_text="of its address, under the server's secret")
    sealed = models.BinaryField(help_text="its address at the push service and its two keys")
    kinds = ShapedField(list_of(one_of(PushKind)), default=list)
    language = models.CharField(max_length=12, default="en")
    made_on = models.DateField(default=timezone.localdate)

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "digest"], name="one_row_per_device")]

    def __str__(self) -> str:
        return f"device {self.pk}"

    @property
    def kind_labels(self) -> list[str]:
        return [str(PushKind(kind).label) for kind in self.kinds]


class PushNotice(models.Model):
    """One notice to one device. A device that is gone leaves the count as it is."""

    lives = ExpiresAfter(since="made_on", days=COUNTED.days)

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    device = models.ForeignKey(PushDevice, null=True, on_delete=models.SET_NULL, related_name="notices")
    kind = models.CharField(max_length=8, choices=PushKind.choices)
    may_ring_at_night = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    counted_on = models.DateField(null=True, help_text="the day whose one message this is")
    made_on = models.DateField(default=timezone.localdate)

    objects = ScopedManager("organisation")

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
