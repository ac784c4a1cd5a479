"""What takes two key-holders, and what is tried again and again."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class What(models.TextChoices):
    """An act that one key-holder proposes and another confirms with their passphrase."""

    HOLD = "hold", _("Keep everything: a legal hold")
    LIFT = "lift", _("End the legal hold")
    EXPORT = "export", _("Take contacts out in a file")
    BURN = "burn", _("Burn the whole compartment")


class Trial(models.TextChoices):
    BACKUP = "backup", _("a backup was made")
    RESTORE = "restore", _("a backup was brought back to try it")
