"""Translations of voices."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext

from massline.core.expiry import NoOwnExpiry
from massline.desk.listen.rounds.models import Voice
from massline.desk.people.models import Account
from massline.desk.people.scope import ScopedManager


class VoiceTranslation(models.Model):
    """A translation of a voice, shown beside the original and never instead of it."""

    lives = NoOwnExpiry("goes with its voice")

    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=12)
    text = models.TextField()
    by_machine = models.BooleanField(help_text="a machine wrote it; else a person did")
    by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    made_on = models.DateField(default=timezone.localdate)

    objects = ScopedManager("voice__report__round__organisation")

    class Meta:
        db_table = "listen_translation"
        ordering = ["language", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["voice", "language"], name="one_translation_per_language")
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.text[:40]}"

    @property
    def origin(self) -> str:
        return gettext("machine translation") if self.by_machine else gettext("translated by a person")
