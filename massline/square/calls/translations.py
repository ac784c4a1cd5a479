"""A published call in further languages."""

from typing import TYPE_CHECKING

from django.db import models

from massline.core.expiry import NoOwnExpiry
from massline.square.calls.fact_columns import TranslationColumns

if TYPE_CHECKING:
    from massline.square.calls.models import PublishedCall  # noqa: F401 (named in strings below)


class PublishedTranslation(TranslationColumns):
    """A published call in a further language, written by a person. An empty place means the original's."""

    lives = NoOwnExpiry("published words of the organisation", public=True)

    call = models.ForeignKey("calls.PublishedCall", on_delete=models.CASCADE, related_name="translations")
    what_changed = models.CharField(max_length=240, blank=True)

    class Meta:
        db_table = "calls_publishedversion"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["call", "language"], name="one_version_per_language")]

    def __str__(self) -> str:
        return self.slogan
