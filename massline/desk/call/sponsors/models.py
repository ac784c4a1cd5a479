"""Organisations that call together with ours."""

from uuid import UUID

from django.db import models
from django.utils import timezone

from massline.core.expiry import NoOwnExpiry
from massline.desk.people.models import Organisation
from massline.desk.people.scope import ScopedManager


class CoSponsor(models.Model):
    """A co-sponsor of a call. Organisations of this installation agree by a code; others are entered by name."""

    lives = NoOwnExpiry("organisations, never persons")

    call = models.ForeignKey("call.Call", on_delete=models.CASCADE, related_name="sponsors")
    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    token_hash = models.CharField(max_length=64, blank=True, help_text="of a code that was not used yet")
    agreed_on = models.DateField(null=True, blank=True)
    asked_on = models.DateField(default=timezone.localdate)

    objects = ScopedManager("call__organisation")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def organisation_uuid(self) -> UUID | None:
        """The uuid of the co-sponsor's public page; None for an inner organisation, which is never linked."""
        organisation = self.organisation
        return organisation.uuid if organisation is not None and organisation.is_public else None

    @property
    def is_waiting(self) -> bool:
        return self.agreed_on is None
