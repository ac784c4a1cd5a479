"""Organisations that a published call names beside its own."""

from typing import TYPE_CHECKING

from django.db import models

from massline.core.expiry import Stays
from massline.square.organisations.models import PublicOrganisation

if TYPE_CHECKING:
    from massline.square.calls.models import PublishedCall  # noqa: F401 (named in strings below)


class CallSponsor(models.Model):
    """An organisation that calls with us; with its page where it shows itself here."""

    lives = Stays("names an organisation and nobody in it", public=True)

    call = models.ForeignKey("calls.PublishedCall", on_delete=models.CASCADE, related_name="sponsors")
    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(
        PublicOrganisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
