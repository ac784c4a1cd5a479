"""An organisation's settings for its calls."""

from django.db import models

from massline.core.expiry import NoOwnExpiry
from massline.desk.people.models import Organisation
from massline.desk.people.scope import ScopedManager


class CallSetting(models.Model):
    """An organisation's choice of a second reader for its calls, and the texts of its wallet cards."""

    lives = NoOwnExpiry("how an organisation calls; the number on its cards is public")

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="call_setting")
    second_eyes = models.BooleanField(default=False)
    legal_number = models.CharField(max_length=40, blank=True)
    rights = models.TextField(blank=True, max_length=700, help_text="one line each; checked by a lawyer")

    objects = ScopedManager("organisation")

    def __str__(self) -> str:
        return f"how {self.organisation} calls"

    @classmethod
    def of(cls, organisation: Organisation) -> "CallSetting":
        """The organisation's settings, or unsaved defaults."""
        return cls.objects.filter(organisation=organisation).first() or cls(organisation=organisation)
