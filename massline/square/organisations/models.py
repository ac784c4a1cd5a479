"""The public face of an organisation. Its contacts, members and plans are not here and cannot be reached from here."""

import zoneinfo
from uuid import uuid4

from django.db import models
from django.urls import reverse

from massline.jobs.expiry import Stays


class PublicOrganisation(models.Model):
    """An organisation that shows itself: its name, one sentence, and the public key that seals envelopes."""

    lives = Stays("it names an organisation and nobody in it")

    uuid = models.UUIDField(unique=True, default=uuid4)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    sentence = models.CharField(max_length=240)
    language = models.CharField(max_length=12, default="en")
    timezone = models.CharField(max_length=64, default="UTC")
    imprint = models.CharField(max_length=240, blank=True, help_text="who publishes, where to write")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="chapters"
    )
    seal_key = models.BinaryField(null=True, help_text="X25519 public key, 32 bytes")
    seal_epoch = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("home:organisation", args=[self.slug], urlconf="massline.urls_square")

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.timezone)

    @property
    def takes_envelopes(self) -> bool:
        return self.seal_key is not None
