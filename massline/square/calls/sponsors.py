"""Organisations that call together with the one that published a call."""

from typing import TYPE_CHECKING

from django.db import models

from massline.core.expiry import NoOwnExpiry
from massline.square.organisations.models import PublicOrganisation

if TYPE_CHECKING:
    from massline.square.calls.models import PublishedCall  # noqa: F401 (named in strings below)


class CallSponsor(models.Model):
    """An organisation that co-sponsors a call, with its public page if it has one here."""

    lives = NoOwnExpiry("names an organisation and nobody in it", public=True)

    call = models.ForeignKey("calls.PublishedCall", on_delete=models.CASCADE, related_name="sponsors")
    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(
        PublicOrganisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
