"""The public face of an organisation. Its contacts, members and plans are not here and cannot be reached from here."""

import zoneinfo
from uuid import UUID, uuid4

from django.db import models
from django.urls import reverse
from django.utils.timezone import localdate

from massline.core.expiry import ExpiresAfter, NoOwnExpiry, register_holds
from massline.core.phone_countries import phone_country
from massline.core.sealed_columns import OpenColumn
from massline.core.time_zones import zone_named
from massline.engine.privacy.threshold import LEAST


class PublicOrganisation(models.Model):
    """An organisation that shows itself: its name, one sentence, and the public key that seals envelopes."""

    lives = NoOwnExpiry("it names an organisation and nobody in it", public=True)
    open_columns = (
        OpenColumn("seal_key", "the public half of the pair"),
        OpenColumn("mark", "a drawing that stands on every public page"),
    )

    uuid = models.UUIDField(unique=True, default=uuid4)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    sentence = models.CharField(max_length=240)
    language = models.CharField(max_length=12, default="en")
    timezone = models.CharField(max_length=64, default="UTC")
    country = models.CharField(
        max_length=2, blank=True, default="", help_text="of phone numbers without one; empty: guessed"
    )
    colour = models.CharField(max_length=7, blank=True, default="", help_text="its own, as #rrggbb")
    mark = models.BinaryField(
        null=True, help_text="a PNG of 128 × 128, in the colour that can be read on its own"
    )
    imprint = models.CharField(max_length=240, blank=True, help_text="who publishes, where to write")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="chapters"
    )
    seal_key = models.BinaryField(null=True, help_text="X25519 public key, 32 bytes")
    seal_epoch = models.PositiveIntegerField(default=0)
    small_cell = models.PositiveSmallIntegerField(
        default=LEAST, help_text="figures of fewer people are not shown; the installation may ask for more"
    )
    held = models.BooleanField(default=False, help_text="a legal hold: nothing of it is swept away")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("home:organisation", args=[self.slug], urlconf="massline.urls_square")

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zone_named(self.timezone)

    @property
    def phone_country(self) -> str:
        """The country of phone numbers that are written without one."""
        return phone_country(self.country, self.timezone)

    @property
    def takes_envelopes(self) -> bool:
        return self.seal_key is not None


class PublishedHead(models.Model):
    """The head of an audit chain on one day: who keeps a copy elsewhere can tell a chain that was rewritten.

    The one without an organisation covers every chain of the installation together, and counts nothing.
    """

    lives = ExpiresAfter(since="day", days=400, held=False, public=True)

    organisation = models.ForeignKey(
        PublicOrganisation, null=True, on_delete=models.CASCADE, related_name="heads"
    )
    day = models.DateField(default=localdate)
    length = models.PositiveIntegerField(null=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-day", "organisation__slug"]
        constraints = [models.UniqueConstraint(fields=["organisation", "day"], name="one_head_per_day")]

    def __str__(self) -> str:
        """A line as it is published: day, organisation, length, digest; a star for all of them together."""
        name = self.organisation.slug if self.organisation else "*"
        return f"{self.day} {name} {self.length if self.length is not None else '-'} {self.digest}"


@register_holds("square")
def held_organisations() -> set[UUID]:
    return set(PublicOrganisation.objects.filter(held=True).values_list("uuid", flat=True))
