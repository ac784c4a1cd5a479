"""Invitations to the desk."""

from django.db import models

from massline.core.expiry import ExpiresAfter
from massline.core.sealed_columns import Sealed
from massline.desk.guard.keys.models import OrganisationKey
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import ScopedManager


class Invitation(models.Model):
    """A single-use invitation, valid for 72 hours. A key-holder's carries the key, sealed under the token of its link."""

    lives = ExpiresAfter(since="expires_at", days=3, held=False)
    sealed_columns = (Sealed("sealed", by="link"),)

    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.CASCADE, related_name="invitations"
    )
    role = models.PositiveSmallIntegerField(choices=Role.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    key = models.ForeignKey(OrganisationKey, null=True, on_delete=models.CASCADE)
    sealed = models.BinaryField(null=True)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="invitations")
    seconded_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    objects = ScopedManager("organisation")

    def __str__(self) -> str:
        return f"{Role(self.role).label} of {self.organisation or 'a new installation'}"
