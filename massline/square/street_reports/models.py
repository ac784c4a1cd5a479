"""Verified sightings; what is not verified is never stored here."""

from uuid import uuid4

from django.db import models

from massline.core.expiry import ExpiresAfter
from massline.square.organisations.models import PublicOrganisation


class Sighting(models.Model):
    """A verified sighting: what, where and when; neither who saw it nor who checked it is stored."""

    lives = ExpiresAfter(since="seen_at", days=30, public=True)

    uuid = models.UUIDField(unique=True, default=uuid4)
    organisation = models.ForeignKey(PublicOrganisation, on_delete=models.CASCADE, related_name="sightings")
    what = models.CharField(max_length=400)
    place = models.CharField(max_length=160)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return self.what
