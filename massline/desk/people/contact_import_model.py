"""Imports of contact lists, linked from their contacts so that an import can be undone."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from massline.core.expiry import Keep
from massline.core.json_shapes import ShapedField, map_of, string
from massline.desk.people.scope import ScopedManager


class ContactImport(models.Model):
    """An imported list with its counts; the people on it are ordinary contacts."""

    lives = Keep(since="made_on", days=365)

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="contact_imports"
    )
    source = models.CharField(max_length=120, help_text="where the list comes from and how people agreed")
    made_on = models.DateField(default=timezone.localdate)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    new = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0, help_text="no consent, no way to reach them, no name")
    columns = ShapedField(
        map_of(string), default=dict, help_text="what each heading meant, for the next list like it"
    )
    vouched_by = models.CharField(
        max_length=150, blank=True, default="", help_text="who said that everybody on the list agreed"
    )
    vouched_on = models.DateField(null=True, help_text="the day they agreed, where somebody vouched")
    taken_back_on = models.DateField(null=True)

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"a list of {self.made_on}"
