"""Calls in further languages."""

from django.db import models

from massline.core.expiry import NoOwnExpiry
from massline.desk.people.models import Account
from massline.desk.people.scope import ScopedManager
from massline.square.calls.fact_columns import TranslationColumns
from massline.square.calls.facts import TranslationFacts, facts_of


class CallTranslation(TranslationColumns):
    """A call in a further language, written by a person who speaks it. An empty place means the original's."""

    lives = NoOwnExpiry("the organisation's own words")

    call = models.ForeignKey("call.Call", on_delete=models.CASCADE, related_name="translations")
    slogan = models.CharField(max_length=240)
    behind = models.BooleanField(default=False, help_text="the original was changed after this was written")
    written_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager("call__organisation")

    class Meta:
        db_table = "call_callversion"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "language"], name="one_call_version_per_language")
        ]

    def __str__(self) -> str:
        return self.slogan

    @property
    def facts(self) -> TranslationFacts:
        return facts_of(TranslationFacts, self)
