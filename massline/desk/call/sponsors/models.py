"""What stands beside a call: further languages, who calls with us, and how an organisation wants its calls."""

from uuid import UUID

from django.db import models
from django.utils import timezone

from massline.core.expiry import Stays
from massline.desk.people.models import Organisation
from massline.desk.people.scope import Scoped


class CoSponsor(models.Model):
    """Who calls with us. One of this installation agrees itself, by a code; of others we are told so."""

    lives = Stays("organisations, never persons")

    call = models.ForeignKey("call.Call", on_delete=models.CASCADE, related_name="sponsors")
    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    token_hash = models.CharField(max_length=64, blank=True, help_text="of a code that was not used yet")
    agreed_on = models.DateField(null=True, blank=True)
    asked_on = models.DateField(default=timezone.localdate)

    objects = Scoped("call__organisation")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def organisation_uuid(self) -> UUID | None:
        """Of the organisation, where it shows itself on the square; an inner one is never pointed at."""
        found = self.organisation
        return found.uuid if found is not None and found.is_public else None

    @property
    def is_waiting(self) -> bool:
        return self.agreed_on is None
