"""Vouches of key-holders for members."""

from django.db import models
from django.utils import timezone

from massline.core.expiry import NoOwnExpiry
from massline.desk.people.models import Account, Membership, Organisation
from massline.desk.people.scope import ScopedManager


class Vouch(models.Model):
    """A key-holder's word that a member is another person than whoever let them in; before that, only a code's digest."""

    lives = NoOwnExpiry("goes with its membership")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="vouch")
    digest = models.CharField(max_length=64, blank=True, help_text="of the code that is to be read aloud")
    valid_until = models.DateTimeField(null=True)
    vouched_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    vouched_on = models.DateField(null=True)

    objects = ScopedManager("organisation")

    def __str__(self) -> str:
        return f"a vouch for membership {self.membership_id}"

    @property
    def counts(self) -> bool:
        """A vouch counts from the day after it was given."""
        return self.vouched_on is not None and self.vouched_on < timezone.localdate()
