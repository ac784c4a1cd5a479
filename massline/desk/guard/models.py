"""Keys, invitations, the audit chain with its heads, and whether backups were tried."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from massline.core.expiry import Keep, Stays
from massline.desk.guard.states import Trial
from massline.desk.guard.two import LegalHold, Proposal
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import Scoped
from massline.desk.people.states import Role

__all__ = ["LegalHold", "Proposal"]


class OrganisationKey(models.Model):
    """The key pair of one organisation and epoch; the private half exists only inside the holders' seals."""

    lives = Stays("a public key; the private half is sealed")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="keys")
    epoch = models.PositiveIntegerField(default=1)
    public_key = models.BinaryField()
    sealed_previous = models.BinaryField(
        null=True, help_text="the private key before this one, for envelopes that were on their way"
    )
    made_on = models.DateField(default=timezone.localdate)

    objects = Scoped("organisation")

    class Meta:
        ordering = ["-epoch"]
        constraints = [models.UniqueConstraint(fields=["organisation", "epoch"], name="one_key_per_epoch")]

    def __str__(self) -> str:
        return f"{self.organisation}, epoch {self.epoch}"


class AccountKey(models.Model):
    """An account's own key pair; the private half is sealed under the passphrase (Argon2id, XSalsa20-Poly1305)."""

    lives = Stays("goes with its account")

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="key")
    public_key = models.BinaryField()
    salt = models.BinaryField()
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"the key of {self.account}"


class HolderSeal(models.Model):
    """The organisation's private key, sealed to one holder's public key."""

    lives = Stays("goes with its account and key")

    key = models.ForeignKey(OrganisationKey, on_delete=models.CASCADE, related_name="seals")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="seals")
    sealed = models.BinaryField()

    objects = Scoped("key__organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "account"], name="one_seal_per_holder")]

    def __str__(self) -> str:
        return f"{self.account} holds {self.key}"


class RecoverySeal(models.Model):
    """The organisation's private key, sealed to words on paper; of use only once it was proven that they open it."""

    lives = Stays("goes with its key")

    key = models.OneToOneField(OrganisationKey, on_delete=models.CASCADE, related_name="recovery")
    public = models.CharField(max_length=120)
    sealed = models.BinaryField()
    challenge = models.BinaryField()
    answer_hash = models.CharField(max_length=64)
    made_on = models.DateField(default=timezone.localdate)
    proven_on = models.DateField(null=True)

    objects = Scoped("key__organisation")

    def __str__(self) -> str:
        return f"recovery of {self.key}"


class Unlock(models.Model):
    """One half of an unlocked vault; the other half is a random key in the holder's cookie and nowhere else."""

    lives = Keep(since="opened_at", days=1, held=False)

    uuid = models.UUIDField(unique=True, default=uuid4)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="unlocks")
    key = models.ForeignKey(OrganisationKey, on_delete=models.CASCADE, related_name="unlocks")
    sealed = models.BinaryField()
    opened_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(default=timezone.now)

    objects = Scoped("key__organisation")

    def __str__(self) -> str:
        return f"{self.account} unlocked {self.key}"


class Invitation(models.Model):
    """A single-use way in, good for 72 hours. A holder's invitation carries the key sealed under its own token."""

    lives = Keep(since="expires_at", days=3, held=False)

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

    objects = Scoped("organisation")

    def __str__(self) -> str:
        return f"{Role(self.role).label} of {self.organisation or 'a new installation'}"


class AuditLine(models.Model):
    """One act, chained to the one before. It names the verb and the row, never a content or an address."""

    lives = Keep(since="day", days=180)

    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.CASCADE, related_name="audit")
    sequence = models.PositiveIntegerField()
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    day = models.DateField(default=timezone.localdate)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    salt = models.BinaryField(
        null=True, help_text="without it nobody can guess the line from a published head"
    )
    by_number = models.PositiveBigIntegerField(
        null=True, help_text="whose act; stays when the account is gone"
    )

    objects = Scoped("organisation")

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "sequence"], name="one_line_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.subject}"


class AuditHead(models.Model):
    """How long one audit chain was on one day, and the digest of its last line: what the published heads rest on."""

    lives = Keep(since="day", days=400)

    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.CASCADE, related_name="audit_heads"
    )
    day = models.DateField(default=timezone.localdate)
    length = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    objects = Scoped("organisation")

    class Meta:
        ordering = ["day", "pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "day"], name="one_audit_head_per_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.length} {self.digest}"


class HeadLeaf(models.Model):
    """One chain's share in the head of all chains together; it names nobody, and outlives what it stood for."""

    lives = Keep(since="day", days=400)

    day = models.DateField(default=timezone.localdate, db_index=True)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.day} {self.digest}"


class Trying(models.Model):
    """A backup that was made, or brought back to see whether it would help. It holds nothing about anybody."""

    lives = Keep(since="at", days=365)

    what = models.CharField(max_length=8, choices=Trial.choices)
    at = models.DateTimeField(default=timezone.now)
    held = models.BooleanField(help_text="it went well")

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.what} {'held' if self.held else 'failed'}"
