"""An analysis with a source for each point, the questions it was written for, and the round that takes replies."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from massline.core.expiry import Stays
from massline.core.json_shapes import ShapedField, list_of, record, string
from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import ScopedManager


class Exposure(models.Model):
    """What the organisation found out. A second organiser publishes it; then it does not change any more."""

    lives = Stays("the organisation's own words")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="exposures")
    uuid = models.UUIDField(unique=True, default=uuid4, help_text="its name on the square")
    title = models.CharField(max_length=160)
    lead = models.TextField(max_length=1200, help_text="what we found out, in a few sentences")
    points = ShapedField(
        list_of(record(text=string, source=string)), default=list, help_text="[{text, source}]"
    )
    unknown = models.TextField(blank=True, max_length=600, help_text="what we do not know")
    next_step = models.TextField(max_length=400, help_text="what happens next")
    reply_question = models.CharField(max_length=240, help_text="what readers are asked")
    written_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    written_on = models.DateField(default=timezone.localdate)
    published_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    published_on = models.DateField(null=True, blank=True)
    round = models.ForeignKey(
        ListeningRound, null=True, blank=True, on_delete=models.SET_NULL, related_name="exposures"
    )

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["-written_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        return self.published_on is not None


class ExposedQuestion(models.Model):
    """A question an exposure was written for, in public wording, and whose it was: a voice or a statement."""

    lives = Stays("goes with its exposure")

    exposure = models.ForeignKey(Exposure, on_delete=models.CASCADE, related_name="questions")
    text = models.TextField()
    voice = models.ForeignKey(
        Voice, null=True, blank=True, on_delete=models.CASCADE, related_name="exposed_in"
    )
    statement = models.UUIDField(null=True, blank=True)

    objects = ScopedManager("exposure__organisation")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]
