"""Key pairs of organisations and accounts, holders' and paper seals, sheets and unlocks."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from massline.core.expiry import ExpiresAfter, NoOwnExpiry
from massline.core.sealed_columns import OpenColumn, Sealed
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import ScopedManager


class OrganisationKey(models.Model):
    """The key pair of one organisation and epoch; the private half exists only inside the holders' seals."""

    lives = NoOwnExpiry("a public key; the private half is sealed")
    sealed_columns = (Sealed("sealed_previous", by="envelope"),)
    open_columns = (OpenColumn("public_key", "the public half of the pair"),)

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="keys")
    epoch = models.PositiveIntegerField(default=1)
    public_key = models.BinaryField()
    sealed_previous = models.BinaryField(
        null=True, help_text="the private key before this one, for envelopes that were on their way"
    )
    made_on = models.DateField(default=timezone.localdate)

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["-epoch"]
        constraints = [models.UniqueConstraint(fields=["organisation", "epoch"], name="one_key_per_epoch")]

    def __str__(self) -> str:
        return f"{self.organisation}, epoch {self.epoch}"


class AccountKey(models.Model):
    """An account's own key pair; the private half is sealed under the passphrase (Argon2id, XSalsa20-Poly1305)."""

    lives = NoOwnExpiry("goes with its account")
    sealed_columns = (Sealed("sealed", by="passphrase"),)
    open_columns = (
        OpenColumn("public_key", "the public half of the pair"),
        OpenColumn("salt", "of use beside the passphrase only"),
    )

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="key")
    public_key = models.BinaryField()
    salt = models.BinaryField()
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"the key of {self.account}"


class HolderSeal(models.Model):
    """The organisation's private key, sealed to one holder's public key."""

    lives = NoOwnExpiry("goes with its account and key")
    sealed_columns = (Sealed("sealed", by="holder"),)

    key = models.ForeignKey(OrganisationKey, on_delete=models.CASCADE, related_name="seals")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="seals")
    sealed = models.BinaryField()

    objects = ScopedManager("key__organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "account"], name="one_seal_per_holder")]

    def __str__(self) -> str:
        return f"{self.account} holds {self.key}"


class RecoverySeal(models.Model):
    """The organisation's private key, sealed to words on paper; it counts once the sheets are proven to open it."""

    lives = NoOwnExpiry("goes with its key")
    sealed_columns = (Sealed("sealed", by="paper"), Sealed("challenge", by="paper"))

    key = models.OneToOneField(OrganisationKey, on_delete=models.CASCADE, related_name="recovery")
    public = models.CharField(max_length=120)
    sealed = models.BinaryField()
    challenge = models.BinaryField()
    answer_hash = models.CharField(max_length=64)
    made_on = models.DateField(default=timezone.localdate)
    proven_on = models.DateField(null=True)

    objects = ScopedManager("key__organisation")

    def __str__(self) -> str:
        return f"recovery of {self.key}"


class Unlock(models.Model):
    """A half of an unlocked vault; the other half is a random key in the holder's cookie and nowhere else."""

    lives = ExpiresAfter(since="opened_at", days=1, held=False)
    sealed_columns = (Sealed("sealed", by="cookie"),)

    uuid = models.UUIDField(unique=True, default=uuid4)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="unlocks")
    key = models.ForeignKey(OrganisationKey, on_delete=models.CASCADE, related_name="unlocks")
    sealed = models.BinaryField()
    opened_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(default=timezone.now)

    objects = ScopedManager("key__organisation")

    def __str__(self) -> str:
        return f"{self.account} unlocked {self.key}"


class PaperSet(models.Model):
    """Sheets that two or three keepers made at the desk; the key is sealed to them here until all are proven.

    The words are never stored. A digest of each sheet, which holds 128 random bits, tells whether a sheet is of this set.
    """

    lives = ExpiresAfter(since="pending_since", days=30, held=False)
    sealed_columns = (Sealed("sealed", by="paper"),)

    key = models.ForeignKey(OrganisationKey, on_delete=models.CASCADE, related_name="paper_sets")
    public = models.CharField(max_length=120)
    sealed = models.BinaryField(
        null=True, help_text="until every sheet is proven; then the recovery seal has it"
    )
    pending_since = models.DateField(null=True, default=timezone.localdate)

    objects = ScopedManager("key__organisation")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"sheets for {self.key}"


class PaperSheet(models.Model):
    """One keeper's sheet of a set: a digest of its words, and the day on which the keeper proved to have them."""

    lives = NoOwnExpiry("goes with its set")

    paper_set = models.ForeignKey(PaperSet, on_delete=models.CASCADE, related_name="sheets")
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    digest = models.CharField(max_length=64)
    proven_on = models.DateField(null=True)

    objects = ScopedManager("paper_set__key__organisation")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"a sheet of {self.paper_set_id}"


class AcceptedRisk(models.Model):
    """A key-holder's word that contacts are opened although the key could be lost; gone once keys are safe."""

    lives = NoOwnExpiry("goes with its organisation")

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="accepted_risk")
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    day = models.DateField(default=timezone.localdate)

    objects = ScopedManager("organisation")

    def __str__(self) -> str:
        return f"the risk {self.organisation_id} accepted"
