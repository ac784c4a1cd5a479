"""Short public answers, and the questions that each of them answers."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from massline.core.expiry import NoOwnExpiry
from massline.desk.listen.rounds.models import Voice
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import ScopedManager


class Answer(models.Model):
    """An answer, with the question in the words of one person who asked it."""

    lives = NoOwnExpiry("the organisation's own words, and a question without a name")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="answers")
    uuid = models.UUIDField(unique=True, default=uuid4, help_text="its name on the square")
    question = models.TextField(help_text="as one of those who asked it put it")
    text = models.TextField(max_length=1000)
    sources = models.TextField(blank=True, help_text="where one can read it up, one a line")
    event = models.UUIDField(
        null=True, blank=True, help_text="the event it is about, by its name on the square"
    )
    asked_on = models.DateField(help_text="when it was asked first")
    answered_on = models.DateField(default=timezone.localdate)
    by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["-answered_on", "-pk"]

    def __str__(self) -> str:
        return self.question[:60]

    @property
    def days_waited(self) -> int:
        return (self.answered_on - self.asked_on).days


class AnsweredQuestion(models.Model):
    """A question that an answer answers: a voice of the desk or a statement of the square."""

    lives = NoOwnExpiry("goes with its answer")

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="answered")
    voice = models.OneToOneField(
        Voice, null=True, blank=True, on_delete=models.CASCADE, related_name="answered"
    )
    statement = models.UUIDField(null=True, blank=True, unique=True)

    objects = ScopedManager("answer__organisation")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(voice__isnull=False, statement__isnull=True)
                | models.Q(voice__isnull=True, statement__isnull=False),
                name="one_question_each",
            )
        ]

    def __str__(self) -> str:
        return str(self.voice or self.statement)
