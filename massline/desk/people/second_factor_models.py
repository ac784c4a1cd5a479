"""Second factors beside the passphrase: passkeys, code apps and recovery codes."""

from typing import ClassVar

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import NoOwnExpiry
from massline.core.sealed_columns import OpenColumn, Sealed


class Passkey(models.Model):
    """The public half of a passkey, and the day it was last used."""

    lives = NoOwnExpiry("goes with its account")
    open_columns = (
        OpenColumn("handle", "random bytes"),
        OpenColumn("credential_id", "a name the device gave its key"),
        OpenColumn("credential", "the public half of the device's key"),
    )

    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="passkeys")
    name = models.CharField(_("Where is it?"), max_length=60)
    handle = models.BinaryField(
        help_text="random bytes that name the account to the device, the same for all"
    )
    credential_id = models.BinaryField(unique=True)
    credential = models.BinaryField(
        help_text="the public key, as WebAuthn writes it (attested credential data)"
    )
    counter = models.PositiveBigIntegerField(default=0)
    made_on = models.DateField(default=localdate)
    used_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.name


class CodeApp(models.Model):
    """An app that shows six digits every half minute (TOTP, RFC 6238). Its secret is encrypted with the server's."""

    lives = NoOwnExpiry("goes with its account")
    sealed_columns = (Sealed("sealed", by="server"),)

    account = models.OneToOneField("people.Account", on_delete=models.CASCADE, related_name="code_app")
    sealed = models.BinaryField()
    last_step = models.PositiveBigIntegerField(
        default=0, help_text="no code of this half minute or before counts"
    )
    made_on = models.DateField(default=localdate)
    used_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"the app of {self.account}"


class RecoveryCode(models.Model):
    """A code on paper that works once. Only its hash is stored."""

    lives = NoOwnExpiry("goes with its account")
    sealed_columns = (Sealed("digest", by="digest"),)

    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.BinaryField(unique=True)
    made_on = models.DateField(default=localdate)
    used_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"a code of {self.account}"
