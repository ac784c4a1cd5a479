"""PLACEHOLDER from massline.desk.call.further: What stands beside a call: further languages, who calls with us, and how an organisation wants its calls."""

from django.db import models

from massline.core.expiry import Stays
from massline.desk.people.models import Organisation
from massline.desk.people.scope import Scoped


class CallSetting(models.Model):
    """How an organisation wants its calls: whether a second person looks first, and what stands on its wallet cards."""

    lives = Stays("how an organisation calls; the number on its cards is public")

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="call_setting")
    second_eyes = models.BooleanField(default=False)
    legal_number = models.CharField(max_length=40, blank=True)
    rights = models.TextField(blank=True, max_length=700, help_text="one line each; checked by a lawyer")

    objects = Scoped("organisation")

    def __str__(self) -> str:
        return f"how {self.organisation} calls"

    @classmethod
    def of(cls, organisation: Organisation) -> "CallSetting":
        """Give what was set, or what holds where nothing was."""
        return cls.objects.filter(organisation=organisation).first() or cls(organisation=organisation)
