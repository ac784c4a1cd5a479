"""A published call in further languages."""

from typing import TYPE_CHECKING

from django.db import models

from massline.core.expiry import Stays

if TYPE_CHECKING:
    from massline.square.calls.models import PublishedCall  # noqa: F401 (named in strings below)


class PublishedVersion(models.Model):
    """A call in a further language, written by a person. An empty place means: as the original says it."""

    lives = Stays("published words of the organisation", public=True)

    call = models.ForeignKey("calls.PublishedCall", on_delete=models.CASCADE, related_name="versions")
    language = models.CharField(max_length=12)
    slogan = models.CharField(max_length=90)
    what = models.CharField(max_length=120)
    ask = models.CharField(max_length=160)
    why = models.TextField(blank=True)
    bring = models.CharField(max_length=160, blank=True)
    place = models.CharField(max_length=160, blank=True)
    access = models.CharField(max_length=240, blank=True)
    what_changed = models.CharField(max_length=240, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["call", "language"], name="one_version_per_language")]

    def __str__(self) -> str:
        return self.slogan
