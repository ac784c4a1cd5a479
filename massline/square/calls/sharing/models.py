"""Counts of how often a call was opened by source, and pictures for links to public pages."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import ExpiresAfter, NoOwnExpiry
from massline.core.sealed_columns import OpenColumn
from massline.square.organisations.models import PublicOrganisation

if TYPE_CHECKING:
    from massline.square.calls.models import PublishedCall  # noqa: F401 (named in strings below)


class SourceDay(models.Model):
    """The number of openings of a call by one source (a poster, a flyer, a message) on one day."""

    lives = ExpiresAfter(since="day", days=400, held=False)

    call = models.ForeignKey("calls.PublishedCall", on_delete=models.CASCADE, related_name="source_days")
    source = models.CharField(max_length=2)
    day = models.DateField(default=timezone.localdate)
    opened = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day", "source"]
        constraints = [
            models.UniqueConstraint(fields=["call", "source", "day"], name="one_count_per_source_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.source} {self.opened}"


class ShareForm(models.TextChoices):
    """A wide picture for links, a square one for posts, an upright one for stories, and a loop."""

    WIDE = "wide", _("Picture for links (wide)")
    SQUARE = "square", _("Picture for posts (square)")
    UPRIGHT = "upright", _("Picture for stories (upright)")
    LOOP = "loop", _("Ten-second loop without sound")


class SharePicture(models.Model):
    """A picture or loop that chats and networks show, with a digest of the words and the design it was drawn from."""

    lives = NoOwnExpiry("published words of the organisation, as a picture", public=True)
    open_columns = (OpenColumn("picture", "a picture that everybody sees"),)

    organisation = models.ForeignKey(
        PublicOrganisation, on_delete=models.CASCADE, related_name="share_pictures"
    )
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=60)
    language = models.CharField(max_length=12)
    form = models.CharField(max_length=8, choices=ShareForm.choices)
    digest = models.CharField(max_length=64, help_text="of the words and the design it was drawn from")
    picture = models.BinaryField()

    class Meta:
        # calls_sharepicture holds the pictures of an earlier version.
        db_table = "calls_pagepicture"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "key", "language", "form"], name="one_picture_per_form"
            )
        ]

    def __str__(self) -> str:
        return f"{self.form} picture {self.language}"
