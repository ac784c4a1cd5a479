"""Which of the eight designs a call, event, listening round or report-back has, with what that design shows."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import NoOwnExpiry
from massline.core.sealed_columns import OpenColumn
from massline.square.organisations.models import PublicOrganisation


class Design(models.TextChoices):
    TYPE = "type", _("Words alone")
    BAND = "band", _("Colour band")
    PICTURE = "picture", _("Your own picture or linocut")
    PORTRAIT = "portrait", _("A voice with its words")
    NUMBER = "number", _("Number of the week")
    BEFORE_AFTER = "before-after", _("Before and after")
    WINDOW = "window", _("Window sign")
    STICKER = "sticker", _("Sticker and banner")


class ChosenDesign(models.Model):
    """The design of one public page's poster, window sign and pictures; kind and key are the parts of its address."""

    lives = NoOwnExpiry("how an organisation shows itself: published words and a picture", public=True)
    open_columns = (OpenColumn("picture", "a picture on posters that everybody sees"),)

    organisation = models.ForeignKey(PublicOrganisation, on_delete=models.CASCADE, related_name="designs")
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=60)
    design = models.CharField(max_length=12, choices=Design.choices, default=Design.TYPE)
    number = models.CharField(max_length=12, blank=True)
    counted = models.CharField(max_length=80, blank=True, help_text="what the number counts")
    quote = models.CharField(max_length=160, blank=True)
    who = models.CharField(max_length=60, blank=True, help_text="whose words, without a name")
    before = models.CharField(max_length=60, blank=True)
    after = models.CharField(max_length=60, blank=True)
    picture = models.BinaryField(null=True, help_text="a PNG of one bit: black on white")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "key"], name="one_design_per_page")
        ]

    def __str__(self) -> str:
        return f"{self.design} of {self.kind}/{self.key}"

    @property
    def known_design(self) -> Design:
        """The chosen design; words alone where this version does not know it."""
        return Design(self.design) if self.design in set(Design) else Design.TYPE
